import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  description?: ReactNode;
  actions?: ReactNode;
  /** `h1` where it is all that the page has. */
  heading?: 'h1' | 'h2';
  className?: string;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ icon, title, description, actions, heading: Heading = 'h2', className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center px-6 py-16 text-center', className)}>
      {icon ? (
        <div aria-hidden className="mb-4 rounded-full bg-hover p-4 text-faint [&_svg]:size-7">
          {icon}
        </div>
      ) : null}
      <Heading className="text-base font-semibold">{title}</Heading>
      {description ? <p className="mt-1.5 max-w-md text-sm text-muted">{description}</p> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
