import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { caller, clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { listGamesQuerySchema } from './game-schemas.ts';
import { bringPlays, GAME } from './import-fixture.ts';
import { getGame, listGames } from './list-games.ts';
import { listPlayFacets, listPlays } from './list-plays.ts';
import { nhlGame, sequenceCsv, sequenceRow, stoppageRow } from './play-files-fixture.ts';
import { listPlaysQuerySchema, playFacetsQuerySchema } from './play-list-schemas.ts';

const COACH = caller('coach', { teamAccess: ['MTL'] });
const PLAYER = caller('player', { teamAccess: ['MTL'], playerId: '8477444' });

/** Six plays: an entry of each team, a shot, a goal that Suzuki is alone on, and two stoppages. */
const ROWS = [
  stoppageRow({ id: '1', periodTime: '0', timecode: '00:00:00:00', name: 'faceoff', shorthand: 'Face-Off' }),
  sequenceRow({ id: '2' }),
  sequenceRow({ id: '3', periodTime: '85', timecode: '00:01:25:00', name: 'shot', shorthand: 'SLOT SHOT', zone: 'oz' }),
  sequenceRow({
    ...{ id: '4', period: '2', periodTime: '10', timecode: '00:00:10:00', team: 'CHI', zone: 'dz', outcome: 'failed' },
    ...{ playerReferenceId: '8484144', playerFirstName: 'Connor', playerLastName: 'Bedard', playerJersey: '98' },
    ...{ xAdjCoord: '80', yAdjCoord: '5', teamSkatersOnIce: '5', opposingTeamSkatersOnIce: '5' },
    ...{ teamForwardsOnIceRefs: '8484144', teamDefencemenOnIceRefs: '', teamGoalieOnIceRef: '' },
    ...{ opposingTeamForwardsOnIceRefs: '8477444, 8480018', opposingTeamDefencemenOnIceRefs: '' },
  }),
  stoppageRow({ id: '5', period: '2', periodTime: '12', timecode: '00:00:12:00' }),
  sequenceRow({
    ...{
      id: '6',
      period: '3',
      periodTime: '5',
      timecode: '00:00:05:00',
      name: 'goal',
      xAdjCoord: '85',
      yAdjCoord: '0',
    },
    ...{ teamForwardsOnIceRefs: '8480018', teamDefencemenOnIceRefs: '', opposingTeamForwardsOnIceRefs: '' },
    opposingTeamDefencemenOnIceRefs: '',
  }),
];

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  const bring = (text: string, query: object, user = caller('admin')) => bringPlays(portal.deps, user, text, query);
  await bring(sequenceCsv(ROWS), {});
  await bring(JSON.stringify(nhlGame()), { team_code: 'CHI' });
  await portal.db.clip.createMany({
    data: [
      clipRow({ gameId: '20040', gameDate: new Date('2025-10-20'), opponentCode: 'TOR' }),
      // Nobody plays against themselves, whatever a clip says.
      clipRow({ gameId: '20035', opponentCode: 'MTL', playerId: '1' }),
      clipRow({ gameId: '20050', deletedAt: new Date() }),
      clipRow({ gameId: '20060', season: null }),
    ],
  });
  const named = {
    filename: 'p1-20251030-MTLvsBOS.mp4',
    lakeUri: 'gs://test-lake/media/raw/MTL/2025-2026/20045/p1.mp4',
  };
  await portal.db.master.create({ data: masterRow({ ...named, gameId: '20045', period: 1 }) });
});
afterAll(() => portal.close());

const plays = (query: object = {}, user: UserContext = COACH) =>
  listPlays(portal.deps, user, listPlaysQuerySchema.parse(query));
const idsOf = async (query: object, user?: UserContext) =>
  (await plays(query, user)).plays
    .filter(({ kind }) => kind === 'event')
    .map(({ name, period }) => `${name} ${period}`);

describe('plays', () => {
  it('are listed as they were played, with all that is known of them', async () => {
    const events = (await plays()).plays.filter(({ kind }) => kind === 'event');
    expect(events.map(({ name }) => name)).toEqual(['faceoff', 'carry', 'shot', 'carry', 'whistle', 'goal']);
    expect(events[1]).toEqual({
      ...{ id: expect.any(Number), ...GAME, source: 'playsequence', kind: 'event', period: 1, clock_s: 83.5 },
      ...{ end_clock_s: null, name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ', type: 'regular' },
      ...{ outcome: 'successful', zone: 'oz', strength: '5v4', acting_team: 'MTL', player_id: '8480018' },
      ...{ player_name: 'Nick Suzuki', named_ids: [], x_ft: 27.5, y_ft: -12, labels: [], free_text: null, video: null },
      clip_id: null,
      on_ice: ['8477444', '8477479', '8480018', '8476875', '8482087', '8478470'],
      against: ['8484144', '8483493', '8481568', '8476882'],
    });
  });

  it.each([
    [{ period: ['1'] }, ['faceoff 1', 'carry 1', 'shot 1']],
    [{ period: ['1'], kind: ['event'] }, ['faceoff 1', 'carry 1', 'shot 1']],
    [{ kind: ['shift'] }, []],
    [{ name: ['shot', 'goal'] }, ['shot 1', 'goal 3']],
    [{ shorthand: ['SLOT SHOT'] }, ['shot 1']],
    [{ outcome: ['failed'] }, ['carry 2']],
    [{ zone: ['dz'] }, ['carry 2']],
    [{ strength: ['5v4'], name: ['carry'] }, ['carry 1']],
    [{ player_id: ['8484144'], name: ['carry'] }, ['carry 2']],
    [{ on_ice: ['8476875', '8482087'] }, ['carry 1', 'shot 1']],
    [{ on_ice: ['8480018', '8484144'] }, []],
    [{ against: ['8477444'] }, ['carry 2']],
    [{ rink: '69,-17,89,17' }, ['carry 2', 'goal 3']],
    [{ rink: '89,17,69,-17', period: ['3'] }, ['goal 3']],
    [{ season: ['2024-2025'] }, []],
    [{ team_code: ['CHI'] }, []],
  ])('are narrowed by %j', async (query, found) => {
    expect(await idsOf(query)).toEqual(found);
  });

  it('are walked by a cursor in both directions, each once, with the exact total', async () => {
    const all = await plays({ limit: '5000' });
    for (const sort of ['clock', '-clock']) {
      const walked: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await plays({ sort, limit: '3', ...(cursor ? { cursor } : {}) });
        expect(page).toMatchObject({ total: all.plays.length, total_capped: false });
        walked.push(...page.plays.map(({ id }) => id));
        cursor = page.next_cursor;
      } while (cursor);
      const ids = all.plays.map(({ id }) => id);
      expect(walked).toEqual(sort === 'clock' ? ids : ids.toReversed());
    }
    const { next_cursor: cursor } = await plays({ limit: '1' });
    expect(await faultOf(plays({ cursor, sort: '-clock' }))).toMatchObject({ status: 400 });
    expect(await faultOf(plays({ cursor: 'e30.e30' }))).toMatchObject({ status: 400 });
  });

  it('are a player’s when they name them or have them on the ice, and nobody else’s', async () => {
    expect(await idsOf({}, PLAYER)).toEqual(['carry 1', 'shot 1', 'carry 2']);
    expect((await plays({}, PLAYER)).total).toBe((await plays({}, PLAYER)).plays.length);
    expect(await idsOf({}, caller('player', { teamAccess: ['CHI'], playerId: '8477444' }))).toEqual([]);
    expect(await idsOf({}, caller('scout', { teamAccess: ['CHI'] }))).toEqual(['shot-on-goal 1']);
    expect(await idsOf({}, caller('coach', { teamAccess: [] }))).toEqual([]);
  });

  it('are one statement, placed and counted', async () => {
    const query = listPlaysQuerySchema.parse({ game_id: ['20031'] });
    expect(await portal.statementsOf((deps) => listPlays(deps, COACH, query))).toHaveLength(1);
  });
});

describe('facets of plays', () => {
  const facets = (query: object = {}, user = COACH) =>
    listPlayFacets(portal.deps, user, playFacetsQuerySchema.parse(query));

  it('count each filter’s values under the other filters, with the names of players', async () => {
    const { name, period, zone, on_ice, capped } = await facets({ name: ['carry'], team_code: ['MTL'] });
    expect(capped).toBe(false);
    // Under the other filters alone: what one could choose instead.
    expect(Object.fromEntries(name.map(({ value, count }) => [value, count]))).toMatchObject({
      ...{ carry: 2, shot: 1, goal: 1, faceoff: 1, whistle: 1 },
    });
    expect(period.map(({ value, count }) => [value, count])).toEqual([
      ['1', 1],
      ['2', 1],
    ]);
    expect(zone.map(({ value }) => value)).toEqual(['dz', 'oz']);
    expect(on_ice.find(({ value }) => value === '8484144')).toEqual({
      value: '8484144',
      label: 'Connor Bedard',
      count: 1,
    });
  });

  it('of who is on the ice are counted under those that are chosen: each further one narrows', async () => {
    const { on_ice } = await facets({ on_ice: ['8476875'], name: ['carry', 'shot', 'goal'] });
    expect(on_ice.find(({ value }) => value === '8482087')?.count).toBe(2);
    expect(on_ice.find(({ value }) => value === '8484144')).toBeUndefined();
  });

  it('count what a player may see, in one statement', async () => {
    const { name } = await facets({}, PLAYER);
    expect(name.map(({ value }) => value)).not.toContain('goal');
    expect(await portal.statementsOf((deps) => listPlayFacets(deps, PLAYER, {}))).toHaveLength(1);
  });
});

describe('games', () => {
  const games = (query: object = {}, user = COACH, limit?: number) =>
    listGames(portal.deps, user, listGamesQuerySchema.parse(query), limit);
  const gameIds = async (query: object, user?: UserContext) =>
    (await games(query, user)).games.map(({ team_code, game_id }) => `${team_code} ${game_id}`);

  it('are there as soon as a master, a clip or a play of them is, the newest first, page after page', async () => {
    const { games: found } = await games();
    expect(found.map(({ game_id }) => game_id).sort()).toEqual(['20031', '20035', '20040', '20045']);
    expect(found.find(({ game_id }) => game_id === '20035')?.opponent_code).toBeNull();
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof games>> = await games(cursor ? { cursor } : {}, COACH, 1);
      walked.push(...page.games.map(({ game_id }) => game_id));
      cursor = page.next_cursor;
    } while (cursor);
    expect(walked).toEqual(found.map(({ game_id }) => game_id));
    expect(await faultOf(games({ cursor: 'e30.e30' }))).toMatchObject({ status: 400 });
  });

  it('tell what there is of them', async () => {
    const { games: found } = await games();
    const byId = new Map(found.map((game) => [game.game_id, game]));
    expect(byId.get('20040')).toEqual({
      ...{ team_code: 'MTL', season: '2025-2026', game_id: '20040', game_date: '2025-10-20', opponent_code: 'TOR' },
      ...{ home: null, score: null, masters: 0, clips: 1, plays: 0, periods: [] },
    });
    const { id: master_id } = await portal.db.master.findFirstOrThrow({ where: { gameId: '20045' } });
    expect(byId.get('20045')).toMatchObject({
      ...{ game_date: '2025-10-30', opponent_code: 'BOS', masters: 1 },
      periods: [{ period: 1, master_id, anchored: false }],
    });
    expect(byId.get('20031')).toMatchObject({
      plays: await portal.db.play.count({ where: { teamCode: 'MTL' } }),
      periods: [1, 2, 3].map((period) => ({ period, master_id: null, anchored: false })),
    });
    const chicago = await getGame(portal.deps, caller('scout'), { ...GAME, team_code: 'CHI' });
    expect(chicago).toMatchObject({
      ...{ home: false, score: { own: 2, opponent: 3 }, opponent_code: 'MTL', game_date: '2025-10-11' },
      rosters: [
        { player_id: '8481568', player_name: 'Wyatt Kaiser', jersey: '44', position: 'D', team: 'CHI' },
        { player_id: '8480018', player_name: 'Nick Suzuki', jersey: '14', position: 'C', team: 'MTL' },
      ],
    });
  });

  it.each([
    [{ team_code: 'CHI' }, ['CHI 20031']],
    [{ opponent_code: 'TOR' }, ['MTL 20040']],
    [{ date_from: '2025-10-12', date_to: '2025-10-20' }, ['MTL 20040']],
    [{ q: 'tor 2025' }, ['MTL 20040']],
    [{ q: 'tor boston' }, []],
    [{ season: '2024-2025' }, []],
  ])('are narrowed by %j', async (query, found) => {
    expect(await gameIds(query, caller('coach'))).toEqual(found);
  });

  it('are a player’s when a play or a clip of them is', async () => {
    expect(await gameIds({}, PLAYER)).toEqual(['MTL 20031']);
    expect(await gameIds({}, caller('player', { teamAccess: ['MTL'], playerId: '8480018' }))).toHaveLength(2);
    const foreign = { ...GAME, game_id: '20045' };
    expect(await faultOf(getGame(portal.deps, PLAYER, foreign))).toMatchObject({ status: 404 });
    expect((await getGame(portal.deps, PLAYER, GAME)).plays).toBe((await plays({}, PLAYER)).total);
    expect(await faultOf(getGame(portal.deps, COACH, { ...GAME, team_code: 'CHI' }))).toMatchObject({ status: 404 });
  });

  it('have the score that their goals make, of the file that knows most of them, for whoever sees the game', async () => {
    const scores = async (user: UserContext) => {
      const listed = (await games({}, user)).games.find(({ game_id }) => game_id === GAME.game_id)?.score;
      expect((await getGame(portal.deps, user, GAME)).score).toEqual(listed);
      return listed;
    };
    const goal = (
      sourceId: string,
      actingTeam: string | null,
      playerId: string | null = '1',
      source = 'sportscode',
    ) => ({
      ...{ teamCode: 'MTL', season: GAME.season, gameId: GAME.game_id, part: 'goals' },
      ...{ source, sourceId, name: 'goal', actingTeam, playerId },
    });
    // The one goal of the play sequence is one that this player neither scores nor sees.
    expect((await plays({ name: ['goal'] }, PLAYER)).total).toBe(0);
    expect([await scores(COACH), await scores(PLAYER)]).toEqual([
      { own: 1, opponent: 0 },
      { own: 1, opponent: 0 },
    ]);
    const letIn = goal('3', 'MTL', null);
    await portal.db.play.createMany({ data: [goal('1', 'MTL'), goal('2', 'CHI'), letIn, goal('4', 'CHI')] });
    expect([await scores(COACH), await scores(PLAYER)]).toEqual([
      { own: 1, opponent: 2 },
      { own: 1, opponent: 2 },
    ]);
    // Of a file that does not say whose a goal is nothing is counted.
    await portal.db.play.create({ data: goal('5', null) });
    expect(await scores(COACH)).toEqual({ own: 1, opponent: 0 });
    await portal.db.play.deleteMany({ where: { part: 'goals' } });
  });

  it('cost one statement, however many there are', async () => {
    expect(await portal.statementsOf((deps) => listGames(deps, COACH, {}))).toHaveLength(1);
    expect(await portal.statementsOf((deps) => getGame(deps, COACH, GAME))).toHaveLength(1);
  });
});
