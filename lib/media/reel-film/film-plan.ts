import { type Rung, renditionLadder } from '#lib/media/cut/ladder.ts';
import type { MasterFacts, Rational } from '#lib/media/media-types.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { FilmNote } from '#lib/media/reel-work.ts';

export const AUDIO_RATE_HZ = 48_000;
/** How long a title card stands. */
export const CARD_S = 3;
/** How long a note shows for which the picture does not stand still. */
const SHOWN_S = 3;
/** Frames a second beyond this are no film of people on ice. */
const MAX_RATE = 60;

/** The size and the rate of all of a film. */
export interface FilmFrame {
  rung: Rung;
  rate: Rational;
}

/** A clip of a film as it was found. */
export interface FoundItem {
  facts: MasterFacts;
  /** How long the piece of it lasts. */
  lengthS: number;
}

/** A note in its item, in frames from the item's first. */
export interface PlacedNote {
  note: FilmNote;
  /** The first frame that shows it, and how many do. */
  at: number;
  count: number;
  /** How often the first frame is shown again. */
  held: number;
}

/**
 * One size and one rate for all of a film: the size of the item with the most pixels, at most 1080 on its short side, into
 * which the others are fitted with black bars; and the rate that most of the film's time has, at most 60 a second, of two the
 * higher.
 */
export function chooseFrame(items: readonly FoundItem[]): FilmFrame {
  const rates = items.map(({ facts }) => facts.video.frameRate).filter((rate) => toNumber(rate) <= MAX_RATE);
  const secondsAt = (rate: Rational): number =>
    items
      .filter(({ facts }) => toNumber(facts.video.frameRate) === toNumber(rate))
      .reduce((total, { lengthS }) => total + lengthS, 0);
  const rate = rates.toSorted((a, b) => secondsAt(b) - secondsAt(a) || toNumber(b) - toNumber(a))[0] ?? {
    ...{ num: MAX_RATE, den: 1 },
  };
  const rungs = items.map(({ facts }) => renditionLadder({ video: { ...facts.video, frameRate: rate } })[0]);
  const rung = rungs.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (!rung) throw new Error('A film has a picture.');
  return { rung, rate };
}

/** A picture within the frame, as large as it goes in: where it lies, and its size. All are even. */
export function fitted(picture: { width: number; height: number }, frame: { width: number; height: number }) {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const even = (pixels: number, most: number) => Math.min(most, Math.max(2, Math.round(pixels / 2) * 2));
  const width = even(picture.width * scale, frame.width);
  const height = even(picture.height * scale, frame.height);
  const middle = (whole: number, part: number) => Math.floor((whole - part) / 4) * 2;
  return { x: middle(frame.width, width), y: middle(frame.height, height), width, height };
}

export const framesIn = (lengthS: number, rate: Rational): number =>
  Math.max(1, Math.round((lengthS * rate.num) / rate.den));

export const secondsOf = (frames: number, rate: Rational): number => (frames * rate.den) / rate.num;

/** How many samples of sound go with so many frames. */
export const samplesOf = (frames: number, rate: Rational): number =>
  Math.round(secondsOf(frames, rate) * AUDIO_RATE_HZ);

/** The notes of an item that lie in its trim, in their order, with the frames that are held for those before counted. */
export function placeNotes(
  notes: readonly FilmNote[],
  { inS, lengthS, rate }: { inS: number; lengthS: number; rate: Rational },
): PlacedNote[] {
  const frames = framesIn(lengthS, rate);
  let heldBefore = 0;
  return notes
    .filter(({ atS }) => atS >= inS && atS < inS + lengthS)
    .toSorted((a, b) => a.atS - b.atS)
    .map((note) => {
      const own = Math.min(frames - 1, Math.round(((note.atS - inS) * rate.num) / rate.den));
      const held = Math.round((note.holdS * rate.num) / rate.den);
      const at = own + heldBefore;
      heldBefore += held;
      return { note, at, held, count: held > 0 ? held + 1 : framesIn(SHOWN_S, rate) };
    });
}
