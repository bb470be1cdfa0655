'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Film, Upload } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { masterListOptions } from '#app/_client/master-queries.ts';
import {
  failedOf,
  MASTERS_PAGE_SIZE,
  type MasterQuery,
  masterQueryText,
  mastersHref,
  NO_MASTER_FILTERS,
} from '#app/_client/master-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import type { MasterListJson } from '#lib/masters/master-schemas.ts';
import { MastersFilters } from './masters-filters-client.tsx';
import { MastersTable } from './masters-table-client.tsx';

interface MastersPageProps {
  query: MasterQuery;
  /** The page as the server knew it, and the failed uploads under the same filters. */
  first: MasterListJson;
  failed: MasterListJson;
  servedAtMs: number;
  /** What is to be known of the library as a whole. */
  notice: ReactNode;
}

/** What has been uploaded, game by game; what failed stands aside. */
export function MastersPage({ query, first, failed: firstFailed, servedAtMs, notice }: MastersPageProps) {
  const t = useTranslations('masters');
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    ...masterListOptions(query),
    initialData: first,
    initialDataUpdatedAt: servedAtMs,
  });
  const failed = useQuery({
    ...masterListOptions(failedOf(query)),
    initialData: firstFailed,
    initialDataUpdatedAt: servedAtMs,
  }).data;
  const isFailedAsked = query.status === 'failed';
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('count', { count: data.total })}
        actions={
          <Button asChild variant="primary">
            <Link href="/admin/upload">
              <Upload aria-hidden />
              {t('upload')}
            </Link>
          </Button>
        }
      />
      {notice}
      <MastersFilters
        key={masterQueryText({ ...query, page: 1 })}
        query={query}
        onChange={(next) => router.push(mastersHref(next))}
      />
      {error ? <ListFault error={error} onRetry={() => void refetch()} /> : null}
      {isFailedAsked && failed.total > 0 ? null : <Results query={query} list={data} />}
      {failed.total > 0 && (isFailedAsked || query.status === '') ? (
        <FailedUploads list={isFailedAsked ? data : failed} query={query} />
      ) : null}
    </>
  );
}

function FailedUploads({ query, list }: { query: MasterQuery; list: MasterListJson }) {
  const t = useTranslations('masters.failed');
  return (
    <section aria-labelledby="failed-uploads" className="mt-8">
      <h2 id="failed-uploads" className="text-sm font-semibold">
        {t('title')}
        <span className="ml-2 font-normal text-muted">{list.total}</span>
      </h2>
      <p className="mt-0.5 mb-2 text-[0.8125rem] text-muted">{t('hint')}</p>
      <MastersTable masters={list.masters} label={t('title')} />
      {query.status === 'failed' ? (
        <Pages query={query} total={list.total} />
      ) : list.total > list.masters.length ? (
        <Button asChild size="sm" variant="ghost" className="mt-2">
          <Link href={mastersHref(failedOf(query))}>{t('all', { count: list.total })}</Link>
        </Button>
      ) : null}
    </section>
  );
}

function Results({ query, list }: { query: MasterQuery; list: MasterListJson }) {
  const t = useTranslations('masters.empty');
  const filters = useTranslations('masters.filters');
  const masters = useTranslations('masters');
  if (list.masters.length > 0) {
    return (
      <>
        <MastersTable masters={list.masters} label={masters('table')} />
        <Pages query={query} total={list.total} />
      </>
    );
  }
  const isFiltered = mastersHref(query) !== mastersHref(NO_MASTER_FILTERS);
  const href = isFiltered ? mastersHref(NO_MASTER_FILTERS) : '/admin/upload';
  return (
    <EmptyState
      icon={<Film />}
      title={isFiltered ? t('filteredTitle') : t('title')}
      description={isFiltered ? t('filteredDescription') : t('description')}
      actions={
        <Button asChild variant={isFiltered ? 'secondary' : 'primary'}>
          <Link href={href}>{isFiltered ? filters('clear') : masters('upload')}</Link>
        </Button>
      }
    />
  );
}

function ListFault({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const common = useTranslations('common');
  const requestId = isApiError(error) ? error.problem.request_id : null;
  return (
    <ErrorState
      title={common('error.title')}
      description={error.message}
      requestIdLabel={common('error.requestId')}
      requestId={requestId}
      actions={<Button onClick={onRetry}>{common('action.tryAgain')}</Button>}
    />
  );
}

function Pages({ query, total }: { query: MasterQuery; total: number }) {
  const t = useTranslations('masters.pages');
  const pages = Math.max(1, Math.ceil(total / MASTERS_PAGE_SIZE));
  if (pages === 1) return null;
  const { page } = query;
  const link = (to: number) => mastersHref({ ...query, page: to });
  return (
    <nav aria-label={t('label')} className="mt-4 flex items-center justify-end gap-2 text-sm">
      <span className="mr-2 text-muted">{t('position', { page, pages })}</span>
      {page > 1 ? (
        <Button asChild size="sm">
          <Link href={link(page - 1)}>
            <ChevronLeft aria-hidden />
            {t('previous')}
          </Link>
        </Button>
      ) : null}
      {page < pages ? (
        <Button asChild size="sm">
          <Link href={link(page + 1)}>
            {t('next')}
            <ChevronRight aria-hidden />
          </Link>
        </Button>
      ) : null}
    </nav>
  );
}
