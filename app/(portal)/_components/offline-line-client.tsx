'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { apiFetch } from '#app/_client/api-fetch.ts';
import { isReachable, watchReachability } from '#app/_client/reachability.ts';

/** While there is no answer, one is asked for this often. */
const ASK_MS = 5000;

/** Says calmly that the server cannot be reached, and sees to it that what is shown goes on once it can. */
export function OfflineLine() {
  const t = useTranslations('common');
  const client = useQueryClient();
  const isThere = useSyncExternalStore(watchReachability, isReachable, () => true);
  const wasThere = useRef(true);
  useEffect(() => {
    if (isThere) {
      if (!wasThere.current) void client.invalidateQueries();
      wasThere.current = true;
      return;
    }
    wasThere.current = false;
    // Any answer will do; what it is does not matter.
    const asking = setInterval(() => void apiFetch('/clips/health').catch(() => {}), ASK_MS);
    return () => clearInterval(asking);
  }, [isThere, client]);
  return (
    <div role="status">
      {isThere ? null : (
        <p className="flex items-center justify-center gap-2 border-b border-line bg-raised px-3 py-1.5 text-[0.8125rem] text-muted">
          <CloudOff aria-hidden className="size-4 shrink-0" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
