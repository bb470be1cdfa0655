'use client';

import { Progress as Radix } from 'radix-ui';
import { cn } from './cn.ts';

const TONES = { accent: 'bg-accent', success: 'bg-success', danger: 'bg-danger', info: 'bg-info' } as const;

/** How far something has come. `value` in percent, 0–100; `null` while that is unknown. */
export function Progress({
  value,
  label,
  tone = 'info',
  className,
}: {
  value: number | null;
  label: string;
  tone?: keyof typeof TONES;
  className?: string;
}) {
  const percent = value === null ? null : Math.round(Math.min(100, Math.max(0, value)));
  return (
    <Radix.Root
      value={percent}
      aria-label={label}
      className={cn('relative h-1.5 w-full overflow-hidden rounded-full bg-hover', className)}
    >
      <Radix.Indicator
        className={cn(
          'h-full rounded-full transition-[width] duration-300',
          TONES[tone],
          percent === null && 'w-1/3 animate-pulse',
        )}
        {...(percent === null ? {} : { style: { width: `${percent}%` } })}
      />
    </Radix.Root>
  );
}
