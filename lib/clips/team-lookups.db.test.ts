import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { openDatabase, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { caller, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import type { ClipFilter } from './clip-filter-schemas.ts';
import { selectClipPage } from './clip-repo.ts';

let portal: PortalFixture;
const coach = caller('coach', { teamAccess: ['MTL'] });
const player = caller('player', { teamAccess: ['MTL'], playerId: '9000007' });

beforeAll(async () => {
  portal = await portalFixture();
  // Half of all clips are of one player of Chicago, in one game, of one kind.
  await portal.db.$executeRaw`
    INSERT INTO media.clips (clip_id, player_id, player_name, team_code, opponent_code, season, game_id, event_type,
      outcome, zone, strength, start_timecode_s, end_timecode_s, duration_s, processing_status)
    SELECT 'mine-' || n, (9000000 + n % 25)::text, 'Player', 'MTL', 'TOR', '2025-2026', (20000 + n % 80)::text, 'shot',
      'saved', 'oz', '5v5', 0, 8, 8, 'ready'
    FROM generate_series(1, 3000) n
    UNION ALL SELECT 'theirs-' || n, '9500000', 'zvonimir', 'CHI', 'XXX', '1999-2000', '29990', 'theirs', 'theirs',
      'theirs', 'theirs', 0, 8, 8, CASE n % 2 WHEN 0 THEN 'failed' ELSE 'ready' END
    FROM generate_series(1, 3000) n`;
  await portal.db.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag)
    SELECT id, CASE team_code WHEN 'MTL' THEN 'mine' ELSE 'theirs' END FROM media.clips`;
  await portal.db.$executeRaw`VACUUM ANALYZE media.clips`;
  await portal.db.$executeRaw`VACUUM ANALYZE media.clip_tags`;
});
afterAll(() => portal.close());

/** How many rows Postgres looks at for a list that is empty, by table: what time would tell. */
const rowsLookedAt = (user: UserContext, filter: ClipFilter): Promise<Record<string, number>> =>
  withinReach(portal.deps.db, user, async (tx) => {
    // What the connection did before and has not reported yet counts as well.
    const counted = async () => {
      const tables = await tx.$queryRaw<{ relname: string; rows: bigint }[]>`
        SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_xact_user_tables
        WHERE relname IN ('clips', 'clip_tags', 'clip_counts', 'search_words', 'tag_texts', 'clip_taggings') ORDER BY relname`;
      return Object.fromEntries(tables.map(({ relname, rows }) => [relname, Number(rows)]));
    };
    const before = await counted();
    const include = { assets: false, tags: false };
    const page = { filter, sort: '-created_at' as const, limit: 24, offset: 0, after: null, include };
    expect((await selectClipPage(tx, user, page)).total).toBe(0);
    const after = await counted();
    return Object.fromEntries(Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)]));
  });

const LOOKUPS: [string, theirs: ClipFilter, nobodys: ClipFilter][] = [
  ['player', { player_id: ['9500000'] }, { player_id: ['9500001'] }],
  ['game', { game_id: ['29990'] }, { game_id: ['29991'] }],
  ['opponent', { opponent_code: ['XXX'] }, { opponent_code: ['YYY'] }],
  ['season', { season: ['1999-2000'] }, { season: ['1998-1999'] }],
  ['event', { event_type: ['theirs'] }, { event_type: ['nobody'] }],
  ['outcome', { outcome: ['theirs'] }, { outcome: ['nobody'] }],
  ['zone', { zone: ['theirs'] }, { zone: ['nobody'] }],
  ['strength', { strength: ['theirs'] }, { strength: ['nobody'] }],
  ['tag', { tag: ['theirs'] }, { tag: ['nobody'] }],
  ['status', { status: ['failed'] }, { status: ['processing'] }],
  ['word', { q: 'zvonimir' }, { q: 'qxwjkvyb' }],
  ['word, with a slip', { q: 'zvonimyr' }, { q: 'qxwjkvyb' }],
  ['word that is a tag', { q: 'theirs' }, { q: 'qxwjkvyb' }],
  ['word that is many clips’ tag, with a tag', { q: 'mine', tag: ['theirs'] }, { q: 'mine', tag: ['nobody'] }],
  ['word, in a game', { q: 'player', game_id: ['29990'] }, { q: 'player', game_id: ['29991'] }],
  ['word, with a tag', { q: 'player', tag: ['theirs'] }, { q: 'player', tag: ['nobody'] }],
];

describe.each(Object.entries({ coach, player }))('what only another team has costs a %s what nobody has', (_, user) => {
  it.each(LOOKUPS)('looked up by %s', async (__, theirs, nobodys) => {
    expect(await rowsLookedAt(user, theirs)).toEqual(await rowsLookedAt(user, nobodys));
  });
});

it('lists a small team by its own rows, however often others were listed by the same connection', async () => {
  await portal.db.$executeRaw`
    INSERT INTO media.clips (clip_id, player_id, team_code, season, game_id, event_type, start_timecode_s, end_timecode_s,
      duration_s, created_at)
    SELECT 'small-' || n, '1', 'SML', '2025-2026', '1', 'shot', 0, 8, 8, timestamp '2020-01-01' FROM generate_series(1, 3) n`;
  await portal.db.$executeRaw`VACUUM ANALYZE media.clips`;
  const web = openDatabase(portal.databaseUrl, { role: WEB_ROLE, maxConnections: 1 });
  const include = { assets: false, tags: false };
  const page = { filter: {}, sort: '-created_at' as const, limit: 24, offset: 0, after: null, include };
  /** How many rows of clips a list looks at. */
  const listAs = (teamCode: string) => {
    const user = caller('coach', { teamAccess: [teamCode] });
    return readWithinReach(web, user, async (reads) => {
      const counted = async () => {
        const [row] = await reads.$queryRaw<{ rows: bigint }[]>`
          SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_xact_user_tables
          WHERE relid = 'media.clips'::regclass`;
        return Number(row?.rows);
      };
      const before = await counted();
      const { total } = await selectClipPage(reads, user, page);
      return { total, rows: (await counted()) - before };
    });
  };
  // A prepared statement has its plan for all values from the sixth time on.
  for (let n = 0; n < 8; n++) expect(await listAs('MTL')).toMatchObject({ total: 3000 });
  const small = await listAs('SML');
  expect(small.total).toBe(3);
  expect(small.rows).toBeLessThan(50);
  await web.$disconnect();
});
