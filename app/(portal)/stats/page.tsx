import { Eye } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { filterInput, readClipQuery } from '#app/_client/clip-query.ts';
import { readPlayParams } from '#app/_client/play-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { Button } from '#app/_ui/button.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { PlayStatsSkeleton } from '#app/(portal)/_games/play-stats-skeleton.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { facetsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { listPlayedSeasons } from '#lib/plays/list-games.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { getStatsBreakdown, getStatsOverview } from '#lib/stats/get-stats.ts';
import { PlaysSection } from './_components/plays-section.tsx';
import { StatsEmpty } from './_components/stats-empty.tsx';
import { StatsFilters } from './_components/stats-filters-client.tsx';
import type { StatsFilter } from './_components/stats-href.ts';
import { StatsPanels } from './_components/stats-panels.tsx';
import { StatusTiles } from './_components/status-tiles.tsx';

interface StatsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('stats');
  return { title: t('title') };
}

/** Only team and season narrow this screen; anything else in the URL is not its own. */
const readFilter = (params: Awaited<StatsPageProps['searchParams']>): StatsFilter => {
  const { team_code, season } = readClipQuery(params).query.filters;
  return { ...(team_code ? { team_code } : {}), ...(season ? { season } : {}) };
};

/** Which files plays are counted by, where one has chosen. */
const sourceOf = (params: Awaited<StatsPageProps['searchParams']>) => {
  const { source } = readPlayParams(params);
  return source ? { source } : {};
};

export default async function StatsPage({ searchParams }: StatsPageProps) {
  const [{ deps }, t, plays, common, watched, params] = await Promise.all([
    getWebRuntime(),
    getTranslator('stats'),
    getTranslator('playStats'),
    getTranslator('common'),
    getTranslator('views'),
    searchParams,
  ]);
  const user = await requirePageUser(pathWithQuery('/stats', params));
  const filter = readFilter(params);
  const query = facetsQuerySchema.parse(filterInput(filter));
  const [overview, breakdown, facets, played] = await Promise.all([
    getStatsOverview(deps, user, query),
    getStatsBreakdown(deps, user, query),
    listFacets(deps, user, query),
    listPlayedSeasons(deps, user),
  ]);
  // Of clips and of plays: a season may have one without the other.
  const values = (field: 'team_code' | 'season') => [
    ...new Set([...facets[field].map(({ value }) => value), ...played.map((of) => of[field])]),
  ];
  return (
    <div className="mx-auto max-w-7xl">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            {capabilitiesOf(user).canMakeReels ? (
              <Button asChild>
                <Link href="/stats/watched">
                  <Eye aria-hidden />
                  {watched('heading')}
                </Link>
              </Button>
            ) : null}
            <StatsFilters filter={filter} teams={values('team_code')} seasons={values('season')} />
          </>
        }
      />
      <section aria-labelledby="stats-of-plays" className="mb-8">
        <h2 id="stats-of-plays" className="text-base font-semibold">
          {plays('section')}
        </h2>
        <p className="mb-3 text-sm text-muted">{plays('sectionLead')}</p>
        <Suspense fallback={<PlayStatsSkeleton label={common('loading')} />}>
          <PlaysSection user={user} filter={{ ...filter, ...sourceOf(params) }} />
        </Suspense>
      </section>
      <section aria-labelledby="stats-of-clips">
        <h2 id="stats-of-clips" className="mb-3 text-base font-semibold">
          {t('clips')}
        </h2>
        {overview.total_clips === 0 ? (
          <StatsEmpty filtered={Object.keys(filter).length > 0} />
        ) : (
          <div className="flex flex-col gap-4">
            <StatsPanels filter={filter} overview={overview} breakdown={breakdown} />
            <StatusTiles filter={filter} overview={overview} />
          </div>
        )}
      </section>
    </div>
  );
}
