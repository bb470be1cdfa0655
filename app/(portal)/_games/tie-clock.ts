import { type Anchor, type AnchorListJson, ENDS_OF_RUNS } from '#lib/plays/anchor-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** A play at a moment of its period's clock. */
export type ClockedPlay = PlayJson & { period: number; clock_s: number };

export const isClocked = (play: PlayJson): play is ClockedPlay =>
  play.kind === 'event' && play.period !== null && play.clock_s !== null;

/** What a change made of the anchors of a master, and how that is called. */
export interface TieChange {
  anchors: Anchor[];
  kind: 'tied' | 'moved' | 'rate' | 'removed' | 'same';
}

/** How fast the master goes by the file's time: alike, or one of them has 30000/1001 frames a second counted as 30. */
export const RATES = [1, 1.001, 0.999001] as const;

/** Over less than this no rate can be told from a hand that was late. */
const MIN_SPAN_S = 300;
/** How far from its place by a rate a play may be pressed, in seconds. */
const RATE_TOLERANCE_S = 0.25;
/** A play that ends a run is tied a moment before: at its own, the clock has the run behind the stoppage as well. */
const BEFORE_STOPPAGE_S = 0.001;
/** Closer to its place than this, a play is there already. */
const SAME_S = 0.01;

/** The anchors that people set, as they are sent. */
export const setAnchorsOf = ({ anchors }: AnchorListJson): Anchor[] =>
  anchors
    .filter(({ is_set }) => is_set)
    .map(({ period, clock_s, video_s, rate }) => ({ period, clock_s, video_s, rate }));

const toUs = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** Says that the picture at `atS` is the period's opening face-off. */
const openingAnchor = (period: number, atS: number): Anchor => ({ period, clock_s: 0, video_s: toUs(atS), rate: 1 });

/** Says that the picture at `atS` is a play. */
export function anchorOfPlay({ period, clock_s, name }: ClockedPlay, atS: number, rate = 1): Anchor {
  const before = ENDS_OF_RUNS.includes(name) ? Math.min(BEFORE_STOPPAGE_S, clock_s, atS) : 0;
  return { period, clock_s: toUs(clock_s - before), video_s: toUs(atS - before), rate };
}

const ofPeriod = (anchors: readonly Anchor[], period: number): Anchor[] =>
  anchors.filter((anchor) => anchor.period === period).toSorted((a, b) => a.clock_s - b.clock_s);

/** Puts an anchor among others. Those of its period that contradict it, or say the same moment, give way: the last word counts. */
function withAnchor(anchors: readonly Anchor[], added: Anchor): Anchor[] {
  const agrees = ({ period, clock_s, video_s }: Anchor) =>
    period !== added.period || (clock_s - added.clock_s) * (video_s - added.video_s) > 0;
  return [...anchors.filter(agrees), added];
}

/** The anchor that a moment of the clock goes by: the last before it, or the first behind. */
const governing = (anchors: readonly Anchor[], { period, clock_s }: Pick<Anchor, 'period' | 'clock_s'>) => {
  const all = ofPeriod(anchors, period);
  return all.findLast((anchor) => anchor.clock_s <= clock_s) ?? all[0];
};

/** The opening face-off of a period is on screen: all of its plays follow. */
export function tieOpening(anchors: readonly Anchor[], period: number, atS: number): TieChange {
  const rate = ofPeriod(anchors, period)[0]?.rate ?? 1;
  return { kind: 'tied', anchors: withAnchor(anchors, { ...openingAnchor(period, atS), rate }) };
}

/** The rate by which a play that lies far from its anchor is where it was pressed; `null` when none does that. */
function rateFor(by: Anchor, placedS: number, atS: number): number | null {
  const fileS = (placedS - by.video_s) / by.rate;
  if (fileS < MIN_SPAN_S) return null;
  const missesS = (rate: number) => Math.abs(by.video_s + fileS * rate - atS);
  const best = RATES.toSorted((a, b) => missesS(a) - missesS(b))[0] ?? 1;
  return best !== by.rate && missesS(best) <= RATE_TOLERANCE_S ? best : null;
}

/** What is to be said of the play on screen. */
export interface PlayOnScreen {
  play: ClockedPlay;
  atS: number;
  masterId: string;
  /** Whether a file times the period from its opening face-off: stoppages are no unknown there. */
  isTimed: boolean;
}

/**
 * A play is on screen. Where a file times the period, one anchor is enough: the rate is put right when that explains where
 * the play was found, and else the whole period moves. Where only the clock is known, it is one more anchor, which counts
 * from this play on: what lies between is about a stoppage whose length nobody knows.
 */
export function tiePlay(anchors: readonly Anchor[], { play, atS, masterId, isTimed }: PlayOnScreen): TieChange {
  const by = governing(anchors, play);
  const placedS = play.video?.master_id === masterId ? play.video.at_s : null;
  if (!by) return { kind: 'tied', anchors: withAnchor(anchors, anchorOfPlay(play, atS)) };
  if (placedS !== null && play.video?.is_exact && Math.abs(placedS - atS) < SAME_S) {
    return { kind: 'same', anchors: [...anchors] };
  }
  if (!isTimed) return { kind: 'tied', anchors: withAnchor(anchors, anchorOfPlay(play, atS)) };
  const rate = placedS === null ? null : rateFor(by, placedS, atS);
  const others = anchors.filter((anchor) => anchor !== by);
  if (rate !== null) return { kind: 'rate', anchors: [...others, { ...by, rate }] };
  return { kind: 'moved', anchors: withAnchor(others, anchorOfPlay(play, atS, by.rate)) };
}

/** From a play on the film goes on elsewhere: something was cut out of it, or it was stopped. */
export function tieFromHere(anchors: readonly Anchor[], { play, atS }: Pick<PlayOnScreen, 'play' | 'atS'>): TieChange {
  const rate = governing(anchors, play)?.rate ?? 1;
  return { kind: 'tied', anchors: withAnchor(anchors, anchorOfPlay(play, atS, rate)) };
}

interface Nudge {
  period: number;
  byS: number;
  masterId: string;
  /** Plays of the game: one of them takes over when the opening face-off comes to lie before the master. */
  plays: readonly PlayJson[];
}

/** Moves a period in its master; `null` where nothing of it is tied, or nothing could be moved further. */
export function nudged(known: AnchorListJson, { period, byS, masterId, plays }: Nudge): Anchor[] | null {
  const set = setAnchorsOf(known);
  const ofIt = ofPeriod(set, period);
  const presumed = known.anchors.find((anchor) => !anchor.is_set && anchor.period === period);
  const own = ofIt.length > 0 ? ofIt : presumed ? [openingAnchor(period, presumed.video_s)] : [];
  const others = set.filter((anchor) => anchor.period !== period);
  const moved = own.map((anchor) => ({ ...anchor, video_s: toUs(anchor.video_s + byS) }));
  const within = moved.filter(({ video_s }) => video_s >= 0);
  if (within.length === moved.length) return moved.length > 0 ? [...others, ...moved] : null;
  const first = plays.find(
    (play): play is ClockedPlay =>
      isClocked(play) &&
      play.period === period &&
      play.video?.master_id === masterId &&
      play.video.at_s + byS > 0 &&
      !ENDS_OF_RUNS.includes(play.name),
  );
  if (!first?.video) return within.length > 0 ? [...others, ...within] : null;
  const taken = anchorOfPlay(first, first.video.at_s + byS, own[0]?.rate);
  return [...others, ...within.reduce<Anchor[]>((all, anchor) => withAnchor(all, anchor), [taken])];
}

/** Plays as they lie once a period has been moved, until the server says so. */
export const movedPlays = (plays: readonly PlayJson[], { period, byS, masterId }: Omit<Nudge, 'plays'>): PlayJson[] =>
  plays.map((play) =>
    play.period === period && play.video?.master_id === masterId
      ? { ...play, video: { ...play.video, at_s: Math.max(0, toUs(play.video.at_s + byS)) } }
      : play,
  );

/** Plays whose moment is plain to see, the plainest first. */
const PLAIN = ['faceoff', 'goal', 'shot', 'shot-on-goal', 'hit', 'check', 'whistle', 'stoppage'];
const CHECKED = 3;
/** The part of a period that counts as its end: what is off by its rate is off most there. */
const END_PART = 0.3;
/** Closer together than this, two plays check the same. */
const APART_S = 5;

/** Three plays near the end of a period, as this master shows it, to look whether they are where they should be. */
export function checkPlays(plays: readonly PlayJson[], masterId: string, period: number): ClockedPlay[] {
  const placed = plays
    .filter((play): play is ClockedPlay => isClocked(play) && play.period === period)
    .filter(({ video }) => video?.master_id === masterId)
    .toSorted((a, b) => a.clock_s - b.clock_s);
  const [first, last] = [placed[0]?.clock_s ?? 0, placed.at(-1)?.clock_s ?? 0];
  const rank = ({ name }: PlayJson) => (PLAIN.includes(name) ? PLAIN.indexOf(name) : PLAIN.length);
  const late = placed.filter(({ clock_s }) => clock_s >= last - (last - first) * END_PART);
  const chosen: ClockedPlay[] = [];
  const plainest = late.toSorted((a, b) => rank(a) - rank(b) || b.clock_s - a.clock_s);
  const choose = (from: readonly ClockedPlay[], apartS: number) => {
    for (const play of from) {
      const isApart = chosen.every(({ clock_s }) => Math.abs(clock_s - play.clock_s) >= apartS);
      if (chosen.length < CHECKED && isApart) chosen.push(play);
    }
  };
  choose(plainest, APART_S);
  // Where there is little to see, also what lies close together, or earlier.
  choose([...plainest, ...placed.toReversed()], Number.MIN_VALUE);
  return chosen.toSorted((a, b) => a.clock_s - b.clock_s);
}
