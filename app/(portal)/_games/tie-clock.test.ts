import { describe, expect, it } from 'vitest';
import { type Anchor, type AnchorListJson, putAnchorsSchema } from '#lib/plays/anchor-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import {
  anchorOfPlay,
  type ClockedPlay,
  checkPlays,
  movedPlays,
  nudged,
  setAnchorsOf,
  tieFromHere,
  tieOpening,
  tiePlay,
} from './tie-clock.ts';

const FILM = '00000000-0000-4000-8000-000000000001';
const play = (name: string, clockS: number, atS: number | null, others: Partial<PlayJson> = {}): ClockedPlay => ({
  ...{ id: clockS * 10, team_code: 'MTL', season: '2025-2026', game_id: '20031', source: 'playsequence' },
  ...{ kind: 'event', end_clock_s: null, name, shorthand: null, type: null, outcome: null, zone: null },
  ...{ strength: null, acting_team: null, player_id: null, player_name: null, named_ids: [], on_ice: [], against: [] },
  ...{ x_ft: null, y_ft: null, labels: [], free_text: null, clip_id: null },
  video: atS === null ? null : { master_id: FILM, at_s: atS, is_exact: true },
  ...others,
  ...{ period: others.period ?? 1, clock_s: clockS },
});
const anchor = (clock_s: number, video_s: number, others: Partial<Anchor> = {}): Anchor => ({
  ...{ period: 1, clock_s, video_s, rate: 1 },
  ...others,
});
const known = (...anchors: (Anchor & { is_set?: boolean })[]): AnchorListJson => ({
  anchors: anchors.map((each) => ({ is_set: true, ...each })),
  version: 'a',
});
const onScreen = (of: ClockedPlay, atS: number, isTimed = true) => ({ play: of, atS, masterId: FILM, isTimed });
const isAccepted = (anchors: readonly Anchor[]) => putAnchorsSchema.safeParse(anchors).success;

describe('a period is tied', () => {
  it('by its opening face-off, beside other periods of the same file', () => {
    const second = anchor(0, 1900, { period: 2 });
    expect(tieOpening([second], 1, 12.5).anchors).toEqual([second, anchor(0, 12.5)]);
    // Once more: the last word counts, and the rate stays.
    const before = [second, anchor(0, 12.5, { rate: 1.001 })];
    expect(tieOpening(before, 1, 13).anchors).toEqual([second, anchor(0, 13, { rate: 1.001 })]);
    expect(tieOpening([], 4, 300).anchors).toEqual([anchor(0, 300, { period: 4 })]);
  });

  it('by any play, where the film begins in mid-period', () => {
    const { kind, anchors } = tiePlay([], onScreen(play('faceoff', 431, null), 4));
    expect({ kind, anchors }).toEqual({ kind: 'tied', anchors: [anchor(431, 4)] });
  });

  it('before the stoppage by what ends a run, and behind it by what begins one', () => {
    expect(anchorOfPlay(play('whistle', 40, 40), 52)).toEqual(anchor(39.999, 51.999));
    expect(anchorOfPlay(play('faceoff', 40, 70), 82)).toEqual(anchor(40, 82));
    expect(anchorOfPlay(play('goal', 0, 0), 0)).toEqual(anchor(0, 0));
  });

  it('anew: what contradicts the last word gives way', () => {
    const before = [anchor(0, 10), anchor(300, 400), anchor(600, 900)];
    const { anchors } = tieOpening(before, 1, 500);
    expect(anchors).toEqual([anchor(600, 900), anchor(0, 500)]);
    expect(isAccepted(anchors)).toBe(true);
  });
});

describe('a play that is elsewhere', () => {
  const opening = anchor(0, 10);

  it('near the end of a timed period says that frames are counted as 30 of 29.97 a second', () => {
    const last = play('faceoff', 1180, 10 + 1800);
    expect(tiePlay([opening], onScreen(last, 10 + 1800 * 1.001 + 0.1))).toEqual({
      ...{ kind: 'rate', anchors: [anchor(0, 10, { rate: 1.001 })] },
    });
    expect(tiePlay([opening], onScreen(last, 10 + 1800 / 1.001)).anchors).toEqual([anchor(0, 10, { rate: 0.999001 })]);
    // And back.
    const wrong = anchor(0, 10, { rate: 1.001 });
    const placed = play('faceoff', 1180, 10 + 1800 * 1.001);
    expect(tiePlay([wrong], onScreen(placed, 10 + 1800)).anchors).toEqual([opening]);
  });

  it('by what no rate explains, or so early that none can be told, moves the timed period', () => {
    const last = play('shot', 1180, 1810);
    expect(tiePlay([opening], onScreen(last, 1805))).toEqual({ kind: 'moved', anchors: [anchor(1180, 1805)] });
    const early = play('shot', 20, 30);
    const rated = anchor(0, 10, { rate: 1.001 });
    expect(tiePlay([rated], onScreen(early, 30.5)).anchors).toEqual([anchor(20, 30.5, { rate: 1.001 })]);
  });

  it('in a period whose clock alone is known is one more anchor, from there on', () => {
    const about = play('faceoff', 40, 50, { source: 'nhl', video: { master_id: FILM, at_s: 50, is_exact: false } });
    const expected = { kind: 'tied', anchors: [opening, anchor(40, 87)] };
    expect(tiePlay([opening], onScreen(about, 87, false))).toEqual(expected);
    // Where it is shown, but only about: that is said to be its place.
    expect(tiePlay([opening], onScreen(about, 50, false)).anchors).toEqual([opening, anchor(40, 50)]);
  });

  it('is there already when it is pressed in its place', () => {
    expect(tiePlay([opening], onScreen(play('shot', 20, 30), 30.001)).kind).toBe('same');
  });

  it('where the film was cut is tied from there on, and what lies before stays', () => {
    const { anchors } = tieFromHere([anchor(0, 10, { rate: 1.001 })], { play: play('shot', 600, 700), atS: 640 });
    expect(anchors).toEqual([anchor(0, 10, { rate: 1.001 }), anchor(600, 640, { rate: 1.001 })]);
  });
});

describe('a nudge', () => {
  const frame = 1001 / 30_000;
  const plays = [play('faceoff', 0, 0), play('whistle', 1, 0.01), play('carry', 2, 2), play('shot', 9, 9)];
  const by = (byS: number) => ({ period: 1, byS, masterId: FILM, plays });

  it('moves all anchors of the period by a frame, and no others', () => {
    const second = anchor(0, 500, { period: 2 });
    expect(nudged(known(anchor(0, 10), second, anchor(40, 80)), by(frame))).toEqual([
      ...[second, anchor(0, 10.033367), anchor(40, 80.033367)],
    ]);
    const there = nudged(known(anchor(0, 10)), by(frame)) ?? [];
    expect(nudged(known(...there), by(-frame))).toEqual([anchor(0, 10)]);
  });

  it('makes an anchor of what nobody has set, and moves nothing that is not tied', () => {
    expect(nudged(known({ ...anchor(0, 0), is_set: false }), by(frame))).toEqual([anchor(0, 0.033367)]);
    expect(nudged(known(), by(frame))).toBe(null);
    expect(setAnchorsOf(known({ ...anchor(0, 0), is_set: false }, anchor(0, 4, { period: 2 })))).toEqual([
      anchor(0, 4, { period: 2 }),
    ]);
  });

  it('goes by the first play that is seen once the face-off lies before the film', () => {
    const moved = nudged(known({ ...anchor(0, 0), is_set: false }), by(-1)) ?? [];
    expect(moved).toEqual([anchor(2, 1)]);
    expect(isAccepted(moved)).toBe(true);
    expect(nudged(known(anchor(0, 0)), { ...by(-1), plays: [] })).toBe(null);
  });

  it('is seen before the server has answered', () => {
    const other = play('shot', 9, 9, { period: 2 });
    const moved = movedPlays([...plays, other], { period: 1, byS: 0.5, masterId: FILM });
    expect(moved.map(({ video }) => video?.at_s)).toEqual([0.5, 0.51, 2.5, 9.5, 9]);
    expect(movedPlays(plays, { period: 1, byS: 0.5, masterId: 'another' })).toEqual(plays);
  });
});

describe('plays to check', () => {
  it('are three plain ones near the end of the period, apart from each other', () => {
    const plays = [
      ...[0, 300, 900, 1000, 1100].map((clockS) => play('faceoff', clockS, clockS + 10)),
      ...[play('faceoff', 1101, 1111), play('pass', 1150, 1160), play('shot', 1190, 1200)],
      ...[play('shot', 1195, null), play('faceoff', 1180, 1190, { period: 2 })],
    ];
    expect(checkPlays(plays, FILM, 1).map(({ name, clock_s }) => `${name} ${clock_s}`)).toEqual([
      ...['faceoff 900', 'faceoff 1000', 'faceoff 1101'],
    ]);
  });

  it('are as many as there are', () => {
    expect(checkPlays([play('pass', 5, 5)], FILM, 1)).toHaveLength(1);
    const close = [16, 17, 18, 18].map((clockS) => play('shot', clockS, clockS));
    expect(checkPlays(close, FILM, 1).map(({ clock_s }) => clock_s)).toEqual([16, 17, 18]);
    expect(checkPlays([], FILM, 1)).toEqual([]);
  });
});
