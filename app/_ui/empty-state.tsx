import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ icon, title, description, actions, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center px-6 py-16 text-center', className)}>
      {icon ? (
        <div aria-hidden className="mb-4 rounded-full bg-raised p-4 text-faint [&_svg]:size-7">
          {icon}
        </div>
      ) : null}
      <h2 className="text-base font-semibold">{title}</h2>
      {description ? <p className="mt-1.5 max-w-md text-sm text-muted">{description}</p> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
