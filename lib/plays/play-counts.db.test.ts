import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { Prisma, type Reads, readsOf } from '#lib/db/prisma-client.ts';
import { caller, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { bringPlays, GAME } from './import-fixture.ts';
import { listPlayFacets, listPlays } from './list-plays.ts';
import { PLAY_FACETS, type PlayFilter } from './play-field-schemas.ts';
import { manyRows, nhlGame, nhlPlay, sequenceCsv, sequenceRow } from './play-files-fixture.ts';
import { playsSql } from './play-filter-sql.ts';
import { playOrderSql } from './play-list-repo.ts';
import { listPlaysQuerySchema, playFacetsQuerySchema } from './play-list-schemas.ts';
import { selectPlayGroups } from './play-stats-repo.ts';

const COACH = caller('coach', { teamAccess: ['MTL'] });
const PLAYER = caller('player', { teamAccess: ['MTL'], playerId: '8477444' });

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const admin = caller('admin');
const bring = (rows: Parameters<typeof sequenceCsv>[0], query: object = {}) =>
  bringPlays(portal.deps, admin, sequenceCsv(rows), query);

/** Every value that is offered, with what the list under it says. */
async function differences(query: object, user = COACH): Promise<string[]> {
  const facets = await listPlayFacets(portal.deps, user, playFacetsQuerySchema.parse(query));
  const wrong: string[] = [];
  for (const field of PLAY_FACETS) {
    for (const { value, count } of facets[field]) {
      const chosen = { ...query, [field]: [value] };
      const { total } = await listPlays(portal.deps, user, listPlaysQuerySchema.parse({ ...chosen, limit: '1' }));
      if (total !== count) wrong.push(`${field} ${value}: ${count}, and ${total} in the list`);
    }
  }
  return wrong;
}

const offered = async (query: object = {}) =>
  (await listPlayFacets(portal.deps, COACH, playFacetsQuerySchema.parse(query))).name;

describe('counts of plays', () => {
  it('are those of the lists: when a game is new, and when a newer file changes and leaves out plays', async () => {
    await bring([...manyRows(30), sequenceRow({ id: '31', period: '2', name: 'shot', zone: 'nz', outcome: '' })]);
    await bring([sequenceRow({ id: '1', period: '1', name: 'goal' })], { game_id: '20032' });
    expect(await differences({})).toEqual([]);
    expect(await differences({ game_id: ['20031'] })).toEqual([]);
    await bring([...manyRows(20), sequenceRow({ id: '31', period: '2', name: 'goal' })]);
    expect(await differences({ game_id: ['20031'] })).toEqual([]);
    expect((await offered({ game_id: ['20031'] })).map(({ value }) => value)).not.toContain('shot');
  });

  it('are those of the lists under a filter, and for players, whose own are counted when they ask', async () => {
    expect(await differences({ name: ['carry'], zone: ['oz'] })).toEqual([]);
    expect(await differences({}, PLAYER)).toEqual([]);
  });

  it('are of every filter that offers values', async () => {
    const counted = await portal.db.playCount.findMany({ distinct: ['field'], select: { field: true } });
    // And of each format how many plays it tells of.
    expect(counted.map(({ field }) => field).toSorted()).toEqual([...PLAY_FACETS, 'source'].toSorted());
  });

  it('are counted once in a transaction, whatever it writes, and not when it is taken back', async () => {
    const game = { game_id: '20033' };
    const countings = async () => (await portal.db.$queryRaw<object[]>`SELECT 1 FROM public.countings`).length;
    await portal.db.$executeRaw`CREATE TABLE public.countings (at timestamptz)`;
    await portal.db.$executeRaw`CREATE FUNCTION public.note_counting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      AS $$ BEGIN INSERT INTO public.countings VALUES (now()); RETURN NULL; END $$`;
    await portal.db.$executeRaw`CREATE TRIGGER note_counting AFTER INSERT ON media.play_counts FOR EACH ROW
      WHEN (NEW.field = 'name' AND NEW.value = 'carry') EXECUTE FUNCTION public.note_counting()`;
    await bring(manyRows(9), game);
    expect(await countings()).toBe(1);
    // One left out, one otherwise, one new.
    const newer = [
      ...manyRows(9).slice(1, 8),
      sequenceRow({ id: '9', period: '3', outcome: 'failed' }),
      sequenceRow({ id: '10' }),
    ];
    const planned = await bring(newer, { ...game, dry_run: 'true' });
    expect(planned).toMatchObject({ added: expect.any(Number), removed: expect.any(Number) });
    expect(Math.min(planned.added, planned.changed, planned.removed)).toBeGreaterThan(0);
    expect(await countings()).toBe(1);
    expect(await bring(newer, game)).toEqual(planned);
    expect(await countings()).toBe(2);
    expect(await bring(newer, game)).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await countings()).toBe(2);
    expect(await differences({ game_id: ['20033'] })).toEqual([]);
    await portal.db.game.deleteMany({ where: { gameId: '20033' } });
  });

  it.each([{ kind: ['shift'] }, { source: ['nhl'] }, { named_ids: ['8481519'] }, { acting_team: ['CHI'] }])(
    'are not what answers %j, which takes some plays of a game',
    async (narrowed) => {
      const game = { game_id: ['20031'] };
      const events = [nhlPlay(), nhlPlay({ eventId: 103, details: { eventOwnerTeamId: 16 } })];
      await bringPlays(portal.deps, admin, JSON.stringify(nhlGame(events)));
      const list = async (query: object) =>
        (await listPlays(portal.deps, COACH, listPlaysQuerySchema.parse({ ...query, limit: '1' }))).total;
      const total = await list({ ...game, ...narrowed });
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThan(await list(game));
      expect(await differences({ ...game, ...narrowed })).toEqual([]);
    },
  );

  it('go with their plays', async () => {
    await portal.db.play.deleteMany({ where: { gameId: '20032' } });
    expect(await offered({ game_id: ['20032'] })).toEqual([]);
    await portal.db.game.deleteMany();
    expect(await portal.db.playCount.count()).toBe(0);
    await bring(manyRows(3));
    expect(await differences({})).toEqual([]);
  });

  it('are seen by who sees the team, and by no player', async () => {
    const seen = (user = COACH) =>
      readWithinReach(portal.deps.db, user, (reads) => reads.$queryRaw<object[]>`SELECT 1 FROM media.play_counts`);
    expect(await seen()).not.toEqual([]);
    expect(await seen(caller('coach', { teamAccess: ['CHI'] }))).toEqual([]);
    expect(await seen(PLAYER)).toEqual([]);
  });
});

describe('a filter of plays', () => {
  interface Plan {
    'Node Type': string;
    'Index Name'?: string;
    Plans?: Plan[];
  }
  const walk = ({ 'Node Type': type, 'Index Name': index, Plans = [] }: Plan): string[] => [
    ...(index ? [`${type} ${index}`] : []),
    ...Plans.flatMap(walk),
  ];
  /** How statements are answered, as the web's role, where there are many plays. */
  const plansOf = (use: (reads: Reads) => Promise<unknown>): Promise<string[]> =>
    readWithinReach(portal.deps.db, COACH, async (reads) => {
      // There are too few rows here for a plan without order to be worse.
      await reads.$queryRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('enable_sort', 'off', true), set_config('enable_incremental_sort', 'off', true)`;
      const found: string[] = [];
      await use({
        $queryRaw: async <T>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => {
          const sql = 'sql' in query ? query : Prisma.sql(query, ...values);
          const explained = await reads.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>`EXPLAIN (FORMAT JSON) ${sql}`;
          found.push(...explained.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: top }) => walk(top))));
          return [] as T;
        },
      });
      return found;
    });
  const plan = (before: string, filter: PlayFilter, after: Prisma.Sql): Promise<string[]> =>
    plansOf((reads) => reads.$queryRaw`SELECT ${Prisma.raw(before)} ${playsSql(COACH, filter)} ${after}`);
  const season = { team_code: [GAME.team_code], season: [GAME.season] };
  const game = { ...season, game_id: [GAME.game_id] };

  beforeAll(async () => {
    await bring(manyRows(500));
    await portal.db.$executeRaw`INSERT INTO media.games (team_code, season, game_id)
      SELECT 'MTL', '2025-2026', (30000 + n)::text FROM generate_series(1, 40) n`;
    await portal.db
      .$executeRaw`INSERT INTO media.plays (team_code, season, game_id, source, source_id, part, period, clock_s, name,
        shorthand, outcome, zone, strength, player_id, x_ft, y_ft)
      SELECT p.team_code, p.season, (30000 + n)::text, p.source, p.source_id, p.part, p.period, p.clock_s, 'play ' || p.id % 25, p.shorthand, p.outcome,
        p.zone, p.strength, p.player_id, (p.id * 7 + n) % 89, (p.id * 11 + n) % 40
      FROM media.plays p, generate_series(1, 40) n WHERE p.game_id = ${GAME.game_id}`;
    await portal.db.$executeRaw`VACUUM ANALYZE media.plays`;
  });

  it.each<[string, PlayFilter]>([
    ['ix_plays_game', game],
    ['ix_plays_game', { ...game, outcome: ['failed'], strength: ['5v4'] }],
    ['ix_plays_game', { ...season, zone: ['oz'], period: [2] }],
    ['ix_plays_name', { ...season, name: ['goal'] }],
    ['ix_plays_player', { ...season, player_id: ['8484144'] }],
    ['ix_plays_shorthand', { ...season, shorthand: ['SLOT SHOT'], zone: ['dz'] }],
  ])('is answered in order by %s alone', async (index, filter) => {
    const inOrder = Prisma.sql`ORDER BY ${playOrderSql('clock')} LIMIT 501`;
    expect(await plan('p.id', filter, inOrder)).toEqual([`Index Only Scan ${index}`]);
  });

  it('by a box on the rink is counted by ix_plays_rink alone', async () => {
    const filter: PlayFilter = { ...season, rink: { left: -89, right: -80, bottom: 0, top: 5 } };
    expect(await plan('', filter, Prisma.sql`LIMIT 10001`)).toEqual(['Index Only Scan ix_plays_rink']);
  });

  it.each<PlayFilter>([season, { ...season, period: [2] }])(
    'has its statistics by ix_plays_stats and ix_plays_shifts alone: %j',
    async (filter) => {
      const plans = await plansOf((reads) => selectPlayGroups(reads, COACH, filter));
      // Shots, entries and face-offs.
      expect(plans.filter((each) => each === 'Index Only Scan ix_plays_stats').length).toBeGreaterThanOrEqual(3);
      expect(plans).toContain('Index Only Scan ix_plays_shifts');
    },
  );

  it('shows nothing outside of a reach, and nothing to players but by the policy', async () => {
    const count = Prisma.sql`SELECT count(*)::int AS plays FROM media.plays_of_teams`;
    expect(await readsOf(portal.deps.db).$queryRaw(count)).toEqual([{ plays: 0 }]);
    const seen = (user: typeof COACH) => readWithinReach(portal.deps.db, user, (reads) => reads.$queryRaw(count));
    expect(await seen(PLAYER)).toEqual([{ plays: 0 }]);
    expect(await seen(caller('coach', { teamAccess: ['CHI'] }))).toEqual([{ plays: 0 }]);
    expect(await seen(COACH)).not.toEqual([{ plays: 0 }]);
  });
});
