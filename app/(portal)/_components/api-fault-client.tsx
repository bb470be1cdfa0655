'use client';

import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { Button } from '#app/_ui/button.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';

/** A list that could not be had, with the id to quote and another try. */
export function ApiFault({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const common = useTranslations('common');
  return (
    <ErrorState
      title={common('error.title')}
      description={error.message}
      requestIdLabel={common('error.requestId')}
      requestId={isApiError(error) ? error.problem.request_id : null}
      actions={<Button onClick={onRetry}>{common('action.tryAgain')}</Button>}
    />
  );
}

/** What is wrong with one field of a form, in the API's words. */
export const fieldFault = (error: Error | null, path: string): string | undefined =>
  isApiError(error)
    ? error.problem.errors?.find((fault) => fault.path === path || fault.path.startsWith(`${path}.`))?.message
    : undefined;

/** The fault as a whole, where no field is to blame. */
export function FormFault({ error }: { error: Error | null }) {
  if (!error || (isApiError(error) && error.problem.errors?.length)) return null;
  return (
    <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
      {error.message}
    </p>
  );
}
