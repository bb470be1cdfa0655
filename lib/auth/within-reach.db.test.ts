import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isConnectionFault } from '#lib/db/database-faults.ts';
import { openLine } from '#lib/db/line-fixture.ts';
import { type Database, type DbOrTx, openDatabase, type Reads, readsOf, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { caller, clipRow, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import type { UserContext } from './user-context.ts';
import { readWithinReach, withinReach } from './within-reach.ts';

let portal: PortalFixture;

beforeAll(async () => {
  portal = await portalFixture();
  const rows = [
    { clipId: 'mtl-8', teamCode: 'MTL', playerId: '8' },
    { clipId: 'mtl-9', teamCode: 'MTL', playerId: '9' },
    { clipId: 'chi-8', teamCode: 'CHI', playerId: '8' },
  ];
  for (const row of rows) {
    const assets = { create: { assetType: 'mp4', gcsUri: `gs://test-media/${row.clipId}/clip.mp4` } };
    await portal.db.clip.create({ data: { ...clipRow(row), assets, tags: { create: { tag: row.clipId } } } });
  }
  await portal.db.master.createMany({
    data: ['MTL', 'CHI'].map((teamCode) => masterRow({ teamCode, filename: `${teamCode}.mp4` })),
  });
});
afterAll(() => portal.close());

/** Queries that forgot their scope: everything that the database lets the web see. */
const everything = async (db: DbOrTx) => ({
  clips: (await db.clip.findMany({ orderBy: { clipId: 'asc' } })).map((clip) => clip.clipId),
  assets: (await db.$queryRaw<{ key: string }[]>`SELECT gcs_uri AS key FROM media.clip_assets ORDER BY 1`).length,
  tags: (await db.clipTag.findMany({ orderBy: { tag: 'asc' } })).map((tag) => tag.tag),
  masters: (await db.master.findMany({ orderBy: { filename: 'asc' } })).map((master) => master.teamCode),
});
const seenBy = (user: UserContext) => withinReach(portal.deps.db, user, everything);
const NOTHING = { clips: [], assets: 0, tags: [], masters: [] };

describe('a query that forgot its scope', () => {
  it('finds nothing at all outside of withinReach', async () => {
    expect(await everything(portal.deps.db)).toEqual(NOTHING);
    expect(await portal.deps.db.$transaction((tx) => everything(tx))).toEqual(NOTHING);
  });

  it('finds the teams of its caller, and no more', async () => {
    const mtl = { clips: ['mtl-8', 'mtl-9'], assets: 2, tags: ['mtl-8', 'mtl-9'], masters: ['MTL'] };
    expect(await seenBy(caller('coach', { teamAccess: ['MTL'] }))).toEqual(mtl);
    expect(await seenBy(caller('admin', { teamAccess: ['MTL', 'TOR'] }))).toEqual(mtl);
    expect((await seenBy(caller('scout', { teamAccess: ['ALL'] }))).clips).toEqual(['chi-8', 'mtl-8', 'mtl-9']);
  });

  it('finds a player’s own clips, in the player’s teams, and no master', async () => {
    const player = caller('player', { teamAccess: ['MTL'], playerId: '8' });
    expect(await seenBy(player)).toEqual({ clips: ['mtl-8'], assets: 1, tags: ['mtl-8'], masters: [] });
  });

  it.each([
    caller('coach', { teamAccess: [] }),
    caller('player', { teamAccess: ['MTL'], playerId: undefined } as Partial<UserContext>),
    caller('owner' as 'admin', { teamAccess: ['ALL'] }),
  ])('finds nothing for one whose reach is empty: $role', async (user) => {
    expect(await seenBy(user)).toEqual(NOTHING);
  });

  it('does not inherit the reach of whoever had the connection before', async () => {
    const coach = caller('coach', { teamAccess: ['MTL'] });
    await Promise.all(Array.from({ length: 20 }, () => seenBy(coach)));
    const after = await Promise.all(Array.from({ length: 20 }, () => everything(portal.deps.db)));
    expect(after).toEqual(after.map(() => NOTHING));
  });
});

describe('what reads past the policies', () => {
  const found = (reads: Reads) =>
    reads.$queryRaw<{ clip_id: string }[]>`SELECT clip_id FROM media.clips_in_reach ORDER BY 1`;
  const words = (reads: Reads) =>
    reads.$queryRaw<object[]>`SELECT patterns FROM media.search_patterns(ARRAY['a', 'b'])`;
  const seen = async (reads: Reads) => (await found(reads)).map(({ clip_id }) => clip_id);
  /** Tags are named as their clips. */
  const tagged = async (reads: Reads) => {
    const [row] = await reads.$queryRaw<{ tags: string[]; filed: number; edits: number }[]>`
      SELECT ARRAY(SELECT unnest(media.tags_like(ARRAY['%'])) ORDER BY 1) AS tags,
        (SELECT count(*)::int FROM media.tagged_clips(ARRAY['mtl-8', 'mtl-9', 'chi-8'])) AS filed,
        (SELECT count(*)::int FROM media.clip_taggings) AS edits`;
    return row;
  };

  it.each<[string, UserContext, Awaited<ReturnType<typeof tagged>>]>([
    ['a coach', caller('coach', { teamAccess: ['MTL'] }), { tags: ['mtl-8', 'mtl-9'], filed: 2, edits: 2 }],
    // Words are looked up in whole teams; clips are not.
    [
      'a player',
      caller('player', { teamAccess: ['MTL'], playerId: '8' }),
      { tags: ['mtl-8', 'mtl-9'], filed: 0, edits: 1 },
    ],
    ['a coach without a team', caller('coach', { teamAccess: [] }), { tags: [], filed: 0, edits: 0 }],
  ])('tells %s of the tags of the reach alone', async (_, user, told) => {
    expect(await readWithinReach(portal.deps.db, user, tagged)).toEqual(told);
    expect(await tagged(readsOf(portal.deps.db))).toEqual({ tags: [], filed: 0, edits: 0 });
  });

  it.each<[string, UserContext, string[]]>([
    ['a coach', caller('coach', { teamAccess: ['MTL'] }), ['mtl-8', 'mtl-9']],
    ['a player', caller('player', { teamAccess: ['MTL', 'CHI'], playerId: '8' }), ['chi-8', 'mtl-8']],
    ['who has all teams', caller('scout', { teamAccess: ['ALL'] }), ['chi-8', 'mtl-8', 'mtl-9']],
    ['a coach without a team', caller('coach', { teamAccess: [] }), []],
  ])('shows %s the clips of the reach alone', async (_, user, clips) => {
    expect(await readWithinReach(portal.deps.db, user, seen)).toEqual(clips);
  });

  it('shows nothing outside of a reach, and looks up no word', async () => {
    expect(await found(readsOf(portal.deps.db))).toEqual([]);
    expect(await words(readsOf(portal.deps.db))).toEqual([]);
    expect(await readWithinReach(portal.deps.db, caller('admin'), words)).toHaveLength(2);
  });

  it('is every view there is, is written by nobody of the web, and is for nobody else', async () => {
    const views = await portal.db.$queryRaw<{ name: string; is_as_caller: boolean; acl: string[] }[]>`
      SELECT c.relname AS name, coalesce('security_invoker=true' = ANY (c.reloptions), false) AS is_as_caller, ARRAY(SELECT a.grantee::regrole || ' ' || a.privilege_type FROM aclexplode(c.relacl) a
        WHERE a.grantee <> c.relowner) AS acl
      FROM pg_class c WHERE c.relnamespace = 'media'::regnamespace AND c.relkind IN ('v', 'm') ORDER BY 1`;
    // What is read as the caller is under the policies of its tables.
    expect(views).toEqual([
      { name: 'anchors_in_effect', is_as_caller: true, acl: ['heartbeat_web SELECT'] },
      { name: 'clips_in_reach', is_as_caller: false, acl: ['heartbeat_web SELECT'] },
      { name: 'plays_of_teams', is_as_caller: false, acl: ['heartbeat_web SELECT'] },
    ]);
    const coach = caller('coach', { teamAccess: ['MTL'] });
    const write = (tx: DbOrTx) => tx.$executeRaw`UPDATE media.clips_in_reach SET zone = 'nz'`;
    await expect(withinReach(portal.deps.db, coach, write)).rejects.toThrow(/permission denied/);
  });
});

describe('a reading transaction', () => {
  const coach = caller('coach', { teamAccess: ['MTL'] });
  const scout = caller('scout', { teamAccess: ['CHI'] });
  const player = caller('player', { teamAccess: ['MTL'], playerId: '8' });
  let web: Database;
  const clips = (reads: Reads) => reads.$queryRaw<{ clip_id: string }[]>`SELECT clip_id FROM media.clips ORDER BY 1`;
  const idsOf = async (reads: Reads) => (await clips(reads)).map(({ clip_id }) => clip_id);

  beforeAll(() => {
    // Two connections, so that many callers meet what the ones before left.
    web = openDatabase(portal.databaseUrl, { role: WEB_ROLE, maxConnections: 2 });
  });
  afterAll(() => web.$disconnect());

  /** What the connections would show to whoever has them next. */
  const expectNothingLeft = async () => {
    const left = () => readsOf(web).$queryRaw<
      object[]
    >`SELECT coalesce(current_setting('heartbeat.teams', true), '') AS teams,
      coalesce(current_setting('heartbeat.player', true), '') AS player, (SELECT count(*)::int FROM media.clips) AS clips`;
    const found = await Promise.all(Array.from({ length: 6 }, left));
    expect(found).toEqual(Array(6).fill([{ teams: '', player: '', clips: 0 }]));
  };

  it('shows each caller their own rows, however many come at once, and leaves nothing', async () => {
    const turns = Array.from({ length: 40 }, () => [
      readWithinReach(web, coach, idsOf),
      readWithinReach(web, scout, idsOf),
      readWithinReach(web, player, idsOf),
      idsOf(readsOf(web)),
    ]).flat();
    const own = [['mtl-8', 'mtl-9'], ['chi-8'], ['mtl-8'], []];
    expect(await Promise.all(turns)).toEqual(turns.map((_, turn) => own[turn % 4]));
    await expectNothingLeft();
  });

  it.each<[string, (reads: Reads) => Promise<unknown>, RegExp]>([
    ['the first statement fails', (reads) => reads.$queryRaw`SELECT 1 / 0`, /division by zero/],
    [
      'one of several under way fails',
      (reads) => Promise.all([clips(reads), reads.$queryRaw`SELECT 1 / 0`, clips(reads)]),
      /division by zero/,
    ],
    [
      'a later one fails',
      async (reads) => {
        await clips(reads);
        await reads.$queryRaw`SELECT 'x'::int`;
      },
      /invalid input syntax/,
    ],
    ['the work itself fails', (reads) => clips(reads).then(() => Promise.reject(new Error('enough'))), /^enough$/],
    ['the work fails before it asks', () => Promise.reject(new Error('at once')), /^at once$/],
    ['it would write', (reads) => reads.$queryRaw`DELETE FROM media.clips RETURNING id`, /read-only transaction/],
    [
      'it would widen its reach for good',
      (reads) => reads.$queryRaw`SELECT set_config('heartbeat.teams', 'ALL', false), 1 / 0`,
      /division by zero/,
    ],
  ])('leaves no reach behind when %s', async (_, work, told) => {
    await Promise.all(Array.from({ length: 4 }, () => expect(readWithinReach(web, coach, work)).rejects.toThrow(told)));
    await expectNothingLeft();
    expect(await readWithinReach(web, scout, idsOf)).toEqual(['chi-8']);
  });

  it('loses a connection that breaks in the middle, and goes on with another', async () => {
    const kill = async (reads: Reads) => {
      const [row] = await reads.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await portal.db.$queryRaw`SELECT pg_terminate_backend(${row?.pid}::int)`;
      return clips(reads);
    };
    const fault = await readWithinReach(web, coach, kill).catch((error: unknown) => error);
    expect(isConnectionFault(fault)).toBe(true);
    expect(await readWithinReach(web, coach, idsOf)).toEqual(['mtl-8', 'mtl-9']);
    await expectNothingLeft();
  });

  it('begins, sets the reach and asks in one turn, and nobody waits for its end', async () => {
    const line = await openLine(portal.databaseUrl);
    const db = openDatabase(line.url, { role: WEB_ROLE, maxConnections: 1 });
    const turnsOf = async (work: (reads: Reads) => Promise<unknown>) => {
      const before = line.turns();
      await readWithinReach(db, coach, work);
      // The end goes out when the last answer is in; whoever comes next finds it done.
      return line.turns() - before;
    };
    await turnsOf(idsOf);
    expect(await turnsOf(idsOf)).toBeLessThanOrEqual(2);
    expect(await turnsOf((reads) => Promise.all([idsOf(reads), clips(reads), clips(reads)]))).toBeLessThanOrEqual(2);
    await db.$disconnect();
    await line.close();
  });

  it('sees one moment', async () => {
    const seen = await readWithinReach(web, coach, async (reads) => {
      const before = await idsOf(reads);
      await portal.db.clip.create({ data: clipRow({ clipId: 'mtl-late' }) });
      return [before, await idsOf(reads)];
    });
    await portal.db.clip.delete({ where: { clipId: 'mtl-late' } });
    expect(seen).toEqual([
      ['mtl-8', 'mtl-9'],
      ['mtl-8', 'mtl-9'],
    ]);
  });
});

describe('a change that forgot its scope', () => {
  const coach = caller('coach', { teamAccess: ['MTL'] });

  it('touches nothing outside the reach', async () => {
    const changed = await withinReach(portal.deps.db, coach, (tx) => tx.clip.updateMany({ data: { zone: 'nz' } }));
    expect(changed.count).toBe(2);
    expect(await portal.db.clip.findUnique({ where: { clipId: 'chi-8' } })).toMatchObject({ zone: null });
    const gone = await withinReach(portal.deps.db, coach, (tx) => tx.clipTag.deleteMany({ where: { tag: 'chi-8' } }));
    expect(gone.count).toBe(0);
  });

  it('puts no row beyond the reach, nor moves one there', async () => {
    const inReach = (work: (tx: DbOrTx) => Promise<unknown>) => withinReach(portal.deps.db, coach, work);
    await expect(inReach((tx) => tx.clip.create({ data: clipRow({ teamCode: 'CHI' }) }))).rejects.toThrow(/row-level/);
    await expect(inReach((tx) => tx.clip.updateMany({ data: { teamCode: 'CHI' } }))).rejects.toThrow(/row-level/);
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'chi-8' } });
    await expect(inReach((tx) => tx.clipTag.create({ data: { clipId: id, tag: 'x' } }))).rejects.toThrow(/row-level/);
    await expect(inReach((tx) => tx.master.create({ data: masterRow({ teamCode: 'CHI' }) }))).rejects.toThrow(
      /row-level/,
    );
  });
});

describe('the web’s role', () => {
  it('is no superuser, bypasses nothing and owns nothing', async () => {
    const [role] = await portal.deps.db.$queryRaw<object[]>`SELECT rolname, rolsuper, rolbypassrls, rolcreaterole
      FROM pg_roles WHERE rolname = current_user`;
    expect(role).toEqual({ rolname: 'heartbeat_web', rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const owned = await portal.db.$queryRaw`SELECT relname FROM pg_class WHERE relowner = 'heartbeat_web'::regrole`;
    expect(owned).toEqual([]);
  });

  it('cannot change the schema', async () => {
    await expect(portal.deps.db.$executeRaw`ALTER TABLE media.clips DISABLE ROW LEVEL SECURITY`).rejects.toThrow(
      /owner/,
    );
    await expect(portal.deps.db.$executeRaw`DROP POLICY reach ON media.clips`).rejects.toThrow(/owner/);
  });

  it('has the wall on every table that holds a team’s rows', async () => {
    const open = await portal.db.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'media'::regnamespace AND c.relkind = 'r' AND NOT c.relrowsecurity
        AND (a.attname = 'team_code' OR EXISTS (SELECT FROM pg_constraint k
          WHERE k.conrelid = c.oid AND k.confrelid = 'media.clips'::regclass))`;
    expect(open).toEqual([]);
  });
});
