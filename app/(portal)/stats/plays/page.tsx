import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { gameHref } from '#app/_client/game-href.ts';
import { type PlayParams, playFilterText, readPlayParams } from '#app/_client/play-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { Button } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/card.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { StatsBars } from '#app/(portal)/stats/_components/stats-bars.tsx';
import { listPlaysByGame } from '#lib/plays/get-play-stats.ts';
import { PLAY_KINDS, playFilterSchema } from '#lib/plays/play-field-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

interface PlaysByGameProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('playStats');
  return { title: t('gamesTitle') };
}

const besideGame = ({ team_code: _, season: __, game_id: ___, ...filters }: PlayParams): string =>
  // A game's page leaves shifts out unless they are asked for.
  playFilterText({ kind: PLAY_KINDS, ...filters });

/** The games behind a number, each with its share of it; they add up to the number. */
export default async function PlaysByGamePage({ searchParams }: PlaysByGameProps) {
  const [{ deps }, t, hockey, format, search] = await Promise.all([
    getWebRuntime(),
    getTranslator('playStats'),
    getTranslator('hockey'),
    getFormatter(),
    searchParams,
  ]);
  const user = await requirePageUser(pathWithQuery('/stats/plays', search));
  const params = readPlayParams(search);
  const games = await listPlaysByGame(deps, user, playFilterSchema.parse(params));
  const rows = games.map(({ plays, game_date, opponent_code, ...game }) => ({
    key: `${game.team_code} ${game.season} ${game.game_id}`,
    name: opponent_code
      ? hockey('game', { team: game.team_code, opponent: opponent_code })
      : `${game.team_code} ${hockey('gameId', { id: game.game_id })}`,
    detail: game_date ? formatGameDate(format, game_date) : game.season,
    count: plays,
    href: gameHref(game, besideGame(params)),
  }));
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t('gamesTitle')}
        description={t('gamesLead', { plays: all, games: rows.length })}
        actions={
          <Button asChild variant="ghost" size="sm" className="ml-auto">
            <Link href="/stats">
              <ArrowLeft aria-hidden />
              {t('back')}
            </Link>
          </Button>
        }
      />
      {rows.length === 0 ? (
        <EmptyState title={t('noneTitle')} description={t('gamesNone')} />
      ) : (
        <Card className="py-2">
          <StatsBars
            caption={t('gamesTitle')}
            nameHeading={t('game')}
            countHeading={t('plays')}
            rows={rows}
            largest={Math.max(1, ...rows.map(({ count }) => count))}
            formatCount={(count) => format.number(count)}
          />
        </Card>
      )}
    </div>
  );
}
