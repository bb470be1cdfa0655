import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** A key on the keyboard; nothing where fingers are at work. */
export function Kbd({ className, ...rest }: ComponentProps<'kbd'>) {
  return (
    <kbd
      className={cn(
        'inline-flex pointer-coarse:hidden h-5 min-w-5 items-center justify-center rounded border border-line bg-raised px-1 font-sans text-[0.6875rem] font-medium text-muted',
        className,
      )}
      {...rest}
    />
  );
}
