import type { PlayToClip } from './clip-plays-repo.ts';
import type { ClipPlays, ClippedPlaysJson } from './clip-plays-schemas.ts';
import { type AskedLeadLag, leadLagOf } from './lead-lag-schemas.ts';

/** What is seen about a moment that is not known exactly: the stoppage before it is so long, as a rule. */
const WIDER = { lead_s: 4, lag_s: 8 };

/** No clip of plays is longer: what is merged beyond it is another one, and a longer shift ends there. */
const MAX_DURATION_S = 120;

/** A clip that is to be made of plays, the first of which it is named by. */
export interface PlannedClip {
  plays: [PlayToClip, ...PlayToClip[]];
  master_id: string;
  start_s: number;
  end_s: number;
  is_exact: boolean;
}

type Skipped = ClippedPlaysJson['skipped'][number];

const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** The part of a master that a play is seen in, or why there is none. */
function windowOf(play: PlayToClip, asked: AskedLeadLag): PlannedClip | Skipped['reason'] {
  const { master_id, at_s, end_at_s, is_exact, is_presumed, film_s } = play;
  if (master_id === null || at_s === null) return 'no_video';
  if (play.player_id === null) return 'no_player';
  const beyond = leadLagOf({ name: play.name, kind: play.kind, lasts_s: (end_at_s ?? at_s) - at_s }, asked);
  // A film that begins elsewhere is off by any length: wider would not help, and most begin with the face-off.
  const wider = is_exact || is_presumed ? { lead_s: 0, lag_s: 0 } : WIDER;
  const start_s = toMs(Math.max(0, at_s - beyond.lead_s - wider.lead_s));
  const lasts_s = (end_at_s ?? at_s) + beyond.lag_s + wider.lag_s;
  const end_s = toMs(Math.min(lasts_s, film_s ?? lasts_s, start_s + MAX_DURATION_S));
  if (end_s <= start_s) return 'no_video';
  return { plays: [play], master_id, start_s, end_s, is_exact: is_exact === true };
}

/** Makes one of those that follow each other closely in one master, as long as that stays a clip. */
function merged(clips: readonly PlannedClip[], withinS: number): PlannedClip[] {
  const all: PlannedClip[] = [];
  const inOrder = clips.toSorted((a, b) => a.master_id.localeCompare(b.master_id) || a.start_s - b.start_s);
  for (const clip of inOrder) {
    const last = all.at(-1);
    const end_s = Math.max(last?.end_s ?? 0, clip.end_s);
    if (
      last?.master_id === clip.master_id &&
      clip.start_s <= last.end_s + withinS &&
      end_s - last.start_s <= MAX_DURATION_S
    ) {
      last.plays.push(...clip.plays);
      last.end_s = end_s;
      last.is_exact &&= clip.is_exact;
    } else all.push({ ...clip, plays: [...clip.plays] });
  }
  return all;
}

/** What is to be made of plays that are in no clip yet: a clip each, or one of several, and why there is none of some. */
export function planClips(
  plays: readonly PlayToClip[],
  request: AskedLeadLag & Pick<ClipPlays, 'merge_within_s'>,
): { planned: PlannedClip[]; skipped: Skipped[] } {
  const planned: PlannedClip[] = [];
  const skipped: Skipped[] = [];
  for (const play of plays) {
    const clip = windowOf(play, request);
    if (typeof clip === 'string') skipped.push({ play_id: play.id, reason: clip, detail: null });
    else planned.push(clip);
  }
  return { planned: request.merge_within_s === undefined ? planned : merged(planned, request.merge_within_s), skipped };
}
