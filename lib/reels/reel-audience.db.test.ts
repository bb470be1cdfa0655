import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { type DbOrTx, type Reads, readsOf } from '#lib/db/prisma-client.ts';
import { clipRow, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { addItems, putItems } from './change-items.ts';
import { deleteReel, patchReel } from './change-reel.ts';
import { getReel, listReels } from './get-reel.ts';
import { AUDIENCES, type Audience, listReelsQuerySchema } from './reel-schemas.ts';
import { CHOSEN, enlistAll, makeReel, type People } from './reels-fixture.ts';

let portal: PortalFixture;
let people: People;
const reels = new Map<string, string>();
beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
  await portal.db.clip.createMany({
    data: [clipRow({ clipId: 'mtl-8', playerId: '8' }), clipRow({ clipId: 'chi-8', playerId: '8', teamCode: 'CHI' })],
  });
  for (const audience of AUDIENCES) {
    const given: Audience = audience === 'players' ? { players: [CHOSEN, '*'] } : audience;
    reels.set(audience, (await makeReel(portal.deps, people.maker, given, ['mtl-8'])).id);
  }
});
afterAll(() => portal.close());

const STAFF: (keyof People)[] = ['maker', 'admin', 'admin of all', 'staff', 'coach', 'analyst'];
/** To whom each audience shows a reel; those of `STAFF` change it. */
const SEEN_BY: Record<(typeof AUDIENCES)[number], (keyof People)[]> = {
  private: ['maker'],
  staff: STAFF,
  team: [...STAFF, 'scout', 'chosen', 'player'],
  players: [...STAFF, 'chosen'],
};
const NAMES = Object.keys({ maker: 0, admin: 0, 'admin of all': 0, staff: 0, coach: 0, analyst: 0 }).concat(
  ...['scout', 'chosen', 'player', 'chosen of CHI', 'coach of CHI', 'scout of CHI', 'admin of nothing'],
) as (keyof People)[];
const CELLS = AUDIENCES.flatMap((audience) => NAMES.map((name) => ({ audience, name })));

const query = (given: object = {}) => listReelsQuerySchema.parse(given);
const list = (user: UserContext, given: object = {}) => listReels(portal.deps, user, query(given));
const idOf = (audience: string) => reels.get(audience) ?? '';

it('has a cell for everybody', () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(people).sort());
});

describe.each(CELLS)('a reel of MTL for $audience: $name', ({ audience, name }) => {
  const isSeen = SEEN_BY[audience].includes(name);
  const mayChange = isSeen && STAFF.includes(name);

  it('is seen, listed and changed by whom it is for, and is not there for others', async () => {
    const [user, id] = [people[name], idOf(audience)];
    const listed = (await list(user, { audience })).reels;
    if (isSeen) {
      const { items, ...reel } = await getReel(portal.deps, user, id);
      expect(reel).toMatchObject({ id, may_edit: mayChange, item_count: 1, duration_s: 2 });
      expect(items[0]).toMatchObject({ clip_id: 'mtl-8', clip: { player_id: '8' } });
      expect(listed).toEqual([reel]);
    } else {
      expect(await faultOf(getReel(portal.deps, user, id))).toMatchObject({ status: 404, code: 'not_found' });
      expect(listed).toEqual([]);
    }
    const target = { reelId: id, ifMatch: '*' as const };
    const status = ['scout', 'player'].includes(user.role) ? 403 : 404;
    const changes = [
      () => patchReel(portal.deps, user, target, { title: 'Another' }),
      () => addItems(portal.deps, user, target, { clip_ids: ['mtl-8'] }),
      () => putItems(portal.deps, user, target, { items: [] }),
      () => deleteReel(portal.deps, user, { ...target, ifMatch: ['0'] }),
    ];
    for (const change of mayChange ? [] : changes) expect(await faultOf(change())).toMatchObject({ status });
    if (mayChange) expect(await faultOf(changes[3]?.() ?? Promise.resolve())).toMatchObject({ status: 412 });
  });

  it('is so for queries that forgot their scope, too', async () => {
    const [user, id] = [people[name], idOf(audience)];
    const seen = await readWithinReach(portal.deps.db, user, (reads) => rowsOf(reads, id));
    const rows = isSeen ? { reels: 1, items: 1, clips: 1 } : { reels: 0, items: 0, clips: 0 };
    const players = { scout: 0, player: audience === 'players' && isSeen ? 1 : 0 }[user.role as 'scout' | 'player'];
    expect(seen).toEqual({ ...rows, players: players ?? (audience === 'players' && isSeen ? 2 : 0) });

    const changed = await changedBy(user, id);
    expect(changed).toEqual(mayChange ? [1, 1, audience === 'players' ? 2 : 0, 1, 1] : [0, 0, 0, 0, 0]);
  });
});

const rowsOf = async (reads: Reads, id: string) => {
  const [row] = await reads.$queryRaw<object[]>`SELECT
    (SELECT count(*)::int FROM media.reels WHERE id = ${id}::uuid) AS reels,
    (SELECT count(*)::int FROM media.reel_items WHERE reel_id = ${id}::uuid) AS items,
    (SELECT count(*)::int FROM media.reel_players WHERE reel_id = ${id}::uuid) AS players,
    (SELECT count(*)::int FROM media.clips_of_reel(${id}::uuid, ARRAY['coach'])) AS clips`;
  return row;
};

/** How many rows somebody's careless changes touch; nothing of it stays. */
async function changedBy(user: UserContext, id: string): Promise<number[]> {
  const counts: number[] = [];
  const careless = async (tx: DbOrTx) => {
    counts.push((await tx.reel.updateMany({ where: { id }, data: { title: 'x' } })).count);
    counts.push((await tx.reelItem.updateMany({ where: { reelId: id }, data: { note: 'x' } })).count);
    counts.push((await tx.reelPlayer.deleteMany({ where: { reelId: id } })).count);
    counts.push((await tx.reelItem.deleteMany({ where: { reelId: id } })).count);
    counts.push((await tx.reel.deleteMany({ where: { id } })).count);
    throw new Error('to be undone');
  };
  await expect(withinReach(portal.deps.db, user, careless)).rejects.toThrow('to be undone');
  return counts;
}

describe('the wall', () => {
  const inReach = (user: UserContext, work: (tx: DbOrTx) => Promise<unknown>) =>
    withinReach(portal.deps.db, user, work);
  const row = (ownerId: string, others: object) => ({
    ...{ id: crypto.randomUUID(), teamCode: 'MTL', title: 'x', ownerId, ...others },
  });
  const item = (user: UserContext, audience: string, clipId: string) =>
    inReach(user, async (tx) => {
      const clip = await portal.db.clip.findUniqueOrThrow({ where: { clipId } });
      const reelId = idOf(audience);
      await tx.reelItem.createMany({ data: [{ id: crypto.randomUUID(), reelId, position: 9, clipId: clip.id }] });
    });

  it('shows nothing outside of a reach', async () => {
    for (const id of reels.values()) {
      const nothing = { reels: 0, items: 0, players: 0, clips: 0 };
      expect(await rowsOf(readsOf(portal.deps.db), id)).toEqual(nothing);
    }
  });

  it('lets nobody make a reel in another’s name, of another’s team, or without the right', async () => {
    const { maker, staff, scout, chosen } = people;
    const make = (user: UserContext, others: object) =>
      inReach(user, (tx) => tx.reel.createMany({ data: [row(user.userId, others)] }));
    await expect(make(maker, { ownerId: staff.userId })).rejects.toThrow(/row-level/);
    await expect(make(maker, { ownerId: staff.userId, audience: 'team' })).rejects.toThrow(/row-level/);
    await expect(make(maker, { teamCode: 'CHI' })).rejects.toThrow(/row-level/);
    for (const user of [scout, chosen]) await expect(make(user, { audience: 'team' })).rejects.toThrow(/row-level/);
  });

  it('lets nobody add what they do not reach, of another team, or to a reel that they do not change', async () => {
    const { maker, coach, scout, 'coach of CHI': stranger } = people;
    await expect(item(maker, 'staff', 'chi-8')).rejects.toThrow(/row-level/);
    // This one reaches both.
    await expect(item(coach, 'staff', 'chi-8')).rejects.toThrow(/row-level/);
    await expect(item(coach, 'private', 'mtl-8')).rejects.toThrow(/row-level/);
    await expect(item(scout, 'team', 'mtl-8')).rejects.toThrow(/row-level/);
    await expect(item(stranger, 'team', 'chi-8')).rejects.toThrow(/row-level/);
  });

  it('lets no reel go over to another team or maker, and no item to another clip or reel', async () => {
    const { maker } = people;
    const denied = /permission denied/;
    await expect(inReach(maker, (tx) => tx.reel.updateMany({ data: { teamCode: 'CHI' } }))).rejects.toThrow(denied);
    const ownerId = people.staff.userId;
    await expect(inReach(maker, (tx) => tx.reel.updateMany({ data: { ownerId } }))).rejects.toThrow(denied);
    await expect(inReach(maker, (tx) => tx.reelItem.updateMany({ data: { clipId: 1 } }))).rejects.toThrow(denied);
    const reelId = idOf('team');
    await expect(inReach(maker, (tx) => tx.reelItem.updateMany({ data: { reelId } }))).rejects.toThrow(denied);
  });

  it('takes no reel away from its maker', async () => {
    const { staff } = people;
    const id = idOf('staff');
    const hide = inReach(staff, (tx) => tx.reel.updateMany({ where: { id }, data: { audience: 'private' } }));
    await expect(hide).rejects.toThrow(/row-level/);
    const target = { reelId: id, ifMatch: null };
    const fault = await faultOf(patchReel(portal.deps, staff, target, { audience: 'private' }));
    expect(fault).toMatchObject({ status: 403, code: 'not_the_maker' });
  });
});

describe('what is told', () => {
  it('of the chosen ones: all to staff, to a player themselves', async () => {
    const [toStaff, toPlayer] = await Promise.all(
      [people.staff, people.chosen].map((user) => getReel(portal.deps, user, idOf('players'))),
    );
    expect(toStaff?.audience).toEqual({ players: ['*', CHOSEN] });
    expect(toPlayer?.audience).toEqual({ players: [CHOSEN] });
  });

  it('to a key that only reads: what its person sees, and that it may change nothing', async () => {
    const key: UserContext = { ...people.staff, apiKeyId: crypto.randomUUID(), keyScope: 'read' };
    expect(await getReel(portal.deps, key, idOf('staff'))).toMatchObject({ may_edit: false });
    const fault = await faultOf(patchReel(portal.deps, key, { reelId: idOf('staff'), ifMatch: null }, { title: 'x' }));
    expect(fault).toMatchObject({ status: 403, code: 'read_only_key' });
  });

  it('when its maker has lost the team: to the maker nothing, to others what is gone', async () => {
    const { maker, staff } = people;
    const lost = { ...maker, teamAccess: ['CHI'] };
    await portal.db.user.update({ where: { id: maker.userId }, data: { teamAccess: ['CHI'] } });
    expect((await list(lost)).reels).toEqual([]);
    const { items, duration_s } = await getReel(portal.deps, staff, idOf('staff'));
    expect(items).toMatchObject([{ clip_id: null, clip: null }]);
    expect(duration_s).toBe(0);
    await portal.db.user.update({ where: { id: maker.userId }, data: { teamAccess: ['MTL'] } });
    for (const data of [{ disabledAt: new Date() }, { role: 'scout' }]) {
      await portal.db.user.update({ where: { id: maker.userId }, data });
      expect((await getReel(portal.deps, staff, idOf('staff'))).items).toMatchObject([{ clip: null }]);
      await portal.db.user.update({ where: { id: maker.userId }, data: { disabledAt: null, role: 'coach' } });
    }
    expect((await getReel(portal.deps, staff, idOf('staff'))).items).toMatchObject([{ clip_id: 'mtl-8' }]);
  });
});
