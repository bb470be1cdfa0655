'use client';

import { ChevronLeft, ChevronRight, MonitorPlay } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { type FilmQuery, filmsHref, isFiltered, NO_FILM_FILTERS } from '#app/_client/film-query.ts';
import { isPreparing } from '#app/_client/unfinished.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { groupByGame } from '#app/(portal)/_masters/game-groups.ts';
import { useNewPages } from '#app/(portal)/_masters/use-new-pages.ts';
import type { FilmListJson } from '#lib/masters/film-schemas.ts';
import { FilmGame } from './film-game-client.tsx';
import { FilmsFilters } from './films-filters-client.tsx';

interface FilmsPageProps {
  query: FilmQuery;
  list: FilmListJson;
}

/** The games that one may watch and mark clips in, the newest first. */
export function FilmsPage({ query, list: { films, next_cursor: next } }: FilmsPageProps) {
  const t = useTranslations('film');
  useNewPages(
    'films',
    films.some(({ preparation }) => isPreparing(preparation)),
  );
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader title={t('title')} description={t('description')} />
      <FilmsFilters key={filmsHref(query)} query={query} />
      {films.length > 0 ? (
        <ul className="flex flex-col gap-3">
          {groupByGame(films).map((group) => (
            <FilmGame key={group.key} group={group} />
          ))}
        </ul>
      ) : (
        <NoFilms isNarrowed={isFiltered(query)} />
      )}
      <Pages query={query} next={next} />
    </div>
  );
}

function NoFilms({ isNarrowed }: { isNarrowed: boolean }) {
  const t = useTranslations('film');
  return (
    <EmptyState
      icon={<MonitorPlay />}
      title={isNarrowed ? t('empty.filteredTitle') : t('empty.title')}
      description={isNarrowed ? t('empty.filteredDescription') : t('empty.description')}
      actions={
        isNarrowed ? (
          <Button asChild>
            <Link href={filmsHref(NO_FILM_FILTERS)}>{t('filters.clear')}</Link>
          </Button>
        ) : null
      }
    />
  );
}

function Pages({ query, next }: { query: FilmQuery; next: string | null }) {
  const t = useTranslations('film.pages');
  if (!query.cursor && !next) return null;
  return (
    <nav aria-label={t('label')} className="mt-4 flex items-center justify-end gap-2">
      {query.cursor ? (
        <Button asChild size="sm">
          <Link href={filmsHref({ ...query, cursor: '' })}>
            <ChevronLeft aria-hidden />
            {t('newest')}
          </Link>
        </Button>
      ) : null}
      {next ? (
        <Button asChild size="sm">
          <Link href={filmsHref({ ...query, cursor: next })}>
            {t('older')}
            <ChevronRight aria-hidden />
          </Link>
        </Button>
      ) : null}
    </nav>
  );
}
