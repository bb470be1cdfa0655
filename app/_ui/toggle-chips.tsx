'use client';

import { ToggleGroup as Radix } from 'radix-ui';
import { cn } from './cn.ts';

interface ChipOption {
  value: string;
  label: string;
  /** The accessible name where `label` is short. */
  name: string;
  hint?: string;
}

interface ToggleChipsProps {
  label: string;
  options: readonly ChipOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  className?: string;
}

const CHIP =
  'group flex h-7 max-w-full pointer-coarse:min-h-11 pointer-coarse:min-w-11 pointer-coarse:justify-center items-center gap-1.5 rounded-md border border-line bg-raised px-2 text-[0.8125rem] transition-colors hover:bg-hover data-[state=on]:border-accent-text data-[state=on]:bg-accent-soft data-[state=on]:text-accent-text';

/** A few values to press, loose and wrapping, of which any number is on. */
export function ToggleChips({ label, options, values, onChange, className }: ToggleChipsProps) {
  return (
    <Radix.Root
      type="multiple"
      aria-label={label}
      value={[...values]}
      onValueChange={onChange}
      className={cn('flex flex-wrap gap-1', className)}
    >
      {options.map((option) => (
        <Radix.Item key={option.value} value={option.value} aria-label={option.name} className={CHIP}>
          {/* The space is not seen, and keeps the two apart for those who hear or say them. */}
          <span className="truncate">{option.label}</span>{' '}
          {option.hint ? (
            <span className="text-xs text-muted group-data-[state=on]:text-inherit">{option.hint}</span>
          ) : null}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
