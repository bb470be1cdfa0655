'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';

/** What Next hands over: on the server's faults only `digest` says anything, and the server's log has it too. */
const digestOf = (error: unknown): string | null =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('common');
  return (
    <div className="mx-auto max-w-2xl">
      <ErrorState
        heading="h1"
        title={t('error.title')}
        description={t('error.description')}
        requestIdLabel={t('error.requestId')}
        requestId={digestOf(error)}
        actions={
          <Button variant="primary" onClick={() => retry()}>
            {t('action.tryAgain')}
          </Button>
        }
      />
    </div>
  );
}
