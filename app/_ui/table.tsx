import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/**
 * A table in its own sideways scroller, so that a phone never cuts a column off. `label` names the scroll region,
 * which browsers put into the tab order by themselves where nothing inside can take the focus.
 */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <section aria-label={label} className="scroll-thin w-full overflow-x-auto rounded-lg border border-line">
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />
    </section>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead className={cn('bg-raised text-xs text-muted', className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody className={cn('divide-y divide-line bg-surface', className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('transition-colors', className)} {...rest} />;
}

export function TableHeaderCell({ className, ...rest }: ComponentProps<'th'>) {
  return <th scope="col" className={cn('h-9 px-3 font-medium whitespace-nowrap', className)} {...rest} />;
}

/** The head of a column of buttons: named for those who do not see what it is. */
export function TableActionsHeaderCell({ label }: { label: string }) {
  return (
    // Relative: a text that is out of sight must not lie outside of the scroller.
    <TableHeaderCell className="relative">
      <span className="sr-only">{label}</span>
    </TableHeaderCell>
  );
}

export function TableCell({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={cn('px-3 py-2 align-middle', className)} {...rest} />;
}
