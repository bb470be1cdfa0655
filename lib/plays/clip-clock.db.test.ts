import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { caller, clipRow, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { putAnchorsSchema } from './anchor-schemas.ts';
import { findClipClock } from './clip-clock.ts';
import { clockAt } from './clip-clock-schemas.ts';
import { bringPlays } from './import-fixture.ts';
import { listPlays } from './list-plays.ts';
import { setAnchors } from './master-anchors.ts';
import { nhlGame, nhlPlay, sequenceCsv, sequenceRow, stoppageRow, timecodeAt } from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';

const coach = caller('coach', { teamAccess: ['MTL'] });
const player = caller('player', { teamAccess: ['MTL'], playerId: '8' });
const row = (id: number, name: string, clock: number, video: number) =>
  (['faceoff', 'whistle'].includes(name) ? stoppageRow : sequenceRow)({
    ...{ id: String(id), name, period: '1', periodTime: String(clock), timecode: timecodeAt(video) },
  });
/** A period with a stoppage of half a minute, at 40 s. */
const SEQUENCE = sequenceCsv([
  ...[row(1, 'faceoff', 0, 0), row(2, 'carry', 10, 10), row(3, 'whistle', 40, 40), row(4, 'faceoff', 40, 70)],
  ...[row(5, 'shot', 50, 80)],
]);

let portal: PortalFixture;
let master: ReturnType<typeof masterRow>;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
  master = masterRow({ period: 1, durationS: 200, filename: 'p1.mp4' });
  await portal.db.master.create({ data: master });
});

const bring = (text: string) => bringPlays(portal.deps, coach, text, { confirm: 'true' });
const tie = (...anchors: object[]) =>
  setAnchors(portal.deps, coach, { masterId: master.id }, putAnchorsSchema.parse(anchors));
const clockOf = (user: UserContext = coach) => findClipClock(portal.deps, user, 'c');

/** A clip of the film. */
async function clip(fromS: number, toS: number, others: object = {}) {
  const range = { startTimecodeS: fromS, endTimecodeS: toS, durationS: toS - fromS };
  await portal.db.clip.deleteMany();
  const facts = { clipId: 'c', playerId: '8', sourceGcsUri: master.lakeUri, period: 1 };
  await portal.db.clip.create({ data: clipRow({ ...facts, ...range, ...others }) });
}

describe('the game’s clock in a clip', () => {
  it.each([1, 1.001])(
    'is that of the plays where these are seen, and runs and stands with the game, at rate %d',
    async (rate) => {
      await bring(SEQUENCE);
      await tie({ period: 1, clock_s: 40, video_s: 82.5, rate });
      await clip(5, 120);
      const clock = await clockOf(player);
      expect(clock).toMatchObject({ period: 1, clock_s: null });
      if (!clock) return;
      const { plays } = await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({ kind: ['event'] }));
      expect(plays).toHaveLength(5);
      for (const { name, clock_s, video } of plays)
        expect(clockAt(clock, (video?.at_s ?? 0) - 5), name).toBeCloseTo(clock_s ?? Number.NaN, 2);
      // Before the opening face-off, and in the stoppage.
      expect([clockAt(clock, 0), clockAt(clock, 65)]).toEqual([0, 40]);
      expect(await clockOf()).toEqual(clock);
      // A clip within one run.
      await clip(90, 98);
      const within = await clockOf();
      expect(within?.stretches).toHaveLength(1);
      expect(within && clockAt(within, 2)).toBeCloseTo(40 + 9.5 / rate, 6);
    },
  );

  it('goes on with each anchor from there', async () => {
    await bring(SEQUENCE);
    await tie({ period: 1, clock_s: 0, video_s: 10 }, { period: 1, clock_s: 50, video_s: 100 });
    await clip(80, 110);
    const clock = await clockOf();
    expect(clock && [0, 9, 19, 20, 25].map((atS) => clockAt(clock, atS))).toEqual([40, 49, 50, 50, 55]);
  });

  it('is the one of the play that it was made of, and where nothing says, none', async () => {
    await bring(JSON.stringify(nhlGame([nhlPlay({ eventId: 1, typeDescKey: 'goal', timeInPeriod: '12:05' })])));
    const { id } = await portal.db.play.findFirstOrThrow();
    await clip(10, 20);
    expect(await clockOf()).toBeNull();
    await clip(10, 20, { playId: id });
    for (const user of [coach, player]) expect(await clockOf(user)).toEqual({ period: 1, clock_s: 725, stretches: [] });
    // What a file alone says of a film is about: it does not run.
    await bring(SEQUENCE);
    await clip(10, 20);
    expect(await clockOf()).toBeNull();
  });

  it('is told to nobody who does not reach the clip', async () => {
    await bring(SEQUENCE);
    await tie({ period: 1, clock_s: 0, video_s: 0 });
    await clip(5, 12);
    expect(await clockOf()).not.toBeNull();
    for (const user of [
      caller('coach', { teamAccess: ['CHI'] }),
      caller('player', { teamAccess: ['MTL'], playerId: '9' }),
      caller('admin', { teamAccess: [] }),
    ])
      expect(await clockOf(user)).toBeNull();
    await portal.db.clip.updateMany({ data: { deletedAt: new Date() } });
    expect(await clockOf()).toBeNull();
  });
});
