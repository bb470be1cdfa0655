'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Card, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { PlayStatsJson, PlayStatsTable, Side } from '#lib/plays/play-stats-schemas.ts';
import { hrefOfSource, hrefOfTable, type StatsScope } from './play-stats-links.ts';
import { StatTable } from './stat-table-client.tsx';
import { useStatRows } from './use-stat-rows.ts';

interface PlayStatsProps {
  stats: PlayStatsJson;
  scope: StatsScope;
}

const sideKey = ({ team_code, side }: { team_code: string; side: Side }): string => `${team_code} ${side}`;

/** Shots, entries, face-offs and time on ice of one side at a time; every number leads to its plays. */
export function PlayStats({ stats, scope }: PlayStatsProps) {
  const t = useTranslations('playStats');
  const sides = [...new Map(stats.shots.map((row) => [sideKey(row), row])).values()];
  const [chosen, setChosen] = useState<string | null>(null);
  const current = sides.find((side) => sideKey(side) === chosen) ?? sides[0];
  if (!current) return <EmptyState title={t('noneTitle')} description={t('noneHint')} />;
  return (
    <section aria-label={t('label')} className="@container flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t('side')}
          value={sideKey(current)}
          onValueChange={setChosen}
          options={sides.map((side) => ({ value: sideKey(side), label: t(side.side, { team: side.team_code }) }))}
          className="w-auto min-w-36"
        />
        <Sources stats={stats} scope={scope} />
      </div>
      <Tables stats={stats} scope={scope} isOn={(row) => sideKey(row) === sideKey(current)} />
    </section>
  );
}

/** Which files the numbers are by, where there are several. */
function Sources({ stats, scope }: PlayStatsProps) {
  const t = useTranslations('playStats');
  if (stats.source === null) return null;
  const others = stats.sources.filter(({ source }) => source !== stats.source);
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <span>
        {t('source')} <strong className="font-medium text-text">{t(`sources.${stats.source}`)}</strong>
      </span>
      {others.map(({ source }) => (
        <Link
          key={source}
          href={hrefOfSource(scope, source)}
          className="inline-flex min-h-6 items-center underline pointer-coarse:min-h-11"
        >
          {t(`sources.${source}`)}
        </Link>
      ))}
    </p>
  );
}

type OfSide = { team_code: string; side: Side };

function Tables({ stats, scope, isOn }: PlayStatsProps & { isOn: (row: OfSide) => boolean }) {
  const t = useTranslations('playStats');
  const rows = useStatRows(stats, isOn);
  const shots = [t('shots.attempts'), t('shots.onGoal'), t('shots.goals')];
  const faceoffs = [t('faceoffs.won'), t('faceoffs.lost'), t('faceoffs.rate')];
  const entries = (['total', 'successful', 'failed', 'rate'] as const).map((column) => t(`entries.${column}`));
  const times = (['shifts', 'total', 'average'] as const).map((column) => t(`iceTime.${column}`));
  return (
    <div className="gap-3 @3xl:columns-2 [&>*]:mb-3 [&>*]:break-inside-avoid">
      <StatCard title={t('shots.title')} table="shots" scope={scope}>
        <StatTable
          scope={scope}
          caption={t('shots.title')}
          heading={t('shots.byStrength')}
          columns={shots}
          rows={rows.strengths}
        />
        <StatTable
          scope={scope}
          caption={t('shots.title')}
          heading={t('shots.byArea')}
          columns={shots}
          rows={rows.areas}
        />
      </StatCard>
      <StatCard title={t('entries.title')} table="entries" scope={scope}>
        {rows.entries ? (
          <StatTable
            scope={scope}
            caption={t('entries.title')}
            heading={t('entries.what')}
            columns={entries}
            rows={rows.entries}
          />
        ) : (
          <NotTold />
        )}
      </StatCard>
      <StatCard title={t('faceoffs.title')} table="faceoffs" scope={scope}>
        <StatTable
          scope={scope}
          caption={t('faceoffs.title')}
          heading={t('faceoffs.byDot')}
          columns={faceoffs}
          rows={rows.dots}
        />
        <StatTable
          scope={scope}
          caption={t('faceoffs.title')}
          heading={t('faceoffs.byPlayer')}
          columns={faceoffs}
          rows={rows.takers}
        />
      </StatCard>
      <StatCard title={t('iceTime.title')} table="ice_time" scope={scope}>
        {rows.skaters ? (
          <StatTable
            scope={scope}
            caption={t('iceTime.title')}
            heading={t('iceTime.player')}
            columns={times}
            rows={rows.skaters}
          />
        ) : (
          <NotTold />
        )}
      </StatCard>
    </div>
  );
}

function NotTold() {
  const t = useTranslations('playStats');
  return <p className="px-4 py-3 text-sm text-muted">{t('notTold')}</p>;
}

function StatCard({
  title,
  table,
  scope,
  children,
}: {
  title: string;
  table: PlayStatsTable;
  scope: StatsScope;
  children: ReactNode;
}) {
  const t = useTranslations('playStats');
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <Button asChild variant="ghost" size="sm">
          <a href={hrefOfTable(scope, table)} download aria-label={t('csvOf', { table: title })}>
            <Download aria-hidden />
            {t('csv')}
          </a>
        </Button>
      </CardHeader>
      <div className="flex flex-col gap-3 py-1.5">{children}</div>
    </Card>
  );
}
