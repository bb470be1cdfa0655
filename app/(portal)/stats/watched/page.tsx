import { Eye } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { forbidden } from 'next/navigation';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { TeamWatched } from '#app/_watched/team-watched.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { facetsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { getTeamViews } from '#lib/views/who-watched.ts';

interface WatchedPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('views');
  return { title: t('heading') };
}

/** Which player watched which of a team's newest reels. */
export default async function WatchedPage({ searchParams }: WatchedPageProps) {
  const [{ deps }, t, search] = await Promise.all([getWebRuntime(), getTranslator('views'), searchParams]);
  const user = await requirePageUser(pathWithQuery('/stats/watched', search));
  if (!capabilitiesOf(user).canMakeReels) forbidden();
  const facets = await listFacets(deps, user, facetsQuerySchema.parse({}));
  const teams = facets.team_code.map(({ value }) => value);
  const asked = search.team_code;
  const team = typeof asked === 'string' && teams.includes(asked) ? asked : teams[0];
  const views = team === undefined ? null : await getTeamViews(deps, user, team);
  return (
    <div className="mx-auto max-w-7xl">
      <PageHeader title={t('heading')} description={team === undefined ? null : t('team', { team })} />
      {teams.length > 1 ? (
        <nav aria-label={t('teams')} className="mb-4 flex flex-wrap gap-1">
          {teams.map((code) => (
            <Button key={code} asChild size="sm" variant={code === team ? 'primary' : 'ghost'}>
              <Link href={`/stats/watched?team_code=${code}`} aria-current={code === team ? 'page' : undefined}>
                {code}
              </Link>
            </Button>
          ))}
        </nav>
      ) : null}
      {views && views.reels.length > 0 ? (
        <TeamWatched views={views} label={t('team', { team: team ?? '' })} />
      ) : (
        <EmptyState icon={<Eye />} title={t('teamNone', { team: team ?? '' })} description={t('teamNoneHint')} />
      )}
    </div>
  );
}
