import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import { eventJson } from '#lib/events/event.ts';
import type { StreamedEventJson } from '#lib/events/event-schemas.ts';
import { followEvents } from '#lib/events/follow-events-fixture.ts';
import { settledEvents } from '#lib/events/settled-events-fixture.ts';
import { clipRow, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { addItems } from './change-items.ts';
import { deleteReel, patchReel } from './change-reel.ts';
import { getReel, listReels } from './get-reel.ts';
import { getShownPlaylists, openReel, tellShownPlay } from './open-reel.ts';
import { listReelsQuerySchema } from './reel-schemas.ts';
import { CHOSEN, enlistAll, makeReel, type People } from './reels-fixture.ts';

let portal: PortalFixture;
let people: People;
beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
  await portal.db.clip.createMany({
    data: [clipRow({ clipId: 'shown', playerId: '8' }), clipRow({ clipId: 'unshown', playerId: '8' })],
  });
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'shown' } });
  const gcsUri = 'gs://heartbeat-media/clips/shown/clip.mp4';
  await portal.db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri, generation: '7' } });
});
afterAll(() => portal.close());

const any = (reelId: string) => ({ reelId, ifMatch: '*' as const });

/** What somebody who comes back is told of a reel since the beginning. */
async function missed(user: UserContext, reelId: string): Promise<string[]> {
  const events = await settledEvents(portal.deps.db, user);
  const told = events.map(eventJson).filter((event) => 'reel_id' in event && event.reel_id === reelId);
  for (const event of told) expect(Object.keys(event).sort()).toEqual(['occurred_at', 'reel_id', 'type']);
  return told.map(({ type }) => type);
}

/** A stream of somebody; how to wait until it has told so many events of a reel, as their types. */
async function follow(user: UserContext) {
  const { told, leave } = await followEvents(portal.deps, user);
  const isOf = (reelId: string) => (event: StreamedEventJson) => 'reel_id' in event && event.reel_id === reelId;
  const types = async (count: number, reelId: string) => (await told(count, isOf(reelId))).map(({ type }) => type);
  return { told: types, leave };
}

describe('what is told of a reel', () => {
  it('is told to those who see it, while they see it, and that it is gone to those who see it no more', async () => {
    const { maker, coach, chosen, player, scout } = people;
    const reel = await makeReel(portal.deps, maker, 'private');
    await patchReel(portal.deps, maker, any(reel.id), { title: 'Still mine' });
    await patchReel(portal.deps, maker, any(reel.id), { audience: { players: [CHOSEN] } });
    await addItems(portal.deps, coach, any(reel.id), { clip_ids: ['shown'] });
    await patchReel(portal.deps, maker, any(reel.id), { audience: 'staff' });
    await deleteReel(portal.deps, maker, any(reel.id));
    const [created, updated, deleted] = ['reel.created', 'reel.updated', 'reel.deleted'];
    expect(await missed(maker, reel.id)).toEqual([created, updated, updated, updated, updated, deleted]);
    expect(await missed(coach, reel.id)).toEqual([created, updated, updated, deleted]);
    expect(await missed(chosen, reel.id)).toEqual([created, updated, deleted]);
    for (const other of [player, scout, people['coach of CHI'], people['chosen of CHI'], people['admin of nothing']]) {
      expect(await missed(other, reel.id)).toEqual([]);
    }
  });

  it('is told as it happens, in the same way', async () => {
    const { maker, chosen, player } = people;
    const [theirs, others, makers] = [await follow(chosen), await follow(player), await follow(maker)];
    const reel = await makeReel(portal.deps, maker, { players: [CHOSEN] }, ['shown']);
    await patchReel(portal.deps, maker, any(reel.id), { audience: { players: ['9'] } });
    expect(await makers.told(3, reel.id)).toEqual(['reel.created', 'reel.updated', 'reel.updated']);
    expect(await theirs.told(3, reel.id)).toEqual(['reel.created', 'reel.updated', 'reel.deleted']);
    expect(await others.told(1, reel.id)).toEqual(['reel.created']);
    for (const { leave } of [theirs, others, makers]) leave();
  });
});

describe('what is new', () => {
  const list = (user: UserContext, given: object = {}) =>
    listReels(portal.deps, user, listReelsQuerySchema.parse(given));

  it('is what others show to one until one opens it, each for themselves', async () => {
    const { maker, coach, scout } = people;
    const before = (await list(scout)).new_count;
    const reel = await makeReel(portal.deps, maker, 'team', ['shown']);
    const isNew = async (user: UserContext) => (await list(user)).reels.find(({ id }) => id === reel.id)?.is_new;
    expect(await isNew(maker)).toBe(false);
    expect([await isNew(scout), await isNew(coach)]).toEqual([true, true]);
    expect((await list(scout)).new_count).toBe(before + 1);
    await openReel(portal.deps, scout, reel.id);
    await openReel(portal.deps, scout, reel.id);
    expect([await isNew(scout), await isNew(coach)]).toEqual([false, true]);
    expect((await list(scout)).new_count).toBe(before);
    expect((await list(maker, { mine: 'true' })).reels.map(({ id }) => id)).toContain(reel.id);
    expect((await list(coach, { mine: 'true' })).reels).toEqual([]);
  });

  it('is opened by those alone who see it', async () => {
    const reel = await makeReel(portal.deps, people.maker, 'private');
    for (const user of [people.coach, people.player, people['coach of CHI']]) {
      expect(await faultOf(openReel(portal.deps, user, reel.id))).toMatchObject({ status: 404 });
    }
  });
});

describe('a play in a reel', () => {
  it('counts for whom only the reel shows the clip, once, and for nobody else', async () => {
    const { maker, chosen, player } = people;
    const reel = await makeReel(portal.deps, maker, { players: [CHOSEN] }, ['shown']);
    const shown = { reel_id: reel.id, clip_id: 'shown' };
    expect(await faultOf(tellPlay(portal.deps, chosen, 'shown'))).toMatchObject({ status: 404 });
    await tellShownPlay(portal.deps, chosen, shown);
    await tellShownPlay(portal.deps, chosen, shown);
    const plays = await portal.db.auditEntry.findMany({ where: { action: 'clip.play', targetId: 'shown' } });
    expect(plays.map(({ actorUserId }) => actorUserId)).toEqual([chosen.userId]);
    expect(await faultOf(getClip(portal.deps, chosen, 'shown'))).toMatchObject({ status: 404 });
    for (const clip_id of ['unshown', 'missing']) {
      expect(await faultOf(tellShownPlay(portal.deps, chosen, { ...shown, clip_id }))).toMatchObject({ status: 404 });
    }
    expect(await faultOf(tellShownPlay(portal.deps, player, shown))).toMatchObject({ status: 404 });
    expect(await faultOf(getShownPlaylists(portal.deps, player, shown))).toMatchObject({ status: 404 });
    expect(await getReel(portal.deps, chosen, reel.id)).toMatchObject({ is_new: true, item_count: 1 });
  });
});
