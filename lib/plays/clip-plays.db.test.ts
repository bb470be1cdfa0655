import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { takeBackClip } from '#lib/clips/change-clip.ts';
import { prepareRows } from '#lib/clips/prepared-fixture.ts';
import { caller, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { clipPlays } from './clip-plays.ts';
import { clipPlaysSchema } from './clip-plays-schemas.ts';
import { bringPlays, GAME } from './import-fixture.ts';
import { listPlays } from './list-plays.ts';
import { manyRows, nhlGame, nhlPlay, sequenceCsv, sequenceRow, stoppageRow, timecodeAt } from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
});

const film = async (durationS = 1300, period = 1) => {
  const row = masterRow({ period, durationS, filename: `p${period}.mp4` });
  const { id } = await portal.db.master.create({ data: row });
  await prepareRows(portal.db, id, [{ name: 'source', keysS: [0, 600], toS: durationS, isComplete: true }]);
  return id;
};
const bring = (text: string) => bringPlays(portal.deps, coach, text, { confirm: 'true' });
const clip = (request: object, user = coach) => clipPlays(portal.deps, user, clipPlaysSchema.parse(request));
const EVENTS = { name: ['carry', 'shot', 'whistle', 'goal', 'faceoff'] };
const row = (id: string, seconds: number, others: object = {}) => ({
  ...sequenceRow({ id, periodTime: String(seconds), ...others }),
  timecode: timecodeAt(seconds),
});
const ROWS = [row('1', 100), row('2', 106, { name: 'shot', type: 'slot', shorthand: 'SLOT SHOT' }), row('3', 1)];

describe('clips of plays', () => {
  it('are made with all that the play says, to be cut later, and play at once', async () => {
    const master_id = await film();
    await bring(JSON.stringify(nhlGame()));
    await bring(sequenceCsv(ROWS));
    const { clips, ...done } = await clip({ filter: { name: 'shot', period: 1 } });
    const play = await portal.db.play.findFirstOrThrow({ where: { name: 'shot' } });
    expect(done).toEqual({
      ...{ matched: 1, created: 1, existing: 0, skipped: [] },
      planned: [
        { play_ids: [Number(play.id)], master_id, start_timecode_s: 100, end_timecode_s: 110, is_exact: false },
      ],
    });
    expect(clips[0]).toMatchObject({
      ...{ clip_id: `mtl-20031-play-${play.id}`, play_id: Number(play.id), ...GAME, opponent_code: 'CHI' },
      ...{ game_date: '2025-10-11', player_id: '8480018', player_name: 'Nick Suzuki', period: 1, event_type: 'shot' },
      ...{ outcome: 'successful', zone: 'oz', strength: '5v4', tags: ['SLOT SHOT', 'slot'], start_timecode_s: 100 },
      ...{ processing_status: 'pending', playback: { kind: 'slice' } },
    });
    expect(await portal.jobs('encode')).toHaveLength(1);
    expect((await portal.jobs('encode'))[0]?.priority).toBeLessThan(0);
  });

  it('are told with their plays, to whoever sees them', async () => {
    await film();
    await bring(sequenceCsv(ROWS));
    const { clips } = await clip({ filter: { name: ['carry', 'shot'] }, merge_within_s: 0 });
    const told = async (user: UserContext) => {
      const { plays } = await listPlays(portal.deps, user, listPlaysQuerySchema.parse({ kind: ['event'] }));
      return plays.map(({ clip_id }) => clip_id);
    };
    const [first, merged] = clips.map(({ clip_id }) => clip_id).sort();
    const all = await told(coach);
    expect(all).toHaveLength(3);
    expect(new Set(all)).toEqual(new Set([first, merged]));
    // Another player is in the plays, and not the one of the clips.
    expect(await told(caller('player', { teamAccess: ['MTL'], playerId: '8477444' }))).toEqual([null, null, null]);
    expect(await told(caller('player', { teamAccess: ['MTL'], playerId: '8480018' }))).toEqual(all);
    await portal.db.clip.updateMany({ data: { deletedAt: new Date() } });
    expect(await told(coach)).toEqual([null, null, null]);
  });

  it('are made once of each play, whatever the repeats, also at the same moment', async () => {
    await film();
    await bring(sequenceCsv(ROWS));
    const [one, two] = await Promise.all([clip({ filter: EVENTS }), clip({ filter: EVENTS })]);
    expect(one.created + two.created).toBe(3);
    expect(one.existing + two.existing).toBe(3);
    const again = await clip({ filter: EVENTS, lead_s: 10, lag_s: 0 });
    expect(again).toMatchObject({ matched: 3, created: 0, existing: 3, planned: [] });
    expect(new Set(again.clips.map(({ clip_id }) => clip_id)).size).toBe(3);
    // A newer file, and the same plays.
    await bring(sequenceCsv([...ROWS, row('4', 200)]));
    expect(await clip({ filter: EVENTS })).toMatchObject({ matched: 4, created: 1, existing: 3 });
    expect(await portal.db.clip.count()).toBe(4);
  });

  it('are one of plays that overlap, when that is wished, and none of those is made again', async () => {
    await film();
    await bring(sequenceCsv(ROWS));
    const planned = await clip({ filter: EVENTS, merge_within_s: 0, dry_run: true });
    expect(planned).toMatchObject({ created: 2, clips: [] });
    expect(await portal.db.clip.count()).toBe(0);
    const done = await clip({ filter: EVENTS, merge_within_s: 0 });
    expect(done.planned).toEqual(planned.planned);
    expect(
      done.planned.map(({ play_ids, start_timecode_s, end_timecode_s }) => [
        ...[play_ids.length, start_timecode_s, end_timecode_s],
      ]),
    ).toEqual([
      [1, 0, 6],
      [2, 97, 110],
    ]);
    expect(done.clips.find(({ start_timecode_s: start }) => start === 97)?.tags).toContain('shot');
    expect(await clip({ filter: EVENTS })).toMatchObject({ created: 0, existing: 3 });
  });

  it('have a lead and a lag of their kind, wider about a moment that is not known, and none for shifts', async () => {
    const id = await film();
    await bring(sequenceCsv([row('1', 100), row('2', 130), row('3', 400)]));
    const shifts = await clip({ filter: { name: ['shift'], player_id: ['8480018'] }, dry_run: true });
    // From 100 s on, five minutes long: cut at two.
    expect(shifts.planned).toMatchObject([{ start_timecode_s: 100, end_timecode_s: 220 }]);
    const named = { carry: { lead_s: 10, lag_s: 1 } };
    const carries = await clip({ filter: { name: ['carry'] }, by_name: named, dry_run: true });
    expect(carries.planned[0]).toMatchObject({ start_timecode_s: 90, end_timecode_s: 101 });

    await portal.db.game.deleteMany();
    const events = [
      ['faceoff', '00:00'],
      ['stoppage', '01:00'],
      ['faceoff', '01:00'],
      ['hit', '02:00'],
    ].map(([typeDescKey, timeInPeriod], eventId) => nhlPlay({ eventId: eventId + 1, typeDescKey, timeInPeriod }));
    await bring(JSON.stringify(nhlGame(events)));
    await portal.db.masterAnchor.create({ data: { masterId: id, period: 1, clockS: 0, videoS: 20 } });
    const hits = await clip({ filter: { name: ['hit'] }, dry_run: true });
    expect(hits.planned).toMatchObject([{ start_timecode_s: 133, end_timecode_s: 153, is_exact: false }]);
  });

  it('say of which plays there are none, and why', async () => {
    await film(108);
    await bring(
      sequenceCsv([...ROWS, row('4', 300), stoppageRow({ id: '5', timecode: '00:00:30:00', periodTime: '30' })]),
    );
    const done = await clip({ filter: EVENTS });
    expect(done.skipped.map(({ reason }) => reason).sort()).toEqual(['no_player', 'no_video']);
    // No further than the master goes.
    expect(done.planned.map(({ end_timecode_s }) => end_timecode_s)).toEqual([6, 105, 108]);
    await portal.db.clip.updateMany({ data: { deletedAt: new Date() } });
    const trashed = await clip({ filter: { name: ['shot'] } });
    expect(trashed).toMatchObject({ created: 0, existing: 0, skipped: [{ reason: 'in_trash' }] });
    // What one has taken back oneself comes back by the same press, and nobody else's.
    await portal.db.clip.updateMany({ data: { deletedAt: null } });
    const [shot] = (await clip({ filter: { name: ['shot'] } })).clips;
    if (!shot) throw new Error('there is no clip of a shot');
    await takeBackClip(portal.deps, coach, shot.clip_id);
    const again = await clip({ filter: { name: ['shot'] } });
    expect(again).toMatchObject({ created: 1, existing: 0, skipped: [], clips: [{ clip_id: shot.clip_id }] });
    expect(again.planned).toMatchObject([{ start_timecode_s: shot.start_timecode_s }]);
    await portal.db.clip.updateMany({ data: { deletedAt: new Date() } });
    // Gone for good: the play may be clipped again.
    await portal.db.clip.deleteMany();
    expect(await clip({ filter: { name: ['shot'] } })).toMatchObject({ created: 1 });
  });

  it('are made by ids, of plays in reach alone, by those who may', async () => {
    await film();
    await bring(sequenceCsv(ROWS));
    const ids = (await portal.db.play.findMany({ where: { kind: 'event' } })).map(({ id }) => Number(id));
    const other = caller('coach', { teamAccess: ['CHI'] });
    expect(await clip({ play_ids: ids }, other)).toMatchObject({ matched: 0, created: 0 });
    for (const user of [caller('scout'), caller('player'), { ...coach, keyScope: 'read' as const }]) {
      expect(await faultOf(clip({ play_ids: ids }, user))).toMatchObject({ status: 403 });
    }
    expect(await clip({ play_ids: [...ids, 999_999_999] })).toMatchObject({ matched: 3, created: 3 });
    expect(clipPlaysSchema.safeParse({}).success).toBe(false);
    expect(clipPlaysSchema.safeParse({ play_ids: [1], filter: {} }).success).toBe(false);
    expect(clipPlaysSchema.safeParse({ filter: { nam: ['shot'] } }).success).toBe(false);
  });

  it('of 300 plays take a number of statements that does not depend on theirs', async () => {
    await film(1300);
    await film(1300, 2);
    await film(1300, 3);
    await bring(sequenceCsv(manyRows(300)));
    const few = await portal.statementsOf((deps) =>
      clipPlays(deps, coach, clipPlaysSchema.parse({ filter: { name: ['carry'], rink: '27,-13,28,-11', period: 1 } })),
    );
    const began = performance.now();
    const done = await clip({ filter: { name: ['carry'] } });
    expect(done).toMatchObject({ matched: 300, created: 200, existing: 100, skipped: [] });
    expect(performance.now() - began).toBeLessThan(3000);
    await portal.db.clip.deleteMany();
    const many = await portal.statementsOf((deps) =>
      clipPlays(deps, coach, clipPlaysSchema.parse({ filter: { name: ['carry'] } })),
    );
    expect(many.length).toBe(few.length);
  });

  it('are refused when a filter has more plays than one request may clip', async () => {
    await bring(sequenceCsv(manyRows(1100)));
    expect(await faultOf(clip({ filter: { name: ['carry'] } }))).toMatchObject({ code: 'too_many_plays' });
  });
});
