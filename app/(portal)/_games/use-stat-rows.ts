import { useFormatter, useTranslations } from 'use-intl';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import type { FaceoffsRow, PlayStatsJson, ShotsRow, Side } from '#lib/plays/play-stats-schemas.ts';
import { FACE_OFF_DOTS, type FaceOffDot, RINK_AREAS, type RinkArea } from '#lib/plays/rink-schemas.ts';
import type { StatRow } from './stat-table-client.tsx';

const isArea = (key: string): key is RinkArea => key in RINK_AREAS;
const isDot = (key: string): key is FaceOffDot => key in FACE_OFF_DOTS;

/** What the tables show of one side, in the reader's words. */
export function useStatRows(stats: PlayStatsJson, isOn: (row: { team_code: string; side: Side }) => boolean) {
  const t = useTranslations('playStats');
  const rink = useTranslations('rink');
  const format = useFormatter();
  const percent = (rate: number | null) => (rate === null ? null : format.number(rate, { style: 'percent' }));

  const shotRow = ({ by, key, attempts, on_goal, goals }: ShotsRow): StatRow => {
    const name = key === null ? t('all') : isArea(key) ? rink(`areas.${key}`) : key;
    return { key: `${by} ${key}`, name, cells: [attempts, on_goal, goals] };
  };
  const faceoffRow = ({ by, key, player_name, won, lost, taken, rate }: FaceoffsRow): StatRow => {
    const name = key === null ? t('all') : isDot(key) ? t(`faceoffs.dots.${key}`) : (player_name ?? key);
    const share = percent(rate);
    return { key: `${by} ${key}`, name, cells: [won, lost, share && t('faceoffs.ofTaken', { rate: share, taken })] };
  };
  const shots = stats.shots.filter(isOn);
  const faceoffs = stats.faceoffs.filter(isOn);
  return {
    strengths: shots.filter(({ by }) => by !== 'area').map(shotRow),
    areas: shots.filter(({ by }) => by === 'area').map(shotRow),
    entries:
      stats.entries?.filter(isOn).map(
        ({ kind, total, successful, failed, rate }): StatRow => ({
          ...{ key: kind, name: t(`entries.kinds.${kind}`) },
          cells: [total, successful, failed, percent(rate)],
        }),
      ) ?? null,
    dots: faceoffs.filter(({ by }) => by !== 'player').map(faceoffRow),
    takers: faceoffs.filter(({ by }) => by === 'player').map(faceoffRow),
    skaters:
      stats.ice_time?.filter(isOn).map(
        ({ player_id, player_name, shifts, total_s, average_s }): StatRow => ({
          ...{ key: player_id, name: player_name ?? player_id },
          cells: [shifts, formatDuration(total_s), formatDuration(average_s)],
        }),
      ) ?? null,
  };
}
