'use client';

import { Link2Off } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { EmptyState } from '#app/_ui/empty-state.tsx';

/** The same whatever the reason. */
export function SharedGone() {
  const t = useTranslations('links.shared');
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState heading="h1" icon={<Link2Off />} title={t('goneTitle')} description={t('goneDescription')} />
    </main>
  );
}
