import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Prisma } from '#generated/prisma/client.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { caller, clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import {
  CLIP_SORTS,
  type ClipSort,
  type FilterName,
  isFacetField,
  listClipsQuerySchema,
} from './clip-filter-schemas.ts';
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
/** Filters as a URL has them: one value, or several. */
type Filter = Partial<Record<FilterName, string | number | (string | number)[]>>;
const list = ({ sort, limit, offset, cursor, ...filter }: Filter & Page = {}, user: UserContext = ADMIN) => {
  const entries = Object.entries(filter).map(([name, value]) => {
    const texts = [value].flat().map(String);
    return [name, isFacetField(name as FilterName) ? texts : texts[0]];
  });
  const page = { sort, limit: String(limit ?? 100), offset: String(offset ?? 0), cursor };
  return listClips(portal.deps, user, listClipsQuerySchema.parse({ ...Object.fromEntries(entries), ...page }));
};
const idsOf = async (filter: Filter & Page, user?: UserContext) => {
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

  it.each<[Filter, string[]]>([
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
    [{ player_id: ['77', '78'] }, ['player']],
    [{ period: [2, 3] }, ['period']],
    [{ event_type: ['goal', 'save'] }, ['event']],
    [{ tag: ['b', 'c'] }, ['plain']],
    [{ status: ['failed', 'pending'] }, ['failed', 'never']],
    [{ team_code: ['TOR', 'CHI'], season: ['2025-2026'] }, ['team']],
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

  it('forgives accents, case and a slip, and wants every word', async () => {
    await insert([
      { clipId: 'one', playerName: 'Jean Béliveau', eventType: 'goal', opponentCode: 'TOR' },
      { clipId: 'two', playerName: 'Nick Suzuki', eventType: 'controlledentryagainst', opponentCode: 'CHI' },
    ]);
    for (const q of ['Beliveau', 'béliveau', 'BELIVEAU', 'Belivau', 'jean goal', 'goal beliveau tor', 'one']) {
      expect(await idsOf({ q }), q).toEqual(['one']);
    }
    for (const q of ['suzuky', 'controlled entry', 'Nick CHI']) expect(await idsOf({ q }), q).toEqual(['two']);
    for (const q of ['beliveau suzuki', 'nick tor', 'xyzzy']) expect(await idsOf({ q }), q).toEqual([]);
  });

  it('follows every change: names, tags added and taken off, and rows that others write', async () => {
    await insert([{ clipId: 'c', playerName: 'Nick Suzuki' }]);
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c' } });
    await portal.db.clipTag.create({ data: { clipId: id, tag: 'échappée' } });
    expect(await idsOf({ q: 'echappee' })).toEqual(['c']);
    await portal.db.clipTag.updateMany({ data: { tag: 'rebond' } });
    expect(await idsOf({ q: 'echappee' })).toEqual([]);
    expect(await idsOf({ q: 'rebond' })).toEqual(['c']);
    await portal.db.clipTag.deleteMany();
    await portal.db.$executeRaw`UPDATE media.clips SET player_name = 'Cole Caufield'`;
    expect(await idsOf({ q: 'rebond' })).toEqual([]);
    expect(await idsOf({ q: 'caufield' })).toEqual(['c']);
  });

  it('wants every word of text and tags together, for whoever reaches them', async () => {
    await insert([
      { clipId: 'both', playerName: 'Nick Suzuki', playerId: '14' },
      { clipId: 'name', playerName: 'Nick Suzuki', playerId: '14' },
      { clipId: 'tags', playerName: 'Cole Caufield', playerId: '13' },
      { clipId: 'theirs', playerName: 'Nick Foligno', teamCode: 'CHI', playerId: '17' },
    ]);
    const ids = new Map((await portal.db.clip.findMany()).map(({ clipId, id }) => [clipId, id]));
    const tags = { both: ['Échappée', 'nick'], tags: ['odd-man rush', 'nick', 'échappées'], theirs: ['échappée'] };
    await portal.db.clipTag.createMany({
      data: Object.entries(tags).flatMap(([clip, all]) => all.map((tag) => ({ clipId: ids.get(clip) ?? 0, tag }))),
    });
    const coach = caller('coach', { teamAccess: ['MTL'] });
    const player = caller('player', { teamAccess: ['MTL'], playerId: '14' });
    for (const [q, byCoach, byPlayer] of [
      ['echappee', ['both', 'tags'], ['both']],
      ['echapee', ['both', 'tags'], ['both']],
      ['nick', ['both', 'name', 'tags'], ['both', 'name']],
      ['nick echappee', ['both', 'tags'], ['both']],
      ['suzuki echappee', ['both'], ['both']],
      ['caufield echappee nick', ['tags'], []],
      ['oddman nick', ['tags'], []],
      ['rush suzuki', [], []],
    ] as const) {
      expect(await idsOf({ q }, coach), q).toEqual(byCoach);
      expect(await idsOf({ q }, player), q).toEqual(byPlayer);
    }
    expect(await idsOf({ q: 'nick echappee' })).toEqual(['both', 'tags', 'theirs']);
    // They go with the clip, and are found by whoever has it now.
    await portal.db.$executeRaw`UPDATE media.clips SET team_code = 'CHI' WHERE clip_id = 'tags'`;
    expect(await idsOf({ q: 'rush' }, coach)).toEqual([]);
    for (const asked of [{ q: 'oddman' }, { tag: 'odd-man rush' }])
      expect(await idsOf(asked, caller('coach', { teamAccess: ['CHI', 'TOR'] }))).toEqual(['tags']);
  });

  it('finds nothing beyond the reach', async () => {
    await insert([
      { clipId: 'mtl', playerName: 'Nick Suzuki', playerId: '14' },
      { clipId: 'chi', playerName: 'Nick Foligno', teamCode: 'CHI', playerId: '17' },
    ]);
    expect(await idsOf({ q: 'nick' }, caller('coach', { teamAccess: ['MTL'] }))).toEqual(['mtl']);
    expect(await idsOf({ q: 'nick' }, caller('player', { teamAccess: ['MTL', 'CHI'], playerId: '17' }))).toEqual([
      'chi',
    ]);
    expect(await portal.deps.db.$queryRaw`SELECT patterns FROM media.search_patterns(ARRAY['nick'])`).toEqual([]);
  });
});

describe('what a page carries', () => {
  it('is what was asked for', async () => {
    await insert([{ clipId: 'c' }]);
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c' } });
    await portal.db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri: 'gs://test-media/c/clip.mp4' } });
    await portal.db.clipTag.create({ data: { clipId: id, tag: 'x' } });
    const carried = async (include?: string) => {
      const query = listClipsQuerySchema.parse(include === undefined ? {} : { include });
      const { clips } = await listClips(portal.deps, ADMIN, query);
      return [clips[0]?.assets.length, clips[0]?.tags.length];
    };
    expect(await carried()).toEqual([1, 1]);
    expect(await carried('tags')).toEqual([0, 1]);
    expect(await carried('')).toEqual([0, 0]);
  });

  it('counts exactly up to 10,000, and says when there are more', async () => {
    await portal.db.$executeRaw`INSERT INTO media.clips
      (clip_id, player_id, team_code, game_id, event_type, start_timecode_s, end_timecode_s, duration_s)
      SELECT 'n-' || n, '1', 'MTL', '1', 'shot', 0, 1, 1 FROM generate_series(1, 10000) n`;
    expect(await list({ limit: 1 })).toMatchObject({ total: 10_000, total_capped: false });
    await insert([{ clipId: 'one-more' }]);
    expect(await list({ limit: 1 })).toMatchObject({ total: 10_000, total_capped: true });
    expect(await list({ limit: 1, player_id: '8480018' })).toMatchObject({ total: 1, total_capped: false });
    // A tag that many clips have is another question to Postgres than one that few have, with the same answer.
    const coach = caller('coach', { teamAccess: ['MTL'] });
    await portal.db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag) SELECT id, 'all' FROM media.clips`;
    // As autovacuum does a moment later: until then Postgres takes the tables for empty.
    await portal.db.$executeRaw`VACUUM ANALYZE media.clips`;
    await portal.db.$executeRaw`VACUUM ANALYZE media.clip_tags`;
    for (const asked of [{ tag: 'all' }, { q: 'ALL shot' }, { q: 'all', tag: 'all' }]) {
      const page = { ...asked, limit: 3 };
      expect(await list(page, coach)).toMatchObject({ total: 10_000, total_capped: true });
      expect((await list(page, coach)).clips).toEqual((await list(page)).clips);
    }
    expect(await list({ q: 'all nobody', tag: 'all' }, coach)).toMatchObject({ total: 0, clips: [] });
    await portal.db.$executeRaw`DELETE FROM media.clip_tags WHERE clip_id IN (SELECT id FROM media.clips LIMIT 1)`;
    for (const asked of [{ tag: 'all' }, { q: 'all' }])
      expect(await list({ limit: 1, ...asked }, coach)).toMatchObject({ total: 10_000, total_capped: false });
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
    const total = async (user: UserContext, filter: Filter = {}) => (await list({ limit: 2, ...filter }, user)).total;
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
      // The order of the game is read one way only; its way back is the neighbours' own.
      if (sort === 'game') return;
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

  it('by game shows the latest first, each as it was played', async () => {
    const at = (clipId: string, gameId: string, day: number | null, period: number | null, startTimecodeS: number) => ({
      clipId,
      gameId,
      period,
      startTimecodeS,
      endTimecodeS: startTimecodeS + 1,
      gameDate: day === null ? null : new Date(Date.UTC(2025, 9, day)),
    });
    await insert([
      at('c-third', '7', 3, 3, 1),
      at('undated', '9', null, 1, 0),
      at('a-late', '8', 5, 1, 1000),
      at('a-early', '8', 5, 1, 9.5),
      at('b', '70', 3, 1, 0),
      at('c-second', '7', 3, 2, 1199.04),
      at('c-whole', '7', 3, null, 3),
      { ...at('c-other-side', '7', 3, 2, 20), teamCode: 'TOR' },
    ]);
    const order = ['a-early', 'a-late', 'c-other-side', 'c-second', 'c-third', 'c-whole', 'b', 'undated'];
    expect((await list({ sort: 'game' })).clips.map((clip) => clip.clip_id)).toEqual(order);
    // What a database that was adopted may hold: no day of the calendar, and no number.
    await portal.db
      .$executeRaw`UPDATE media.clips SET game_date = 'infinity', start_timecode_s = 'NaN' WHERE clip_id = 'b'`;
    expect((await list({ sort: 'game' })).clips.map((clip) => clip.clip_id)).toEqual([
      ...order.filter((id) => id !== 'b' && id !== 'undated'),
      'b',
      'undated',
    ]);
  });

  it('past the end is empty with the total', async () => {
    await insert([{}, {}]);
    expect(await list({ offset: 50 })).toEqual({
      clips: [],
      total: 2,
      total_capped: false,
      limit: 100,
      offset: 50,
      next_cursor: null,
    });
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
  it.each([1, 10, 200])(
    'of a page of %i clips is five statements: the total, the clips, their assets, slices and tags',
    async (limit) => {
      await insert(Array.from({ length: 200 }, () => ({})));
      await portal.db.$executeRaw`INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri)
      SELECT c.id, 'mp4', 'gs://test-media/MTL/2025-2026/20031/' || c.clip_id || '/' || n || '.mp4'
      FROM media.clips c, generate_series(1, 3) n`;
      await portal.db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag) SELECT id, 'x' FROM media.clips`;
      const statements = await portal.statementsOf(async (deps) => {
        const page = await listClips(deps, ADMIN, listClipsQuerySchema.parse({ limit: String(limit) }));
        expect(page.clips).toHaveLength(limit);
        expect(page.clips.every((clip) => clip.assets.length === 3 && clip.tags.length === 1)).toBe(true);
        expect(page.clips[0]?.assets[0]?.signed_url).toMatch(/^http:\/\/localhost:3000\/api\/objects\/test-media\//);
      });
      expect(statements).toHaveLength(5);
    },
  );
});
