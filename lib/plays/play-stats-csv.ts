import { csvText } from '#lib/http/csv.ts';
import type { PlayStatsJson, PlayStatsTable } from './play-stats-schemas.ts';

interface Table {
  columns: readonly string[];
  rows: (string | number | null)[][];
}

const TABLES: Readonly<Record<PlayStatsTable, (stats: PlayStatsJson) => Table>> = {
  shots: ({ shots }) => ({
    columns: ['team_code', 'side', 'by', 'key', 'attempts', 'on_goal', 'goals'],
    rows: shots.map(({ team_code, side, by, key, attempts, on_goal, goals }) => [
      ...[team_code, side, by, key, attempts.value, on_goal?.value ?? null, goals.value],
    ]),
  }),
  entries: ({ entries }) => ({
    columns: ['team_code', 'side', 'kind', 'total', 'successful', 'failed', 'rate'],
    rows: (entries ?? []).map(({ team_code, side, kind, total, successful, failed, rate }) => [
      ...[team_code, side, kind, total.value, successful.value, failed.value, rate],
    ]),
  }),
  faceoffs: ({ faceoffs }) => ({
    columns: ['team_code', 'side', 'by', 'key', 'player_name', 'won', 'lost', 'taken', 'rate'],
    rows: faceoffs.map(({ team_code, side, by, key, player_name, won, lost, taken, rate }) => [
      ...[team_code, side, by, key, player_name, won.value, lost.value, taken, rate],
    ]),
  }),
  ice_time: ({ ice_time }) => ({
    columns: ['team_code', 'side', 'player_id', 'player_name', 'shifts', 'total_s', 'average_s'],
    rows: (ice_time ?? []).map(({ team_code, side, player_id, player_name, shifts, total_s, average_s }) => [
      ...[team_code, side, player_id, player_name, shifts.value, total_s, average_s],
    ]),
  }),
};

/** One of the tables as a spreadsheet opens it (`csvText`). */
export function playStatsCsv(stats: PlayStatsJson, table: PlayStatsTable): string {
  const { columns, rows } = TABLES[table](stats);
  return csvText(columns, rows, { header: true });
}
