import { LoaderCircle } from 'lucide-react';
import { cn } from './cn.ts';

/** A turning circle for waits whose length is unknown. Decorative: say beside it, or in `label`, what is awaited. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className="inline-flex items-center">
      <LoaderCircle aria-hidden className={cn('size-4 animate-spin', className)} />
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
