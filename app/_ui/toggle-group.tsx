'use client';

import { ToggleGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface ToggleOption {
  value: string;
  label: ReactNode;
  /** The accessible name where `label` is an icon. */
  name?: string;
  hint?: string;
}

interface ToggleGroupProps {
  label: string;
  options: readonly ToggleOption[];
  value: string | null;
  /** `null`: the chosen one was pressed again. */
  onChange: (value: string | null) => void;
  className?: string;
}

const ROOTS = {
  /** Side by side in one frame: one of them is always on. */
  segmented: 'inline-flex gap-0.5 rounded-md border border-line bg-raised p-0.5',
  /** Loose, wrapping: none or one is on. */
  chips: 'flex flex-wrap gap-1',
} as const;

const ITEMS = {
  segmented:
    'group flex h-[1.9rem] min-w-8 items-center justify-center gap-1.5 rounded px-2 text-[0.8125rem] font-medium text-muted transition-colors hover:text-text data-[state=on]:bg-overlay data-[state=on]:text-text data-[state=on]:shadow-sm [&_svg]:size-4',
  chips:
    'group flex h-7 max-w-full items-center gap-1.5 rounded-md border border-line bg-raised px-2 text-[0.8125rem] transition-colors hover:bg-hover data-[state=on]:border-accent-text data-[state=on]:bg-accent-soft data-[state=on]:text-accent-text',
} as const;

/** A few values to press, of which one at most is on. */
export function ToggleGroup({
  label,
  options,
  value,
  onChange,
  look,
  className,
}: ToggleGroupProps & { look: keyof typeof ROOTS }) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value ?? ''}
      onValueChange={(next) => onChange(next || null)}
      className={cn(ROOTS[look], className)}
    >
      {options.map((option) => (
        <Radix.Item key={option.value} value={option.value} aria-label={option.name} className={ITEMS[look]}>
          <span className="truncate">{option.label}</span>
          {option.hint ? (
            <span className="text-xs text-muted group-data-[state=on]:text-inherit">{option.hint}</span>
          ) : null}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
