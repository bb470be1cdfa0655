import type { ReactNode } from 'react';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { Card, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import type { StatsBreakdownJson, StatsOverviewJson } from '#lib/stats/stats-schemas.ts';
import { DayColumns } from './day-columns.tsx';
import { StatsBars, type StatsRow } from './stats-bars.tsx';
import { behind, type StatsFilter } from './stats-href.ts';

/** Rows that are seen at once; the others are one click away. */
const AT_ONCE = 10;

interface StatsPanelsProps {
  filter: StatsFilter;
  overview: StatsOverviewJson;
  breakdown: StatsBreakdownJson;
}

export async function StatsPanels({ filter, overview, breakdown }: StatsPanelsProps) {
  const [t, hockey, format, clips] = await Promise.all([
    getTranslator('stats'),
    getTranslator('hockey'),
    getFormatter(),
    getTranslator('clips'),
  ]);
  const events = Object.entries(overview.top_event_types).map(([event, count]) => ({
    key: event,
    name: eventName(hockey, event),
    count,
    href: behind(filter, { event_type: [event] }),
  }));
  const players = breakdown.by_player.map(({ player_id, player_name, count }) => ({
    key: player_id,
    name: player_name ?? player_id,
    count,
    href: behind(filter, { player_id: [player_id] }),
  }));
  const games = breakdown.by_game.map(({ game_id, game_date, team_code, opponent_code, count }) => ({
    key: `${game_id} ${team_code}`,
    name: opponent_code
      ? hockey('game', { team: team_code, opponent: opponent_code })
      : `${team_code} ${hockey('gameId', { id: game_id })}`,
    ...(game_date ? { detail: formatGameDate(format, game_date) } : {}),
    count,
    href: behind(filter, { game_id: [game_id], team_code: [team_code] }),
  }));
  const days = breakdown.by_game_date.toReversed().map(({ date, count }) => ({
    date,
    name: format.dateTime(new Date(`${date}T00:00:00Z`), { month: 'short', day: 'numeric', timeZone: 'UTC' }),
    unit: t('unit', { count }),
    count,
    href: behind(filter, { date_from: date, date_to: date }),
  }));
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {days.length > 0 ? (
        <Panel title={t('overTime')} note={t('overTimeHint')} className="lg:col-span-2">
          <DayColumns label={t('overTime')} days={days} formatCount={(count) => format.number(count)} />
        </Panel>
      ) : null}
      <Panel title={t('byEvent')} note={t('topTen', { count: AT_ONCE })}>
        <Rows title={t('byEvent')} heading={clips('field.event_type')} rows={events} />
      </Panel>
      <Panel title={t('byPlayer')}>
        <Rows title={t('byPlayer')} heading={clips('field.player_id')} rows={players} />
      </Panel>
      <Panel title={t('byGame')} className="lg:col-span-2">
        <Rows title={t('byGame')} heading={clips('field.game_id')} rows={games} />
      </Panel>
    </div>
  );
}

function Panel({
  title,
  note,
  className,
  children,
}: {
  title: string;
  note?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Card className={className}>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        {note ? <span className="text-xs text-faint">{note}</span> : null}
      </CardHeader>
      <div className="py-2">{children}</div>
    </Card>
  );
}

async function Rows({ title, heading, rows }: { title: string; heading: string; rows: StatsRow[] }) {
  const [t, format] = await Promise.all([getTranslator('stats'), getFormatter()]);
  const bars = (some: StatsRow[]) => (
    <StatsBars
      caption={title}
      nameHeading={heading}
      countHeading={t('clips')}
      rows={some}
      largest={Math.max(1, ...rows.map((row) => row.count))}
      formatCount={(count) => format.number(count)}
    />
  );
  const rest = rows.slice(AT_ONCE);
  return (
    <>
      {bars(rows.slice(0, AT_ONCE))}
      {rest.length > 0 ? (
        <details>
          <summary className="mx-4 my-1 w-fit rounded px-1 py-1 text-[0.8125rem] text-muted hover:text-text">
            {t('more', { count: rest.length })}
          </summary>
          {bars(rest)}
        </details>
      ) : null}
    </>
  );
}
