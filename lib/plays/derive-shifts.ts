import { blankPlay, type Play } from './play.ts';

/** Somebody who is on the ice, since when, and what of it was seen last. */
interface OpenShift {
  first: Play;
  last: Play;
  team: string | null;
}

const shiftOf = (player_id: string, { first, last, team }: OpenShift): Play | null => {
  if (first.period === null || first.clock_s === null || last.clock_s === null) return null;
  if (last.clock_s <= first.clock_s) return null;
  return {
    ...blankPlay({
      ...{ line: first.line, name: 'shift', part: first.part },
      source_id: `shift:${first.period}:${first.clock_s}:${player_id}`,
    }),
    ...{ kind: 'shift', period: first.period, player_id, acting_team: team },
    ...{ clock_s: first.clock_s, end_clock_s: last.clock_s, video_s: first.video_s, end_video_s: last.video_s },
  };
};

/** Everybody on the ice at a play, with their team as far as it is told; `null` when the play does not say. */
function onIceAt({ on_ice, against, acting_team }: Play, other: string | null): Map<string, string | null> | null {
  if (on_ice.length === 0 && against.length === 0) return null;
  return new Map([...against.map((id) => [id, other] as const), ...on_ice.map((id) => [id, acting_team] as const)]);
}

/**
 * The shifts that plays tell of, one each (contract §8): from the first play that has somebody on the ice to the first one
 * that has not, or the last of the period. A shift ends at a play that shows the change; in between nobody saw it. Plays
 * that say nothing of who is on, stoppages, change nothing.
 */
export function deriveShifts(plays: readonly Play[]): Play[] {
  const teams = [...new Set(plays.flatMap(({ acting_team }) => acting_team ?? []))];
  const otherOf = (team: string | null) => (teams.length === 2 ? (teams.find((each) => each !== team) ?? null) : null);
  const shifts: Play[] = [];
  const timed = plays.filter(({ kind, period, clock_s }) => kind === 'event' && period !== null && clock_s !== null);
  for (const [, inPeriod] of Map.groupBy(timed, ({ period }) => period)) {
    const open = new Map<string, OpenShift>();
    const close = (id: string, shift: OpenShift) => {
      open.delete(id);
      const made = shiftOf(id, shift);
      if (made) shifts.push(made);
    };
    for (const play of inPeriod.toSorted((a, b) => (a.clock_s ?? 0) - (b.clock_s ?? 0))) {
      const onIce = onIceAt(play, otherOf(play.acting_team));
      if (!onIce) continue;
      for (const [id, shift] of open) {
        if (onIce.has(id)) shift.last = play;
        else close(id, { ...shift, last: play });
      }
      for (const [id, team] of onIce) if (!open.has(id)) open.set(id, { first: play, last: play, team });
    }
    for (const [id, shift] of open) close(id, shift);
  }
  return shifts;
}
