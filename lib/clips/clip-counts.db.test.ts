import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import { caller, clipRow, type PortalFixture, portalFixture, untilOneWaits } from '#lib/runtime/portal-fixture.ts';
import { getStatsBreakdown, getStatsOverview } from '#lib/stats/get-stats.ts';
import { countWrongSums, countWrongTexts, settleClipCounts } from './clip-counts-repo.ts';
import { PROCESSING_STATUSES } from './clip-field-schemas.ts';
import type { ClipFilter } from './clip-filter-schemas.ts';
import { listFacets } from './list-facets.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());
beforeEach(() => portal.db.$executeRaw`TRUNCATE media.clips CASCADE`);

/** Every clip has one of these, so that it narrows nothing; but sums are not kept by it: the clips are looked through. */
const LOOKED_THROUGH: ClipFilter = { status: [...PROCESSING_STATUSES] };

const ALL = caller('admin');
const COACH = caller('coach', { teamAccess: ['MTL'] });

/** What is told of a reach under a filter: facets, overview and breakdown. */
const told = async (user: typeof ALL, filter: ClipFilter) => ({
  facets: await listFacets(portal.deps, user, filter),
  overview: await getStatsOverview(portal.deps, user, filter),
  breakdown: await getStatsBreakdown(portal.deps, user, filter),
});

const QUESTIONS: [string, typeof ALL, ClipFilter][] = [
  ['everything', ALL, {}],
  ['the reach of one team', COACH, {}],
  ['a team and a season', ALL, { team_code: ['MTL'], season: ['2025-2026'] }],
  ['two teams', ALL, { team_code: ['MTL', 'CHI'] }],
  ['a team out of reach', COACH, { team_code: ['CHI'] }],
];

const word = <T extends string>(...words: T[]) => fc.constantFrom(...words);
const facts = fc.record({
  team_code: word('MTL', 'CHI', 'TOR'),
  season: fc.option(word('2025-2026', '2024-2025')),
  player_id: word('1', '2'),
  player_name: fc.option(word('One', 'Béliveau')),
  game_id: word('20001', '20002'),
  game_date: fc.option(word('2026-01-02', '2026-02-03')),
  opponent_code: fc.option(word('BOS', 'NYR')),
  period: fc.option(fc.constantFrom(1, 2, 3)),
  event_type: word('shot', 'goal'),
  outcome: fc.option(word('saved')),
  zone: fc.option(word('oz', 'dz')),
  strength: fc.option(word('5v5')),
  processing_status: fc.option(word('ready', 'failed', 'processing')),
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;
const which = fc.integer({ min: 0, max: 2 });
const tag = word('rush', 'forecheck');

/** Statements over all clips whose id leaves `which` when divided by three, as anybody may send them. */
const change = fc.oneof(
  facts.map((row) => ({ say: `insert ${JSON.stringify(row)}`, run: () => insert(row) })),
  fc.record({ row: facts, which }).map(({ row, which }) => ({
    say: `update ${which} ${JSON.stringify(row)}`,
    run: () => update(row, which),
  })),
  ...(
    [
      ['trash', 'UPDATE media.clips SET deleted_at = now() WHERE id % 3 = $1'],
      ['restore', 'UPDATE media.clips SET deleted_at = NULL WHERE id % 3 = $1'],
      ['progress', 'UPDATE media.clips SET progress = 7 WHERE id % 3 = $1'],
      ['delete', 'DELETE FROM media.clips WHERE id % 3 = $1'],
      ['untag', 'DELETE FROM media.clip_tags WHERE clip_id % 3 = $1'],
      ['rename tags', `UPDATE media.clip_tags SET tag = tag || '!' WHERE clip_id % 3 = $1`],
    ] as const
  ).map(([say, sql]) =>
    which.map((n) => ({ say: `${say} ${n}`, run: () => portal.db.$executeRawUnsafe(sql, n) as Promise<unknown> })),
  ),
  fc.record({ tag, which }).map(({ tag, which }) => ({
    say: `tag ${which} ${tag}`,
    run: () => portal.db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag)
      SELECT id, ${tag} FROM media.clips WHERE id % 3 = ${which} ON CONFLICT DO NOTHING`,
  })),
  fc.constant({ say: 'settle', run: () => settleClipCounts(portal.db) as Promise<unknown> }),
);

/** Every fact of a row, read from JSON. */
const COLUMNS = `team_code, season, player_id, player_name, game_id, game_date, opponent_code, period, event_type, outcome,
  zone, strength, processing_status`;
const FACTS = `SELECT ${COLUMNS} FROM jsonb_populate_record(NULL::media.clips, $1::jsonb)`;
const insert = (row: Facts): Promise<unknown> =>
  portal.db.$executeRawUnsafe(
    `INSERT INTO media.clips (clip_id, start_timecode_s, end_timecode_s, duration_s, ${COLUMNS})
     SELECT gen_random_uuid(), 0, 1, 1, f.* FROM (${FACTS}) f`,
    JSON.stringify(row),
  );
const update = (row: Facts, n: number): Promise<unknown> =>
  portal.db.$executeRawUnsafe(
    `UPDATE media.clips SET (${COLUMNS}) = (${FACTS}) WHERE id % 3 = $2`,
    JSON.stringify(row),
    n,
  );

const expectSound = async () =>
  expect([await countWrongSums(portal.db), await countWrongTexts(portal.db)]).toEqual([0, 0]);

describe('the sums that Postgres keeps, and what clips are found by', () => {
  it('are what is there, whatever statements changed clips and tags', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 2, maxLength: 8 }),
        fc.array(change, { maxLength: 15 }),
        async (rows, changes) => {
          await portal.db.$executeRaw`TRUNCATE media.clips CASCADE`;
          for (const row of rows) await insert(row);
          for (const { run } of changes) await run();
          await expectSound();
          for (const [, user, filter] of QUESTIONS) {
            expect(await told(user, filter)).toEqual(await told(user, { ...filter, ...LOOKED_THROUGH }));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('hold when a clip is tagged while another connection puts it into the trash, or into another team', async () => {
    const deeds = {
      tag: (db: DbOrTx, id: number) =>
        db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag) VALUES (${id}, 'rush')`,
      trash: (db: DbOrTx, id: number) => db.$executeRaw`UPDATE media.clips SET deleted_at = now() WHERE id = ${id}`,
      move: (db: DbOrTx, id: number) => db.$executeRaw`UPDATE media.clips SET team_code = 'TOR' WHERE id = ${id}`,
    };
    for (const [first, second] of [
      [deeds.tag, deeds.trash],
      [deeds.trash, deeds.tag],
      [deeds.tag, deeds.move],
      [deeds.move, deeds.tag],
    ] as const) {
      const { id } = await portal.db.clip.create({ data: clipRow() });
      let waiting: Promise<unknown> | undefined;
      await portal.db.$transaction(async (tx) => {
        await first(tx, id);
        // Prisma sends a statement when somebody asks for its result.
        waiting = second(portal.db, id).then((rows) => rows);
        await untilOneWaits(portal.db);
      });
      await waiting;
      await expectSound();
    }
  });

  it('are settled into a row a value, once, by however many workers', async () => {
    for (let n = 0; n < 5; n++) await portal.db.clip.create({ data: clipRow() });
    const rows = () => portal.db.clipCount.count({ where: { field: 'event_type' } });
    expect(await rows()).toBe(5);
    const taken = await Promise.all(Array.from({ length: 4 }, () => settleClipCounts(portal.db)));
    expect(taken.filter((differences) => differences > 0)).toHaveLength(1);
    expect(await rows()).toBe(1);
    await expectSound();
    expect(await settleClipCounts(portal.db)).toBe(0);
  });

  it('are known to be wrong when rows were written past the triggers, and right again when counted anew', async () => {
    await portal.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.clip.createMany({ data: [clipRow(), clipRow({ teamCode: 'TOR' })] });
    });
    expect(await countWrongSums(portal.db)).toBeGreaterThan(0);
    await portal.db.$executeRaw`SELECT media.recount_clips()`;
    expect(await countWrongSums(portal.db)).toBe(0);
    expect((await told(ALL, {})).overview.total_clips).toBe(2);
  });

  it('cannot be written by the web, and are nobody’s outside of a reach', async () => {
    await portal.db.clip.create({ data: clipRow() });
    const web = portal.deps.db;
    expect(await web.clipCount.count()).toBe(0);
    for (const deed of [
      () => web.$executeRaw`DELETE FROM media.clip_counts`,
      () => web.$executeRaw`UPDATE media.clip_counts SET clips = 9`,
      () => web.$queryRaw`SELECT media.settle_clip_counts()`,
      () => web.$queryRaw`SELECT media.recount_clips()`,
    ]) {
      await expect(deed()).rejects.toThrow(/permission denied/);
    }
  });
});

describe('who is counted how', () => {
  const READERS: [string, typeof ALL][] = [
    ['a player', caller('player', { teamAccess: ['MTL'], playerId: '1' })],
    ['a player without an id', caller('player', { teamAccess: ['MTL'], playerId: undefined })],
    ['nobody’s coach', caller('coach', { teamAccess: [] })],
  ];

  it.each(READERS)('%s is told of the own clips only', async (_, user) => {
    await portal.db.clip.createMany({ data: [clipRow({ playerId: '1' }), clipRow({ playerId: '2' })] });
    const { facets, overview } = await told(user, {});
    const own = user.playerId === '1' ? 1 : 0;
    expect(overview.total_clips).toBe(own);
    expect(facets.player_id.map(({ value }) => value)).toEqual(own ? ['1'] : []);
  });
});
