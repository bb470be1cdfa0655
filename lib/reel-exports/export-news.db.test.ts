import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { eventJson } from '#lib/events/event.ts';
import { streamedEventSchema } from '#lib/events/event-schemas.ts';
import { followEvents } from '#lib/events/follow-events-fixture.ts';
import { settledEvents } from '#lib/events/settled-events-fixture.ts';
import { deleteReel } from '#lib/reels/change-reel.ts';
import type { Audience } from '#lib/reels/reel-schemas.ts';
import { CHOSEN, enlistAll, makeReel, type People } from '#lib/reels/reels-fixture.ts';
import { clipRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { exportReel } from './export-reel.ts';
import { exportReelSchema } from './export-schemas.ts';

let portal: PortalFixture;
let people: People;
beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
  await portal.db.clip.create({ data: clipRow({ clipId: 'shown', playerId: CHOSEN }) });
});
afterAll(() => portal.close());

async function ask(audience: Audience) {
  const { id: reelId } = await makeReel(portal.deps, people.maker, audience, ['shown']);
  const { id } = await exportReel(portal.deps, people.maker, reelId, exportReelSchema.parse({}));
  /** What the worker makes of it. */
  const becomes = (status: string, progress: number) =>
    portal.db.reelExport.update({ where: { id }, data: { status, progress } });
  return { reelId, id, becomes };
}

/** What somebody who comes back is told of a film. */
async function missed(user: UserContext, exportId: string): Promise<string[]> {
  const events = (await settledEvents(portal.deps.db, user)).map((event) =>
    streamedEventSchema.parse(eventJson(event)),
  );
  return events.flatMap((event) =>
    'export_id' in event && event.export_id === exportId ? `${event.type} ${event.status} ${event.progress}` : [],
  );
}

it('is told to those who may change the reel how far its film is, the newest alone, and whether it is there', async () => {
  const { id, becomes } = await ask({ players: [CHOSEN] });
  const created = 'export.created pending 0';
  await becomes('processing', 0);
  await becomes('processing', 30);
  await becomes('processing', 60);
  expect(await missed(people.coach, id)).toEqual([created, 'export.progress processing 60']);
  await becomes('ready', 100);
  await portal.db.reelExport.delete({ where: { id } });
  const lines = [created, 'export.ready ready 100', 'export.deleted ready 100'];
  for (const [who, user] of Object.entries(people)) {
    const makes = ['maker', 'admin', 'admin of all', 'staff', 'coach', 'analyst'].includes(who);
    expect(await missed(user, id), who).toEqual(makes ? lines : []);
  }
});

it('is told as it happens, of a reel of one’s own to nobody else, and not when the reel is gone', async () => {
  const [makers, others] = [
    await followEvents(portal.deps, people.maker),
    await followEvents(portal.deps, people.coach),
  ];
  const own = await ask('private');
  await own.becomes('failed', 0);
  const shared = await ask('staff');
  const idsOf = async (heard: typeof makers, count: number) =>
    (await heard.told(count, ({ type }) => type.startsWith('export.'))).map((event) => [
      event.type,
      'export_id' in event && event.export_id,
    ]);
  const createdShared = ['export.created', shared.id];
  expect(await idsOf(makers, 3)).toEqual([['export.created', own.id], ['export.failed', own.id], createdShared]);
  expect(await idsOf(others, 1)).toEqual([createdShared]);
  await deleteReel(portal.deps, people.maker, { reelId: shared.reelId, ifMatch: '*' });
  expect(await missed(people.coach, shared.id)).toEqual([]);
  for (const { leave } of [makers, others]) leave();
});
