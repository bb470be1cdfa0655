'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';

interface InfiniteEndProps {
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

/** Asks for the next page before the reader gets to the end. The button does the same by hand, and after a failure. */
export function InfiniteEnd({ hasMore, loading, failed, onMore }: InfiniteEndProps) {
  const t = useTranslations('clips');
  const mark = useRef<HTMLDivElement>(null);
  const ready = hasMore && !loading && !failed;

  useEffect(() => {
    const element = mark.current;
    if (!ready || !element) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onMore(), {
      rootMargin: '1200px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ready, onMore]);

  return (
    <div ref={mark} className="flex h-20 flex-col items-center justify-center gap-2 text-[0.8125rem] text-faint">
      {failed ? <span role="alert">{t('moreFailed')}</span> : null}
      {loading ? (
        <span className="flex items-center gap-2">
          <Spinner />
          {t('loadingMore')}
        </span>
      ) : hasMore ? (
        <Button size="sm" onClick={onMore}>
          {t('loadMore')}
        </Button>
      ) : (
        <span>{t('endOfList')}</span>
      )}
    </div>
  );
}
