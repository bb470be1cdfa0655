import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** The looks of everything one types into or picks from. */
export const CONTROL_CLASSES =
  'h-9 w-full pointer-coarse:min-h-11 min-w-0 rounded-md border border-line-strong bg-surface px-3 text-sm text-text placeholder:text-faint transition-colors hover:border-muted disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-danger';

/** A text field. Give it a name through `Field` or `aria-label`. */
export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(CONTROL_CLASSES, className)} {...rest} />;
}
