import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface ErrorStateProps {
  title: string;
  /** What happened and what to try. */
  description: ReactNode;
  /** "Request" in the reader's language, and the id to quote. */
  requestIdLabel?: string;
  requestId?: string | null | undefined;
  actions?: ReactNode;
  /** `h1` where it is all that the page has. */
  heading?: 'h1' | 'h2';
  className?: string;
}

/** What happened, what to try, and the id that the log knows it by. */
export function ErrorState({
  title,
  description,
  requestIdLabel,
  requestId,
  actions,
  heading: Heading = 'h2',
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={cn('flex flex-col items-center justify-center px-6 py-16 text-center', className)}>
      <div aria-hidden className="mb-4 rounded-full bg-danger-soft p-4 text-danger">
        <TriangleAlert className="size-7" />
      </div>
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="mt-1.5 max-w-md text-sm text-muted">{description}</p>
      {requestId ? (
        <p className="mt-3 text-xs text-faint">
          {requestIdLabel} <code className="rounded bg-raised px-1.5 py-0.5 font-mono select-all">{requestId}</code>
        </p>
      ) : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
