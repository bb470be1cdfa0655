import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';

/** The page is there, and not for this person. */
export function Forbidden({
  title,
  description,
  actions,
}: {
  title: string;
  description: ReactNode;
  actions?: ReactNode;
}) {
  return <EmptyState heading="h1" icon={<Lock />} title={title} description={description} actions={actions} />;
}
