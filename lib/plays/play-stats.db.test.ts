import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { caller, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { exportPlayStats, getPlayStats, listPlaysByGame } from './get-play-stats.ts';
import { bringPlays } from './import-fixture.ts';
import { listPlays } from './list-plays.ts';
import { nhlGame, nhlPlay, sequenceCsv, sequenceRow, stoppageRow } from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';
import {
  exportPlayStatsQuerySchema,
  type PlayCount,
  type PlayStatsJson,
  playStatsQuerySchema,
} from './play-stats-schemas.ts';
import type { SequenceRow } from './write-play-sequence.ts';

const COACH = caller('coach', { teamAccess: ['MTL', 'CHI'] });
const SUZUKI = caller('player', { teamAccess: ['MTL'], playerId: '8480018' });
const BEDARD: SequenceRow = {
  ...{ team: 'CHI', playerReferenceId: '8484144', playerFirstName: '=Connor', playerLastName: 'Bedard' },
  ...{ teamSkatersOnIce: '4', opposingTeamSkatersOnIce: '5' },
};

let second = 0;
/** A row of its own at a moment of its own. */
const row = (overrides: SequenceRow): SequenceRow => {
  second += 1;
  return sequenceRow({ id: String(second), periodTime: String(second), timecode: '', ...overrides });
};
const at = (xAdjCoord: string, yAdjCoord: string): SequenceRow => ({ xAdjCoord, yAdjCoord });
const shot = { name: 'shot', shorthand: 'SLOT SHOT FOR ONNET' };
const entry = { name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ' };
const faceoff = { name: 'faceoff', shorthand: 'OZ FACE OFF+', outcome: 'successful' };
const lost = { name: 'faceoff', shorthand: 'OZ FACE OFF-', outcome: 'failed' };

const ROWS: SequenceRow[] = [
  stoppageRow({ id: '9000', periodTime: '0', timecode: '', name: 'faceoff', shorthand: 'Face-Off' }),
  row({ ...faceoff, ...at('0', '0') }),
  row({ ...BEDARD, ...lost, ...at('0', '0') }),
  row({ ...lost, ...at('69', '22') }),
  row({ ...BEDARD, ...faceoff, ...at('-69', '-22.4') }),
  row({ ...entry }),
  row({ ...entry, outcome: 'failed' }),
  row({ ...entry, name: 'pass', shorthand: 'controlled entry into oz+', outcome: 'undetermined' }),
  row({ ...BEDARD, name: 'controlledentryagainst', shorthand: 'CONTROLLED ENTRY INTO OZ', outcome: 'failed' }),
  row({ name: 'dumpin', shorthand: 'DUMP IN+' }),
  row({ ...BEDARD, name: 'carry', shorthand: 'CONTROLLED EXIT FROM DZ' }),
  row({ ...shot, ...at('80', '3') }),
  row({ ...shot, ...at('69', '-7') }),
  row({ ...shot, ...at('68.9', '0'), shorthand: 'OUTSIDE SHOT WIDE' }),
  row({ ...BEDARD, ...shot, ...at('60', '30') }),
  row({ ...shot, ...at('', ''), teamSkatersOnIce: '5', opposingTeamSkatersOnIce: '5' }),
  // A goal is a row of the scorer, and one without team and player.
  row({ name: 'goal', shorthand: 'GOAL', ...at('80', '3') }),
  stoppageRow({ id: '9001', periodTime: '500', timecode: '', name: 'goal' }),
];

const nhlFaceoff = (eventId: number, winner: number, loser: number, x: number, y: number) =>
  nhlPlay({
    ...{ eventId, sortOrder: eventId, typeCode: 502, typeDescKey: 'faceoff' },
    details: {
      ...{ xCoord: x, yCoord: y, zoneCode: x === 0 ? 'N' : 'D', eventOwnerTeamId: winner === 8480018 ? 8 : 16 },
      ...{ winningPlayerId: winner, losingPlayerId: loser },
    },
  });

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  const bring = (text: string, query: object = {}) =>
    bringPlays(portal.deps, caller('admin'), text, { confirm: 'true', ...query });
  await bring(sequenceCsv(ROWS));
  await bring(sequenceCsv(ROWS.slice(0, 12)), { game_id: '20040' });
  const nhl = [
    nhlPlay(),
    nhlPlay({ eventId: 103, sortOrder: 12, typeCode: 505, typeDescKey: 'goal' }),
    nhlFaceoff(104, 8480018, 8481568, -69, 22),
    nhlFaceoff(105, 8481568, 8480018, -69, 22),
    nhlFaceoff(106, 8480018, 8481568, 0, 0),
  ];
  // The same game by another format, and one that only the NHL tells of.
  await bring(JSON.stringify(nhlGame(nhl)));
  await bring(JSON.stringify(nhlGame(nhl)), { game_id: '20050' });
  await bring(JSON.stringify(nhlGame(nhl)), { team_code: 'CHI' });
});
afterAll(() => portal.close());

const stats = (query: object = {}, user: UserContext = COACH): Promise<PlayStatsJson> =>
  getPlayStats(portal.deps, user, playStatsQuerySchema.parse(query));

/** Every number there is anywhere in an answer. */
function countsIn(value: unknown): PlayCount[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && 'query' in value) return [value as PlayCount];
  return Object.values(value).flatMap(countsIn);
}

const listed = async ({ query }: PlayCount, user: UserContext): Promise<number> =>
  query === null ? 0 : (await listPlays(portal.deps, user, listPlaysQuerySchema.parse({ limit: '1', ...query }))).total;

describe('statistics of plays', () => {
  const FILTERS = [
    ...[{}, { source: ['nhl'] }, { source: ['nhl'], team_code: ['CHI'] }, { game_id: ['20031'], period: ['1'] }],
    ...[{ name: ['shot', 'faceoff'] }, { rink: '60,-10,90,25' }, { outcome: ['failed'] }, { strength: ['5v4'] }],
    ...[{ player_id: ['8480018'] }, { acting_team: ['CHI'] }, { kind: ['shift'] }, { on_ice: ['8480018'] }],
    ...[
      { source: ['nhl'], named_ids: ['8481568'] },
      { name: ['pass'], shorthand: ['controlled entry into oz+'] },
    ],
  ];

  it.each(FILTERS.map((filter) => ({ filter })))(
    'lead with every number to exactly as many plays, under $filter',
    async ({ filter }) => {
      for (const user of [COACH, SUZUKI]) {
        const counts = countsIn(await stats(filter, user));
        if (user === COACH) expect(counts.length).toBeGreaterThan(2);
        for (const count of counts)
          expect({ count, listed: await listed(count, user) }).toEqual({ count, listed: count.value });
      }
    },
  );

  it('count shots and goals of either side by strength and area, a goal once', async () => {
    const { source, shots } = await stats({ game_id: ['20031'] });
    expect(source).toBe('playsequence');
    const told = shots.map(({ side, by, key, attempts, on_goal, goals }) => [
      ...[`${side} ${by} ${key ?? ''}`.trim(), attempts.value, on_goal?.value, goals.value],
    ]);
    expect(told).toEqual([
      ['own all', 4, 3, 1],
      ['own strength 5v4', 3, 2, 1],
      ['own strength 5v5', 1, 1, 0],
      ['own area inner_slot', 2, 2, 1],
      ['own area high_slot', 1, 0, 0],
      ['opponent all', 1, 1, 0],
      ['opponent strength 4v5', 1, 1, 0],
      ['opponent area wide_left', 1, 1, 0],
    ]);
  });

  it('count entries and exits with their success, whatever their shorthand ends in', async () => {
    const { entries } = await stats({ game_id: ['20031'] });
    const told = entries?.map(({ side, kind, total, successful, failed, rate }) => [
      ...[`${side} ${kind}`, total.value, successful.value, failed.value, rate],
    ]);
    expect(told).toEqual([
      ['own controlled_entry', 3, 1, 1, 0.5],
      ['own dump_in', 1, 1, 0, 1],
      ['opponent controlled_exit', 1, 1, 0, 1],
      ['opponent entry_against', 1, 0, 1, 0],
    ]);
  });

  it('count a face-off once for each side, by the dot as that side sees it and by player', async () => {
    const told = async (query: object) =>
      (await stats(query)).faceoffs.map(({ side, by, key, won, taken }) => [
        ...[`${side} ${by} ${key ?? ''}`.trim(), won.value, taken],
      ]);
    expect(await told({ game_id: ['20031'] })).toEqual([
      ['own all', 1, 2],
      ['own dot oz_left', 0, 1],
      ['own dot centre', 1, 1],
      ['own player 8480018', 1, 2],
      ['opponent all', 1, 2],
      ['opponent dot centre', 0, 1],
      ['opponent dot dz_right', 1, 1],
      ['opponent player 8484144', 1, 2],
    ]);
    // The NHL's file has one row of each.
    expect(await told({ game_id: ['20050'] })).toEqual([
      ['own all', 2, 3],
      ['own dot oz_right', 1, 2],
      ['own dot centre', 1, 1],
      ['own player 8480018', 2, 3],
      ['opponent all', 1, 3],
      ['opponent dot centre', 0, 1],
      ['opponent dot dz_left', 1, 2],
      ['opponent player 8481568', 1, 3],
    ]);
  });

  it('sum up the shifts of each player', async () => {
    const { ice_time } = await stats({ game_id: ['20031'] });
    const { plays } = await listPlays(
      portal.deps,
      COACH,
      listPlaysQuerySchema.parse({ game_id: ['20031'], kind: ['shift'], player_id: ['8480018'] }),
    );
    const total_s = plays.reduce((sum, { clock_s, end_clock_s }) => sum + (end_clock_s ?? 0) - (clock_s ?? 0), 0);
    expect(plays.length).toBeGreaterThan(0);
    expect(ice_time?.find(({ player_id }) => player_id === '8480018')).toMatchObject({
      ...{ team_code: 'MTL', side: 'own', player_name: 'Nick Suzuki', total_s },
      ...{ shifts: { value: plays.length }, average_s: Math.round((total_s / plays.length) * 10) / 10 },
    });
  });

  it('say nothing of what a format does not tell of, rather than none', async () => {
    const { source, sources, entries, ice_time, shots } = await stats({ game_id: ['20050'] });
    expect({ source, entries, ice_time }).toEqual({ source: 'nhl', entries: null, ice_time: null });
    expect(shots[0]).toMatchObject({ attempts: { value: 2 }, on_goal: { value: 2 }, goals: { value: 1 } });
    expect(sources.map((each) => [each.source, each.plays.value])).toEqual([['nhl', 5]]);
    expect((await stats({ season: ['2024-2025'] })).source).toBeNull();
  });

  it('are of one format where two tell of a game, and of the other by choice', async () => {
    const { source, sources } = await stats({ game_id: ['20031'], team_code: ['MTL'] });
    expect(source).toBe('playsequence');
    expect(sources.map((each) => each.source)).toEqual(['playsequence', 'nhl']);
    expect((await stats({ game_id: ['20031'], team_code: ['MTL'], source: ['nhl'] })).source).toBe('nhl');
  });

  it('are of a player’s own plays alone, and of nobody’s out of reach', async () => {
    const all = await stats({ game_id: ['20031'] });
    const own = await stats({ game_id: ['20031'] }, SUZUKI);
    expect(own.sources[0]?.plays.value).toBeLessThan(all.sources[0]?.plays.value ?? 0);
    expect((await stats({}, caller('coach', { teamAccess: ['BOS'] }))).sources).toEqual([]);
    expect((await stats({ team_code: ['CHI'] }, SUZUKI)).sources).toEqual([]);
  });

  it('are spread over the games that they are of', async () => {
    const counts = countsIn(await stats()).flatMap(({ value, query }) => (query ? { value, query } : []));
    for (const { value, query } of counts.filter((_, index) => index % 5 === 0)) {
      const games = await listPlaysByGame(portal.deps, COACH, playStatsQuerySchema.parse(query));
      expect(games.reduce((sum, { plays }) => sum + plays, 0)).toBe(value);
      expect(new Set(games.map(({ team_code, game_id }) => `${team_code} ${game_id}`)).size).toBe(games.length);
    }
    expect(await listPlaysByGame(portal.deps, caller('coach', { teamAccess: ['BOS'] }), {})).toEqual([]);
  });

  it('cost one statement', async () => {
    const query = playStatsQuerySchema.parse({});
    expect(await portal.statementsOf((deps) => getPlayStats(deps, COACH, query))).toHaveLength(1);
  });
});

describe('a table of statistics', () => {
  const exported = (query: object, user = COACH) =>
    exportPlayStats(portal.deps, user, exportPlayStatsQuerySchema.parse(query));

  it('opens in a spreadsheet, with nothing that it calculates', async () => {
    const rows: Record<string, string>[] = parse(await exported({ table: 'faceoffs', game_id: ['20031'] }), {
      columns: true,
      bom: true,
    });
    expect(rows.find(({ key }) => key === '8484144')).toEqual({
      ...{ team_code: 'MTL', side: 'opponent', by: 'player', key: '8484144', player_name: "'=Connor Bedard" },
      ...{ won: '1', lost: '1', taken: '2', rate: '0.5' },
    });
  });

  it.each(['shots', 'entries', 'faceoffs', 'ice_time'] as const)('has a row for each row of %s', async (table) => {
    const game_id = ['20031'];
    const rows: unknown[] = parse(await exported({ table, game_id }), { columns: true, bom: true });
    expect(rows).toHaveLength((await stats({ game_id }))[table]?.length ?? 0);
    expect(rows.length).toBeGreaterThan(0);
    const none = await exported({ table, game_id: ['1'] });
    expect(parse(none, { columns: true, bom: true })).toEqual([]);
  });
});
