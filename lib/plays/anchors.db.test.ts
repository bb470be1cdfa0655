import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isClocked, setAnchorsOf, tieOpening, tiePlay } from '#app/(portal)/_games/tie-clock.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { eventJson, mayHear } from '#lib/events/event.ts';
import { settledEvents } from '#lib/events/settled-events-fixture.ts';
import { caller, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { type Anchor, ENDS_OF_RUNS, putAnchorsSchema } from './anchor-schemas.ts';
import { bringPlays, GAME } from './import-fixture.ts';
import { getGame } from './list-games.ts';
import { listPlays } from './list-plays.ts';
import { getAnchors, setAnchors } from './master-anchors.ts';
import {
  instance,
  nhlGame,
  nhlPlay,
  sequenceCsv,
  sequenceRow,
  stoppageRow,
  timecodeAt,
  timeLine,
} from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
});

const film = async (period: number | null, durationS: number, others: { filename?: string } = {}) => {
  const filename = others.filename ?? `p${period ?? ''}-${durationS}.mp4`;
  return (await portal.db.master.create({ data: masterRow({ period, durationS, filename, ...others }) })).id;
};
const bring = (text: string) => bringPlays(portal.deps, coach, text, { confirm: 'true' });
const bringNhl = (...plays: object[]) => bring(JSON.stringify(nhlGame(plays)));
const anchor = (id: string, ...anchors: Partial<Anchor>[]) =>
  setAnchors(portal.deps, coach, { masterId: id }, putAnchorsSchema.parse(anchors));
/** A row of a play sequence: when it is by the clock, and by the file's own time. */
const row = (id: number, name: string, clock: number, video: number, period = 1) =>
  (['faceoff', 'whistle'].includes(name) ? stoppageRow : sequenceRow)({
    ...{ id: String(id), name, period: String(period), periodTime: String(clock), timecode: timecodeAt(video) },
  });
/** A period with a stoppage of half a minute, at 40 s. */
const SEQUENCE = sequenceCsv([
  ...[row(1, 'faceoff', 0, 0), row(2, 'carry', 10, 10), row(3, 'whistle', 40, 40), row(4, 'faceoff', 40, 70)],
  ...[row(5, 'shot', 50, 80)],
]);
const nhl = (eventId: number, typeDescKey: string, timeInPeriod: string, number = 1) =>
  nhlPlay({ eventId, typeDescKey, timeInPeriod, periodDescriptor: { number, periodType: number > 3 ? 'OT' : 'REG' } });

/** Where plays are seen: `name`, seconds, and `~` for about. */
const seen = async (query: object = {}, user = coach) => {
  const { plays } = await listPlays(portal.deps, user, listPlaysQuerySchema.parse(query));
  return plays
    .filter(({ kind }) => kind === 'event')
    .map(({ name, video }) => `${name} ${video === null ? '-' : `${video.is_exact ? '' : '~'}${video.at_s}`}`);
};
const mastersSeen = async () => {
  const { plays } = await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({}));
  return plays.flatMap(({ kind, video }) => (kind === 'event' ? [video?.master_id ?? null] : []));
};

describe('a play sequence', () => {
  it('places its plays in the masters of its periods by itself, whichever comes first', async () => {
    await bring(SEQUENCE);
    expect(await seen()).toEqual(['faceoff -', 'carry -', 'whistle -', 'faceoff -', 'shot -']);
    const id = await film(1, 100);
    expect(await seen()).toEqual(['faceoff ~0', 'carry ~10', 'whistle ~40', 'faceoff ~70', 'shot ~80']);
    const file = { period: 1, clock_s: 0, video_s: 0, rate: 1, is_set: false };
    expect(await getAnchors(portal.deps, coach, id)).toMatchObject({ anchors: [file] });
    expect((await getGame(portal.deps, coach, GAME)).periods).toEqual([{ period: 1, master_id: id, anchored: false }]);
    // Somebody has looked.
    await anchor(id, { period: 1, clock_s: 0, video_s: 0 });
    expect(await seen()).toEqual(['faceoff 0', 'carry 10', 'whistle 40', 'faceoff 70', 'shot 80']);
    expect((await getGame(portal.deps, coach, GAME)).periods).toEqual([{ period: 1, master_id: id, anchored: true }]);
  });

  it('needs one anchor a period, wherever that is set, and goes at its rate', async () => {
    await bring(SEQUENCE);
    const id = await film(1, 200);
    // On the face-off after the stoppage, 12.5 s into which the master begins late.
    await anchor(id, { period: 1, clock_s: 40, video_s: 82.5 });
    expect(await seen()).toEqual(['faceoff 12.5', 'carry 22.5', 'whistle 52.5', 'faceoff 82.5', 'shot 92.5']);
    await anchor(id, { period: 1, clock_s: 0, video_s: 12.5, rate: 1.001 });
    expect((await seen()).at(-1)).toBe('shot 92.58');
    // None of one's own: the file's again, which nobody has looked at.
    await anchor(id);
    expect((await seen()).at(-1)).toBe('shot ~80');
  });

  it.each([
    ['30 frames are counted where the film has 29.97', 1.001, 503.5, 1004],
    ['29.97 frames are counted where the film has 30', 0.999001, 502.501, 1002.001],
  ])('goes at the rate that one play far on tells: %s', async (_, rate, carryS, atS) => {
    await bring(sequenceCsv([row(1, 'faceoff', 0, 0), row(2, 'carry', 500, 500), row(3, 'shot', 900, 1000)]));
    const id = await film(1, 1200);
    await anchor(id, ...tieOpening([], 1, 3).anchors);
    expect(await seen()).toEqual(['faceoff 3', 'carry 503', 'shot 1003']);
    const { plays } = await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({}));
    const [shot] = plays.filter(isClocked).filter(({ name }) => name === 'shot');
    expect(shot).toBeDefined();
    if (!shot) return;
    const known = setAnchorsOf(await getAnchors(portal.deps, coach, id));
    const told = tiePlay(known, { play: shot, atS, masterId: id, isTimed: true });
    expect(told).toEqual({ kind: 'rate', anchors: [{ period: 1, clock_s: 0, video_s: 3, rate }] });
    await anchor(id, ...told.anchors);
    expect(await seen()).toEqual(['faceoff 3', `carry ${carryS}`, `shot ${atS}`]);
  });

  it('is placed alike by what ends a run, a thousandth before it, and by what begins the next one', async () => {
    await bring(SEQUENCE);
    const id = await film(1, 200);
    await anchor(id, { period: 1, clock_s: 39.999, video_s: 51.999 });
    expect(await seen()).toEqual(['faceoff 12', 'carry 22', 'whistle 52', 'faceoff 82', 'shot 92']);
    await anchor(id, { period: 1, clock_s: 40, video_s: 82 });
    expect(await seen()).toEqual(['faceoff 12', 'carry 22', 'whistle 52', 'faceoff 82', 'shot 92']);
  });

  it('goes by the last anchor before a play, and by the first where the master begins in mid-period', async () => {
    await bring(SEQUENCE);
    const id = await film(1, 60);
    await anchor(id, { period: 1, clock_s: 10, video_s: 2 }, { period: 1, clock_s: 40, video_s: 42 });
    // What lies before the master's beginning, or beyond its end, is not seen.
    expect(await seen()).toEqual(['faceoff -', 'carry 2', 'whistle 32', 'faceoff 42', 'shot 52']);
  });

  it('lies over two masters, and several periods in one', async () => {
    await bring(`${SEQUENCE}${sequenceCsv([row(6, 'pass', 5, 5, 2)]).split('\n')[1]}\n`);
    const [first, second] = [await film(null, 60, { filename: 'a.mp4' }), await film(null, 300, { filename: 'b.mp4' })];
    await anchor(first, { period: 1, clock_s: 0, video_s: 1 });
    await anchor(second, { period: 1, clock_s: 40, video_s: 3 }, { period: 2, clock_s: 0, video_s: 200 });
    expect(await seen()).toEqual(['faceoff 1', 'carry 11', 'whistle 41', 'faceoff 3', 'shot 13', 'pass 205']);
    expect(await mastersSeen()).toEqual([first, first, first, second, second, second]);
    expect(
      (await getGame(portal.deps, coach, GAME)).periods.map(({ period, master_id }) => [period, master_id]),
    ).toEqual([...[[1, first]], ...[[1, second]], ...[[2, second]]]);
  });

  it('takes the first of two recordings of a period for its own, and none beside one that is anchored', async () => {
    await bring(SEQUENCE);
    const [left, right] = [await film(1, 100, { filename: 'a.mp4' }), await film(1, 100, { filename: 'b.mp4' })];
    expect(new Set(await mastersSeen())).toEqual(new Set([left]));
    await anchor(right, { period: 1, clock_s: 0, video_s: 4 });
    expect(new Set(await mastersSeen())).toEqual(new Set([right]));
  });
});

describe('clocks without video time', () => {
  const PLAYS = [
    ...[nhl(1, 'period-start', '00:00'), nhl(2, 'faceoff', '00:00'), nhl(3, 'hit', '00:10')],
    ...[nhl(4, 'stoppage', '00:40'), nhl(5, 'faceoff', '00:40'), nhl(6, 'shot-on-goal', '00:50')],
  ];

  it('are placed by a play sequence of the same game, on the right side of a stoppage', async () => {
    await bring(SEQUENCE);
    await bringNhl(...PLAYS);
    const id = await film(1, 100);
    const all = await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({}));
    const placed = all.plays.filter(({ source }) => source === 'nhl').map(({ name, video }) => [name, video?.at_s]);
    expect(Object.fromEntries(placed)).toMatchObject({ hit: 10, stoppage: 40, 'shot-on-goal': 80 });
    expect(placed.filter(([name]) => name === 'faceoff')).toEqual([
      ['faceoff', 0],
      ['faceoff', 70],
    ]);
    const isAll = (isExact: boolean, { plays }: typeof all) =>
      plays.every(({ kind, video }) => kind === 'shift' || video?.is_exact === isExact);
    expect(isAll(false, all)).toBe(true);
    await anchor(id, { period: 1, clock_s: 0, video_s: 0 });
    expect(isAll(true, await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({})))).toBe(true);
  });

  it('run from an anchor to the next stoppage; behind one without an anchor they say about', async () => {
    await bringNhl(...PLAYS);
    const id = await film(1, 100);
    expect((await seen()).every((play) => play.endsWith('-'))).toBe(true);
    await anchor(id, { period: 1, clock_s: 0, video_s: 5 });
    expect(await seen()).toEqual([
      ...['period-start 5', 'faceoff 5', 'hit 15', 'stoppage 45', 'faceoff ~45', 'shot-on-goal ~55'],
    ]);
    await anchor(id, { period: 1, clock_s: 0, video_s: 5 }, { period: 1, clock_s: 40, video_s: 77 });
    expect(await seen()).toEqual([
      ...['period-start 5', 'faceoff 5', 'hit 15', 'stoppage 45', 'faceoff 77', 'shot-on-goal 87'],
    ]);
  });

  it('go on in overtime, which may be in the third period’s master', async () => {
    await bringNhl(nhl(1, 'faceoff', '00:00', 3), nhl(2, 'faceoff', '00:00', 4), nhl(3, 'goal', '01:00', 4));
    const id = await film(3, 500);
    await anchor(id, { period: 3, clock_s: 0, video_s: 0 }, { period: 4, clock_s: 0, video_s: 300 });
    expect(await seen()).toEqual(['faceoff 0', 'faceoff 300', 'goal 360']);
  });
});

it('ends runs of the clock at the same plays in the database and outside', async () => {
  const [row] = await portal.db.$queryRaw<{ text: string }[]>`
    SELECT pg_get_functiondef('media.places_of(bigint[])'::regprocedure) AS text`;
  expect(row?.text).toContain(`p.name IN (${ENDS_OF_RUNS.map((name) => `'${name}'`).join(', ')})`);
});

describe('a time line', () => {
  it('has the time of its master, or of all masters of the game one after the other', async () => {
    await bring(timeLine(instance({ start: '12', end: '20' })));
    const first = await film(1, 100);
    expect(await seen()).toEqual(['Zone entry 12']);
    const second = await film(2, 100);
    await bring(
      timeLine([instance({ start: '12', end: '20' }), instance({ id: '6', start: '112', end: '118' })].join('')),
    );
    expect(await seen()).toEqual(['Zone entry ~12', 'Zone entry ~12']);
    expect(await mastersSeen()).toEqual([first, second]);
  });
});

describe('anchors', () => {
  it('are set by those who mark clips, written down, and told to those who watch', async () => {
    const id = await film(1, 100);
    const set = { period: 1, clock_s: 0, video_s: 2, rate: 1, is_set: true };
    expect(await anchor(id, { period: 1, clock_s: 0, video_s: 2 })).toMatchObject({ anchors: [set] });
    expect(await getAnchors(portal.deps, { ...coach, keyScope: 'read' }, id)).toMatchObject({ anchors: [set] });
    const log = await portal.db.auditEntry.findFirst({ where: { action: 'master.anchor', targetId: id } });
    expect(log).toMatchObject({ actorUserId: coach.userId, teamCodes: ['MTL'] });
    for (const user of [caller('scout'), caller('player')]) {
      expect(await faultOf(setAnchors(portal.deps, user, { masterId: id }, []))).toMatchObject({ status: 403 });
      expect(await faultOf(getAnchors(portal.deps, user, id))).toMatchObject({ status: 403 });
    }
    const other = caller('coach', { teamAccess: ['CHI'] });
    expect(await faultOf(setAnchors(portal.deps, other, { masterId: id }, []))).toMatchObject({ status: 404 });
    expect(await faultOf(getAnchors(portal.deps, other, id))).toMatchObject({ status: 404 });
    expect(await faultOf(anchor(id, { period: 1, clock_s: 0, video_s: 101 }))).toMatchObject({ code: 'beyond_master' });
  });

  it.each([
    [[{ period: 1, clock_s: -1, video_s: 0 }]],
    [[{ period: 0, clock_s: 1, video_s: 0 }]],
    [[{ period: 1, clock_s: 1e9, video_s: 0 }]],
    [[{ period: 1, clock_s: 0, video_s: 0, rate: 0 }]],
    [
      [
        { period: 1, clock_s: 9, video_s: 5 },
        { period: 1, clock_s: 3, video_s: 6 },
      ],
    ],
    [
      [
        { period: 1, clock_s: 3, video_s: 5 },
        { period: 1, clock_s: 3, video_s: 6 },
      ],
    ],
  ])('are refused when they contradict each other, or time: %j', (anchors) => {
    expect(putAnchorsSchema.safeParse(anchors).success).toBe(false);
  });

  it('are set from a version: of two who tie at once the second is told, and nothing is lost', async () => {
    const id = await film(1, 100);
    const { version } = await getAnchors(portal.deps, coach, id);
    const set = (video_s: number, ifMatch: string) =>
      setAnchors(portal.deps, coach, { masterId: id, ifMatch: [ifMatch] }, [
        { period: 1, clock_s: 0, video_s, rate: 1 },
      ]);
    const first = await set(2, version);
    expect(first.version).not.toBe(version);
    const fault = await faultOf(set(7, version));
    expect(fault).toMatchObject({ status: 412, code: 'stale_edit' });
    expect((await getAnchors(portal.deps, coach, id)).anchors).toMatchObject([{ video_s: 2 }]);
    // Taken back, it is what it was: whoever starts from there is not told of anything.
    const back = await setAnchors(portal.deps, coach, { masterId: id, ifMatch: [first.version] }, []);
    expect(back.version).toBe(version);
  });

  it('show nothing of masters to players', async () => {
    await bring(SEQUENCE);
    await film(1, 100);
    const player = caller('player', { teamAccess: ['MTL'], playerId: '8480018' });
    expect(await seen({}, player)).toEqual(['carry -', 'shot -']);
  });
});

describe('what others hear', () => {
  const heardBy = async (user: UserContext) => {
    const events = await settledEvents(portal.db, user);
    return events.filter((event) => mayHear(user, event)).map((event) => eventJson(event));
  };
  const told = (type: string) => expect.objectContaining({ type, ...GAME });
  const player = (playerId: string, team = 'MTL') => enlist(portal.deps, 'player', { teamAccess: [team], playerId });

  beforeEach(() => portal.db.event.deleteMany());

  it('is that plays have come: players hear it of their own, and other teams nothing', async () => {
    const [named, unnamed, elsewhere] = [
      await player('8480018'),
      await player('8480099'),
      await player('8480018', 'CHI'),
    ];
    await bring(SEQUENCE);
    for (const user of [coach, caller('admin'), caller('scout', { teamAccess: ['MTL'] }), named]) {
      expect(await heardBy(user)).toEqual([told('plays.changed')]);
    }
    for (const user of [unnamed, elsewhere, caller('coach', { teamAccess: ['CHI'] })]) {
      expect(await heardBy(user)).toEqual([]);
    }
    await bring(SEQUENCE);
    expect(await heardBy(coach)).toHaveLength(1);
    await portal.db.game.deleteMany();
    expect(await heardBy(named)).toHaveLength(2);
  });

  it('is that clocks are tied, for those who see whole games', async () => {
    const named = await player('8480018');
    const id = await film(1, 100);
    await portal.db.event.deleteMany();
    await anchor(id, { period: 1, clock_s: 0, video_s: 2 });
    await anchor(id, { period: 1, clock_s: 0, video_s: 2 });
    await anchor(id, { period: 1, clock_s: 0, video_s: 3 }, { period: 2, clock_s: 0, video_s: 50 });
    await anchor(id);
    expect(await heardBy(coach)).toEqual([1, 2, 3].map(() => told('anchors.changed')));
    expect(await heardBy(named)).toEqual([]);
  });
});
