import type { ClipFacts } from './clip.ts';

/** Not allowed in file names on Windows, or a folder's separator somewhere. */
const UNSAFE = /[<>:"/\\|?*\p{Cc}]+/gu;

/** `zone_entry`, `zone-entry` and `zoneEntry` are `Zone entry`; what has no such seams stays one word. */
export function readable(eventType: string): string {
  const words = eventType.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[\s_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** `P1` to `P3`, then overtime: `OT`, `2OT` … */
export function periodOf(period: number): string {
  if (period <= 3) return `P${period}`;
  return period === 4 ? 'OT' : `${period - 3}OT`;
}

/** Where in the master the clip begins: `12m34s`, `1h02m34s`. A colon is no part of a file name. */
export function timecodeOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = `${two(Math.floor(whole / 60) % 60)}m${two(whole % 60)}s`;
  return whole < 3600 ? minutes : `${Math.floor(whole / 3600)}h${minutes}`;
}

/** A text as a part of a file's name on every system. */
export const safeName = (text: string): string => text.replaceAll(UNSAFE, ' ').replaceAll(/\s+/g, ' ').trim();

export type NamedFacts = Pick<
  ClipFacts,
  | 'game_date'
  | 'game_id'
  | 'team_code'
  | 'opponent_code'
  | 'period'
  | 'start_timecode_s'
  | 'event_type'
  | 'player_name'
  | 'player_id'
>;

/**
 * The name under which a clip is saved, in the words of the one who cut it, sorted by game and time in a folder:
 * `2025-10-11 MTL-CHI P2 12m34s Zone entry Nick Suzuki.mp4`.
 */
export function clipFileName(clip: NamedFacts): string {
  const parts = [
    clip.game_date ?? `Game ${clip.game_id}`,
    [clip.team_code, clip.opponent_code].filter(Boolean).join('-'),
    clip.period === null ? '' : periodOf(clip.period),
    timecodeOf(clip.start_timecode_s),
    readable(clip.event_type),
    clip.player_name ?? `Player ${clip.player_id}`,
  ];
  return `${safeName(parts.join(' '))}.mp4`;
}
