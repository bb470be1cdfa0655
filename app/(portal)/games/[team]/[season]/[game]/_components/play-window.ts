import { type AskedLeadLag, leadLagOf, USUAL_LEAD_LAG } from '#lib/plays/lead-lag-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** What is played of a play: from before it, as long as it lasts, to behind it. */
export interface PlayWindow {
  leadS: number;
  lastsS: number;
  lagS: number;
}

/** How long a play lasts that is not over in a moment, as a shift. */
const lastsOf = ({ clock_s, end_clock_s }: PlayJson): number =>
  clock_s === null || end_clock_s === null ? 0 : Math.max(0, end_clock_s - clock_s);

/** The window of a play: as its kind has it, where nobody asks for another. Without a play, what most have. */
export function windowOf(play: PlayJson | null, asked: AskedLeadLag): PlayWindow {
  const lastsS = play ? lastsOf(play) : 0;
  const { lead_s, lag_s } = play
    ? leadLagOf({ name: play.name, kind: play.kind, lasts_s: lastsS }, asked)
    : { ...USUAL_LEAD_LAG, ...asked };
  return { leadS: lead_s, lastsS, lagS: lag_s };
}
