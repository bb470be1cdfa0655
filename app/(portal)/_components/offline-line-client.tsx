'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { apiFetch } from '#app/_client/api-fetch.ts';
import { useIsReachable } from '#app/_client/reachability.ts';

/** While there is no answer, one is asked for this often. */
const ASK_MS = 5000;

/** Says calmly that the server cannot be reached, and sees to it that what is shown goes on once it can. */
export function OfflineLine() {
  const t = useTranslations('common');
  const client = useQueryClient();
  const isReachable = useIsReachable();
  const wasReachable = useRef(true);
  useEffect(() => {
    if (isReachable) {
      if (!wasReachable.current) void client.invalidateQueries();
      wasReachable.current = true;
      return;
    }
    wasReachable.current = false;
    // Any answer will do; what it is does not matter.
    const asking = setInterval(() => void apiFetch('/clips/health').catch(() => {}), ASK_MS);
    return () => clearInterval(asking);
  }, [isReachable, client]);
  return (
    <div role="status">
      {isReachable ? null : (
        <p className="flex items-center justify-center gap-2 border-b border-line bg-raised px-3 py-1.5 text-[0.8125rem] text-muted">
          <CloudOff aria-hidden className="size-4 shrink-0" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
