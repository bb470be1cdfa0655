'use client';

import { ToggleGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface ToggleOption {
  value: string;
  label: ReactNode;
  /** The accessible name where `label` is an icon. */
  name?: string;
}

interface ToggleGroupProps {
  label: string;
  options: readonly ToggleOption[];
  value: string | null;
  /** `null`: the chosen one was pressed again. */
  onChange: (value: string | null) => void;
  className?: string;
}

const ITEM =
  'group flex h-[1.9rem] min-w-8 pointer-coarse:min-h-11 pointer-coarse:min-w-11 items-center justify-center gap-1.5 rounded px-2 text-[0.8125rem] font-medium text-muted transition-colors hover:text-text data-[state=on]:bg-overlay data-[state=on]:text-text data-[state=on]:shadow-sm [&_svg]:size-4';

/** A few values side by side in one frame, of which one is on. */
export function ToggleGroup({ label, options, value, onChange, className }: ToggleGroupProps) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value ?? ''}
      onValueChange={(next) => onChange(next || null)}
      className={cn('inline-flex gap-0.5 rounded-md border border-line bg-raised p-0.5', className)}
    >
      {options.map((option) => (
        <Radix.Item key={option.value} value={option.value} aria-label={option.name} className={ITEM}>
          <span className="truncate">{option.label}</span>
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
