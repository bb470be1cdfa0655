/** A stretch of a clip: from `at_s` on the clock runs until it shows `until_clock_s`, and stands. */
export interface ClockStretch {
  at_s: number;
  clock_s: number;
  until_clock_s: number | null;
  /** Seconds of the film for each of the clock's. */
  rate: number;
}

/** What the clock of the game shows in a clip: elapsed in the period, as of plays. */
export interface ClipClock {
  period: number;
  /** Of the play that the clip was made of. */
  clock_s: number | null;
  /** In order; none where nothing ties the clock to the film. */
  stretches: ClockStretch[];
}

/** What the game's clock shows at a moment of a clip: where nothing ties it to the film, that of the clip's play throughout. */
export function clockAt({ stretches, clock_s }: ClipClock, atS: number): number | null {
  const stretch = stretches.findLast(({ at_s }) => at_s <= atS) ?? stretches[0];
  if (!stretch) return clock_s;
  const goneS = Math.max(0, atS - stretch.at_s) / stretch.rate;
  return Math.min(stretch.clock_s + goneS, stretch.until_clock_s ?? Number.POSITIVE_INFINITY);
}
