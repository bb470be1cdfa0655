/**
 * Timecodes `HH:MM:SS:FF`, counted in frames without dropping any (SMPTE ST 12-1, non-drop): the FF field runs to the
 * nominal rate, so at 29.97 the label counts 30 frames a second while the clock needs 1.001 s for them.
 */

/** An exact frame rate: 30000/1001, and 30, the rate that the FF field counts by. */
export interface FrameRate {
  num: number;
  den: number;
  nominal: number;
}

/** Rates are written with three decimals or less (FRAME-RATE, ffprobe summaries): how far one may lie from the exact. */
const RATE_TOLERANCE = 0.006;

/** How far below a frame's first moment a time may lie and still mean that frame, in frames: floating point, no more. */
const FRAME_TOLERANCE = 1e-4;

/** Finds the exact rate behind a rounded one (29.97 → 30000/1001). Throws `RangeError` for what is no rate. */
export function frameRateOf(framesPerSecond: number): FrameRate {
  if (!(framesPerSecond > 0) || !Number.isFinite(framesPerSecond)) {
    throw new RangeError(`${framesPerSecond} is no frame rate.`);
  }
  const nominal = Math.max(1, Math.round(framesPerSecond));
  if (Math.abs(framesPerSecond - nominal) < RATE_TOLERANCE) return { num: nominal, den: 1, nominal };
  if (Math.abs(framesPerSecond - (nominal * 1000) / 1001) < RATE_TOLERANCE) {
    return { num: nominal * 1000, den: 1001, nominal };
  }
  return { num: framesPerSecond, den: 1, nominal };
}

/** The frame on screen at a moment, counted from 0. */
export const frameAt = (seconds: number, rate: FrameRate): number =>
  Math.max(0, Math.floor((seconds * rate.num) / rate.den + FRAME_TOLERANCE));

/** The first moment of a frame, in seconds. */
export const secondsOfFrame = (frame: number, rate: FrameRate): number => (frame * rate.den) / rate.num;

const two = (value: number) => String(value).padStart(2, '0');

/** Writes a frame number as `HH:MM:SS:FF`; hours grow past two digits when they must. */
export function formatFrame(frame: number, rate: FrameRate): string {
  const seconds = Math.floor(frame / rate.nominal);
  const fields = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % rate.nominal];
  return fields.map(two).join(':');
}

/** Writes a moment as the timecode of the frame on screen then. */
export const formatTimecode = (seconds: number, rate: FrameRate): string => formatFrame(frameAt(seconds, rate), rate);

/** Writes a moment as `HH:MM:SS.mmm`, for when the frame rate is not known. */
export function formatClock(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const whole = Math.floor(ms / 1000);
  const fields = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${fields}.${String(ms % 1000).padStart(3, '0')}`;
}

const SECONDS = /^\d{1,6}([.,]\d{1,9})?$/;
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)$/;
const TIMECODE = /^(\d{1,3}):(\d{1,2}):(\d{1,2})[:;](\d{1,3})$/;

const decimal = (text: string) => Number(text.replace(',', '.'));

/**
 * Reads what a person types for a moment of the master: a timecode `HH:MM:SS:FF`, a clock `MM:SS` or `HH:MM:SS.mmm`,
 * or plain seconds (`12.5`, `12,5`). Answers seconds, or `null` when it is none of these.
 */
export function parseTimecode(text: string, rate: FrameRate): number | null {
  const value = text.trim();
  if (SECONDS.test(value)) return decimal(value);
  const timecode = TIMECODE.exec(value);
  if (timecode) {
    const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode.slice(1).map(Number);
    if (minutes > 59 || seconds > 59 || frames >= rate.nominal) return null;
    return secondsOfFrame((hours * 3600 + minutes * 60 + seconds) * rate.nominal + frames, rate);
  }
  const clock = CLOCK.exec(value);
  if (!clock) return null;
  const [, hours, minutes = '', seconds = ''] = clock;
  if (decimal(seconds) >= 60 || (hours !== undefined && Number(minutes) > 59)) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + decimal(seconds);
}
