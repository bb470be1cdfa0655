import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/**
 * A table that fits its place: what has no room gives way (`GIVES_WAY`), and where a single word is still too wide, it
 * scrolls by itself rather than cut a column off. `label` names the scroll region, which browsers put into the tab order
 * by themselves where nothing inside can take the focus.
 */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <section aria-label={label} className="@container scroll-thin w-full overflow-x-auto rounded-lg border border-line">
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />
    </section>
  );
}

/** For the cells of a column that shows only where the table has so much room, in rem. */
export const GIVES_WAY = {
  32: 'hidden @lg:table-cell',
  42: 'hidden @2xl:table-cell',
  48: 'hidden @3xl:table-cell',
  56: 'hidden @4xl:table-cell',
  64: 'hidden @5xl:table-cell',
  72: 'hidden @6xl:table-cell',
  80: 'hidden @7xl:table-cell',
  96: 'hidden @min-[96rem]:table-cell',
} as const;

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
