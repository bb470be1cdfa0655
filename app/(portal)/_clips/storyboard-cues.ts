/** One small picture of the storyboard: when it shows (seconds), and where it lies in which sprite (pixels). */
export interface StoryboardCue {
  url: string;
  startS: number;
  endS: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

const TIMING = /^(?:(\d{2,}):)?(\d{2}):(\d{2}\.\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?(\d{2}):(\d{2}\.\d{3})/;
const PLACE = /#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)\s*$/;

const seconds = (hours: string | undefined, minutes: string | undefined, rest: string | undefined): number =>
  Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest);

const readCue = (timing: string, payload: string): StoryboardCue | null => {
  const time = TIMING.exec(timing);
  const place = PLACE.exec(payload);
  if (!time || !place) return null;
  const [x = 0, y = 0, width = 0, height = 0] = place.slice(1).map(Number);
  if (width === 0 || height === 0) return null;
  const [startS, endS] = [seconds(time[1], time[2], time[3]), seconds(time[4], time[5], time[6])];
  return { url: payload.slice(0, place.index), startS, endS, x, y, width, height };
};

/**
 * Reads a storyboard's WebVTT (W3C WebVTT; cue payloads are `image-url#xywh=x,y,w,h`, W3C Media Fragments).
 * What is no picture cue is passed over; the rest comes in time order. Text that is no WebVTT gives no cue.
 */
export const readStoryboardCues = (vtt: string): StoryboardCue[] => {
  const text = vtt.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  if (!text.startsWith('WEBVTT')) return [];
  return text
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n');
      const at = lines.findIndex((line) => line.includes('-->'));
      const cue = at < 0 ? null : readCue(lines[at] ?? '', lines[at + 1] ?? '');
      return cue ? [cue] : [];
    })
    .sort((a, b) => a.startS - b.startS);
};

/** The picture at a place from 0 (first) to 1 (last) of the clip; `null` without pictures. */
export const cueAt = (cues: readonly StoryboardCue[], fraction: number): StoryboardCue | null => {
  const last = cues.at(-1);
  const first = cues[0];
  if (!first || !last) return null;
  const moment = first.startS + Math.min(1, Math.max(0, fraction)) * (last.endS - first.startS);
  return cues.findLast((cue) => cue.startS <= moment) ?? first;
};
