import { cn } from './cn.ts';

/** The heartbeat in its square, as in `public/favicon.svg`. Decorative: the product's name stands beside it. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={cn('size-7 shrink-0', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M5 17h5.2l2.6-7.5 5 14 3.2-9 1.4 2.5H27"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
