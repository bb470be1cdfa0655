import { Link2Off } from 'lucide-react';
import { getTranslator } from '#app/_i18n/server.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';

/** The same whatever the reason. */
export default async function SharedNotFound() {
  const t = await getTranslator('links');
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        heading="h1"
        icon={<Link2Off />}
        title={t('shared.goneTitle')}
        description={t('shared.goneDescription')}
      />
    </main>
  );
}
