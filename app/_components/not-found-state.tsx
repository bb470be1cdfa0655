import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';

/** The same for what does not exist and for what lies outside the reader's reach. */
export async function NotFoundState() {
  const t = await getTranslator('common');
  return (
    <div className="mx-auto max-w-2xl py-12">
      <EmptyState
        heading="h1"
        icon={<SearchX />}
        title={t('error.notFoundTitle')}
        description={t('error.notFoundDescription')}
        actions={
          <Button asChild variant="primary">
            <Link href="/clips">{t('action.backToClips')}</Link>
          </Button>
        }
      />
    </div>
  );
}
