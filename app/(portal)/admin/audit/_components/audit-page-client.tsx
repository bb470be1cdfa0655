'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { auditExportHref, auditOptions, filterText } from '#app/_client/people-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { ApiFault } from '#app/(portal)/_components/api-fault-client.tsx';
import type { AuditEntryJson } from '#lib/audit/audit-schemas.ts';
import { AuditDetail } from './audit-detail-client.tsx';
import { AuditFilters, NO_AUDIT_FILTERS } from './audit-filters-client.tsx';
import { AuditTable } from './audit-table-client.tsx';

/** Who did what, newest first: filtered, in detail, and as CSV. */
export function AuditPage() {
  const t = useTranslations('audit');
  const [filters, setFilters] = useState(NO_AUDIT_FILTERS);
  const [shown, setShown] = useState<AuditEntryJson | null>(null);
  const text = filterText(filters);
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditOptions(text),
  );
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button asChild>
            <a href={auditExportHref(text)} download="audit.csv">
              <Download aria-hidden />
              {t('export')}
            </a>
          </Button>
        }
      />
      <AuditFilters filters={filters} onChange={setFilters} />
      {error ? <ApiFault error={error} onRetry={() => void refetch()} /> : null}
      {isPending && !error ? <Spinner /> : null}
      {!error && !isPending && entries.length === 0 ? (
        <EmptyState icon={<ScrollText />} title={t('empty')} description={t('emptyHint')} />
      ) : null}
      {!error && entries.length > 0 ? <AuditTable entries={entries} onOpen={setShown} /> : null}
      {hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
      {shown ? <AuditDetail entry={shown} onClose={() => setShown(null)} /> : null}
    </>
  );
}
