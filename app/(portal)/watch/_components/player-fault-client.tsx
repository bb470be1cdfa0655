'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import type { PlaybackFault } from './url-renewal.ts';

interface FaultProps {
  fault: PlaybackFault;
  /** What is played. */
  kind: 'clip' | 'master';
  onRetry: () => void;
}

/** Covers the picture while it cannot be played: what happened, what to try. */
export function PlayerFault(props: FaultProps) {
  return (
    <div className="absolute inset-0 z-10 flex items-center justify-center overflow-auto bg-surface">
      <FaultPicture {...props} />
    </div>
  );
}

function FaultPicture({ fault, kind, onRetry }: FaultProps) {
  const t = useTranslations('clip.state');
  const common = useTranslations('common.action');
  const signIn = () => {
    const here = `${window.location.pathname}${window.location.search}`;
    window.location.assign(`/signin?callbackUrl=${encodeURIComponent(here)}`);
  };
  const retry = (
    <Button variant="primary" onClick={onRetry}>
      {common('tryAgain')}
    </Button>
  );
  if (fault === 'access') {
    return <ErrorState className="py-4" title={t(`accessTitle.${kind}`)} description={t('accessDescription')} />;
  }
  if (fault === 'signed_out') {
    const actions = (
      <Button variant="primary" onClick={signIn}>
        {t('signIn')}
      </Button>
    );
    return (
      <ErrorState
        className="py-4"
        title={t('signedOutTitle')}
        description={t('signedOutDescription')}
        actions={actions}
      />
    );
  }
  const words =
    fault === 'media'
      ? { title: t('mediaTitle'), description: t(`mediaDescription.${kind}`) }
      : { title: t('networkTitle'), description: t('networkDescription') };
  return <ErrorState className="py-4" {...words} actions={retry} />;
}
