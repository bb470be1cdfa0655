import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Prisma } from '#generated/prisma/client.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { caller, clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { CLIP_SORTS, type ClipFilter, type ClipSort } from './clip-schemas.ts';
import { listClips } from './list-clips.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());
beforeEach(() => portal.db.clip.deleteMany());

const ADMIN = caller('admin');
type Row = Partial<Prisma.ClipCreateManyInput>;
const insert = (rows: Row[]) => portal.db.clip.createMany({ data: rows.map((row) => clipRow(row)) });

interface Page {
  sort?: ClipSort;
  limit?: number;
  offset?: number;
  cursor?: string | undefined;
}
const list = (filter: ClipFilter & Page = {}, user: UserContext = ADMIN) =>
  listClips(portal.deps, user, { sort: '-created_at', limit: 100, offset: 0, ...filter });
const idsOf = async (filter: ClipFilter & Page, user?: UserContext) => {
  const { clips, total } = await list(filter, user);
  expect(total).toBe(clips.length);
  return clips.map((clip) => clip.clip_id).sort();
};

describe('each filter alone', () => {
  const master = masterRow({ filename: 'p9.mp4' });
  beforeAll(() => portal.db.master.create({ data: master }));
  beforeEach(async () => {
    await insert([
      { clipId: 'plain' },
      { clipId: 'player', playerId: '77' },
      { clipId: 'team', teamCode: 'TOR' },
      { clipId: 'opponent', opponentCode: 'CHI' },
      { clipId: 'game', gameId: '20099' },
      { clipId: 'season', season: '2024-2025' },
      { clipId: 'period', period: 2 },
      { clipId: 'event', eventType: 'goal' },
      { clipId: 'outcome', outcome: 'successful' },
      { clipId: 'zone', zone: 'oz' },
      { clipId: 'strength', strength: '5v4' },
      { clipId: 'failed', processingStatus: 'failed' },
      { clipId: 'never', processingStatus: null },
      { clipId: 'master', sourceGcsUri: master.lakeUri },
      { clipId: 'first', gameDate: new Date('2025-10-10') },
      { clipId: 'second', gameDate: new Date('2025-10-11') },
    ]);
    const tagged = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'plain' } });
    await portal.db.clipTag.createMany({ data: ['a', 'b'].map((tag) => ({ clipId: tagged.id, tag })) });
  });

  it.each<[ClipFilter, string[]]>([
    [{ player_id: '77' }, ['player']],
    [{ team_code: 'TOR' }, ['team']],
    [{ opponent_code: 'CHI' }, ['opponent']],
    [{ game_id: '20099' }, ['game']],
    [{ season: '2024-2025' }, ['season']],
    [{ period: 2 }, ['period']],
    [{ event_type: 'goal' }, ['event']],
    [{ outcome: 'successful' }, ['outcome']],
    [{ zone: 'oz' }, ['zone']],
    [{ strength: '5v4' }, ['strength']],
    [{ status: 'failed' }, ['failed']],
    // HeartBeat's column may be null: the API shows such a clip as pending, so the filter finds it as pending.
    [{ status: 'pending' }, ['never']],
    [{ tag: 'a' }, ['plain']],
    [{ master_id: master.id }, ['master']],
    [{ date_from: '2025-10-11' }, ['second']],
    [{ date_to: '2025-10-10' }, ['first']],
    [{ date_from: '2025-10-10', date_to: '2025-10-11' }, ['first', 'second']],
    [{ team_code: 'TOR', event_type: 'goal' }, []],
    [{ player_id: "77' OR '1'='1" }, []],
  ])('%j', async (filter, ids) => {
    expect(await idsOf(filter)).toEqual(ids);
  });
});

describe('a search', () => {
  it('takes %, _ and \\ literally, in any case, over name, event, opponent, id and tags', async () => {
    await insert([
      { clipId: 'percent', playerName: '100%_x' },
      { clipId: 'letters', playerName: '100ab_x' },
      { clipId: 'slash', eventType: 'a\\b' },
      { clipId: 'nick', playerName: 'Nick SUZUKI' },
    ]);
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'slash' } });
    await portal.db.clipTag.create({ data: { clipId: id, tag: 'Power-Play' } });
    expect(await idsOf({ q: '0%' })).toEqual(['percent']);
    expect(await idsOf({ q: '%_' })).toEqual(['percent']);
    expect(await idsOf({ q: '_x' })).toEqual(['letters', 'percent']);
    expect(await idsOf({ q: '_' })).toEqual(['letters', 'percent']);
    expect(await idsOf({ q: '\\' })).toEqual(['slash']);
    expect(await idsOf({ q: 'suzuki' })).toEqual(['nick']);
    expect(await idsOf({ q: 'POWER-' })).toEqual(['slash']);
    expect(await idsOf({ q: 'percent' })).toEqual(['percent']);
    expect(await idsOf({ q: "'" })).toEqual([]);
  });
});

describe('scope', () => {
  it('narrows rows and totals alike, under filters too', async () => {
    await insert([
      ...Array.from({ length: 7 }, (_, k) => ({
        teamCode: 'MTL',
        playerId: k < 3 ? '1' : '2',
        eventType: k % 2 ? 'goal' : 'shot',
      })),
      ...Array.from({ length: 5 }, () => ({ teamCode: 'TOR', playerId: '1' })),
    ]);
    const total = async (user: UserContext, filter: ClipFilter = {}) =>
      (await list({ limit: 2, ...filter }, user)).total;
    expect(await total(caller('admin'))).toBe(12);
    expect(await total(caller('coach', { teamAccess: ['MTL'] }))).toBe(7);
    expect(await total(caller('scout', { teamAccess: ['MTL', 'TOR'] }))).toBe(12);
    expect(await total(caller('player', { playerId: '1', teamAccess: ['MTL'] }))).toBe(3);
    expect(await total(caller('player', { playerId: '1', teamAccess: ['MTL'] }), { event_type: 'goal' })).toBe(1);
    expect(await total(caller('player', { playerId: '1', teamAccess: ['MTL'] }), { player_id: '2' })).toBe(0);
    expect(await total(caller('coach', { teamAccess: [] }))).toBe(0);
    expect(await faultOf(list({}, caller('owner' as 'admin')))).toMatchObject({ status: 403 });
  });
});

describe('paging', () => {
  const same = new Date('2026-01-01T00:00:00.123Z');
  const walk = async (first: Page, meanwhile: (pages: number) => Promise<unknown> = async () => undefined) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 1; ; pages++) {
      const page = await list({ ...first, cursor });
      seen.push(...page.clips.map((clip) => clip.clip_id));
      await meanwhile(pages);
      if (page.next_cursor === null) return seen;
      cursor = page.next_cursor;
    }
  };

  it.each(CLIP_SORTS)(
    'by cursor visits every row once, in the order of %s, with equal times and missing dates',
    async (sort) => {
      await insert(
        Array.from({ length: 23 }, (_, k) => ({
          createdAt: k < 15 ? same : new Date(same.getTime() + k),
          gameDate: k % 3 === 0 ? null : new Date(Date.UTC(2025, 9, 1 + (k % 2))),
        })),
      );
      const whole = (await list({ sort })).clips.map((clip) => clip.clip_id);
      expect(new Set(whole).size).toBe(23);
      expect(await walk({ sort, limit: 4 })).toEqual(whole);
      expect(await walk({ sort, limit: 23 })).toEqual(whole);
      const pages = await Promise.all([0, 5, 10, 15, 20].map((offset) => list({ sort, limit: 5, offset })));
      expect(pages.flatMap((page) => page.clips.map((clip) => clip.clip_id))).toEqual(whole);
      expect(pages.map((page) => page.total)).toEqual([23, 23, 23, 23, 23]);
      const reversed = (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as ClipSort;
      expect((await list({ sort: reversed })).clips.map((clip) => clip.clip_id)).toEqual(whole.toReversed());
    },
  );

  it('by cursor misses nothing and repeats nothing while newer rows come in', async () => {
    await insert(Array.from({ length: 12 }, (_, k) => ({ clipId: `old-${k}`, createdAt: same })));
    const seen = await walk({ limit: 5 }, (pages) => insert([{ clipId: `new-${pages}` }]));
    expect(seen.filter((id) => id.startsWith('old-')).sort()).toEqual(
      Array.from({ length: 12 }, (_, k) => `old-${k}`).sort(),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('keeps microseconds: HeartBeat wrote them, JavaScript has none', async () => {
    await insert([{ clipId: 'a' }, { clipId: 'b' }, { clipId: 'c' }]);
    await portal.db.$executeRaw`UPDATE media.clips SET created_at = timestamp '2026-01-01 00:00:00.0001' +
      (ascii(clip_id) - 97) * interval '1 microsecond'`;
    expect(await walk({ limit: 1 })).toEqual(['c', 'b', 'a']);
  });

  it('by date puts clips without one last among the newest and first among the oldest', async () => {
    await insert([
      { clipId: 'none' },
      { clipId: 'early', gameDate: new Date('2025-10-01') },
      { clipId: 'late', gameDate: new Date('2025-11-01') },
    ]);
    expect((await list({ sort: '-game_date' })).clips.map((clip) => clip.clip_id)).toEqual(['late', 'early', 'none']);
    expect((await list({ sort: 'game_date' })).clips.map((clip) => clip.clip_id)).toEqual(['none', 'early', 'late']);
  });

  it('past the end is empty with the total', async () => {
    await insert([{}, {}]);
    expect(await list({ offset: 50 })).toEqual({ clips: [], total: 2, limit: 100, offset: 50, next_cursor: null });
  });

  it('takes no cursor of another order or of nobody', async () => {
    await insert([{}, {}]);
    const { next_cursor: cursor } = await list({ limit: 1 });
    expect(cursor).not.toBeNull();
    expect(await faultOf(list({ sort: 'game_date', cursor: cursor ?? '' }))).toMatchObject({ status: 400 });
    expect(await faultOf(list({ cursor: 'bm9uc2Vuc2U.AAAA' }))).toMatchObject({ status: 400 });
  });
});

describe('the cost', () => {
  it.each([1, 10, 200])('of a page of %i clips with assets and tags is one statement', async (limit) => {
    await insert(Array.from({ length: 200 }, () => ({})));
    await portal.db.$executeRaw`INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri)
      SELECT c.id, 'mp4', 'gs://test-media/MTL/2025-2026/20031/' || c.clip_id || '/' || n || '.mp4'
      FROM media.clips c, generate_series(1, 3) n`;
    await portal.db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag) SELECT id, 'x' FROM media.clips`;
    const statements = await portal.statementsOf(async (deps) => {
      const page = await listClips(deps, ADMIN, { sort: '-created_at', limit, offset: 0 });
      expect(page.clips).toHaveLength(limit);
      expect(page.clips.every((clip) => clip.assets.length === 3 && clip.tags.length === 1)).toBe(true);
      expect(page.clips[0]?.assets[0]?.signed_url).toMatch(/^http:\/\/localhost:3000\/api\/objects\/test-media\//);
    });
    expect(statements).toHaveLength(1);
  });
});
