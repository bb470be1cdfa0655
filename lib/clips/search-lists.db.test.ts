import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, clipRow, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { getStatsBreakdown, getStatsOverview } from '#lib/stats/get-stats.ts';
import { byFacet, CLIP_SORTS, type ClipFilter, type ClipSort, listClipsQuerySchema } from './clip-filter-schemas.ts';
import { findNeighbours } from './find-neighbours.ts';
import { listClips } from './list-clips.ts';
import { listFacets } from './list-facets.ts';

/**
 * A search narrows, orders and counts by itself (ADR 17). A word that is in every clip must therefore change nothing about
 * any list: in one clip it is in the text, in another a tag, in a third it is both.
 */
const EVERYWHERE = 'finnish';

const ADMIN = caller('admin');
const CALLERS = {
  admin: ADMIN,
  coach: caller('coach', { teamAccess: ['MTL'] }),
  player: caller('player', { teamAccess: ['MTL', 'TOR'], playerId: '77' }),
};

const master = masterRow({ filename: 'p9.mp4' });
let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.master.create({ data: master });
  const rows = [
    {},
    { playerId: '77', teamCode: 'TOR', opponentCode: 'CHI', gameId: '20099', season: null },
    { playerId: '77', period: 2, eventType: 'goal', outcome: 'a,b', zone: 'o"z', strength: '{5v4}' },
    { period: 3, opponentCode: 'CHI', gameDate: new Date('2026-01-02'), sourceGcsUri: master.lakeUri },
    { gameDate: new Date('2026-02-03'), processingStatus: null, outcome: 'a' },
    { gameDate: new Date('2026-02-03'), processingStatus: 'failed', season: '2024-2025', zone: "d'z" },
    { deletedAt: new Date(), period: 2, playerId: '77' },
    { teamCode: 'TOR', eventType: 'goal', strength: '5v5' },
  ];
  await portal.db.clip.createMany({
    data: rows.map((row, n) =>
      clipRow({ playerName: n % 3 ? 'Finnish' : null, createdAt: new Date(2026, 0, 1 + (n >> 1)), ...row }),
    ),
  });
  const clips = await portal.db.clip.findMany({ orderBy: { id: 'asc' } });
  await portal.db.clipTag.createMany({
    data: clips.flatMap(({ id }, n) => [
      ...(n % 2 ? [{ clipId: id, tag: 'rush, odd' }] : []),
      { clipId: id, tag: `t${n % 3}` },
      ...(n % 3 === 1 ? [] : [{ clipId: id, tag: 'Finnish' }]),
    ]),
  });
});
afterAll(() => portal.close());

/** Something to narrow by, for every filter there is. */
const NARROWED: Record<Exclude<keyof ClipFilter, 'q'>, ClipFilter> = {
  ...byFacet((field) => ({ [field]: ['some words'] })),
  player_id: { player_id: ['77', '1'] },
  team_code: { team_code: ['TOR'] },
  opponent_code: { opponent_code: ['CHI'] },
  game_id: { game_id: ['20099'] },
  season: { season: ['2024-2025'] },
  date_from: { date_from: '2026-01-03' },
  date_to: { date_to: '2026-02-03' },
  period: { period: [2, 3] },
  event_type: { event_type: ['goal'] },
  outcome: { outcome: ['a,b'] },
  zone: { zone: ['o"z', "d'z"] },
  strength: { strength: ['{5v4}', '\\'] },
  tag: { tag: ['rush, odd', 't1'] },
  status: { status: ['pending', 'failed'] },
  master_id: { master_id: master.id },
};
const FILTERS: [string, ClipFilter][] = [
  ['nothing', {}],
  ...Object.entries(NARROWED),
  ['several at once', { team_code: ['MTL'], status: ['ready'], date_to: '2027-01-01', tag: ['t0', 't2'] }],
  ['what nothing has', { player_id: ['0'] }],
];

/** Every page of a list, walked by cursor, and its totals. */
async function walk(user: typeof ADMIN, filter: ClipFilter, sort: ClipSort) {
  const clips: string[] = [];
  const totals: number[] = [];
  let cursor: string | null | undefined;
  do {
    const page = listClipsQuerySchema.parse({ sort, limit: '2', ...(cursor ? { cursor } : {}) });
    const answer = await listClips(portal.deps, user, { ...page, ...filter });
    clips.push(...answer.clips.map((clip) => clip.clip_id));
    totals.push(answer.total);
    cursor = answer.next_cursor;
  } while (cursor);
  return { clips, totals };
}

describe.each(Object.entries(CALLERS))('for a %s, a word of every clip changes nothing', (_, user) => {
  it.each(FILTERS)('in lists narrowed by %s, in any order', async (__, filter) => {
    for (const sort of CLIP_SORTS) {
      const plain = await walk(user, filter, sort);
      expect(await walk(user, { ...filter, q: EVERYWHERE }, sort), sort).toEqual(plain);
      const [middle] = plain.clips.slice(plain.clips.length >> 1);
      if (!middle) continue;
      const beside = (list: ClipFilter) => findNeighbours(portal.deps, user, middle, { ...list, sort });
      expect(await beside({ ...filter, q: EVERYWHERE }), sort).toEqual(await beside(filter));
    }
  });

  it.each(FILTERS)('in facets and statistics narrowed by %s', async (__, filter) => {
    const told = async (given: ClipFilter) => [
      await listFacets(portal.deps, user, given),
      await getStatsOverview(portal.deps, user, given),
      await getStatsBreakdown(portal.deps, user, given),
    ];
    expect(await told({ ...filter, q: EVERYWHERE })).toEqual(await told(filter));
  });
});

describe('the trash', () => {
  it('is searched, too', async () => {
    const query = listClipsQuerySchema.parse({ deleted: 'true', q: EVERYWHERE });
    expect((await listClips(portal.deps, ADMIN, query)).total).toBe(1);
  });
});
