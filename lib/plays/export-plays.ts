import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { unprocessable } from '#lib/errors.ts';
import { type PlayToExport, selectPlaysToExport } from './export-repo.ts';
import type { ExportPlays } from './export-schemas.ts';
import { labelsOf, MOMENT } from './label-groups.ts';
import { leadLagOf } from './lead-lag-schemas.ts';
import { MAX_PLAYS } from './play.ts';
import { sportscodeXml, type TimeLineInstance, timeLineCsv } from './time-line.ts';

/** A period of the game's clock, for plays that no master of the game shows. */
const PERIOD_S = 1200;

/** An instance's own name, told apart from others of its code. */
function namerOfIds(): (play: PlayToExport) => string {
  const seen = new Set<string>();
  return ({ id, name, source, source_id }) => {
    const own = `${name}:`;
    // A time line's play keeps its name: exported and imported again it is the same.
    let word = source === 'sportscode' && source_id.startsWith(own) ? source_id.slice(own.length) : String(id);
    while (seen.has(`${name}:${word}`)) word = `${word}-2`;
    seen.add(`${name}:${word}`);
    return word;
  };
}

/** When a play is on the time line: in one master, in those of the game, or where none shows any, by the file or the clock. */
function timesOf(play: PlayToExport, { isOneMaster, isShown }: { isOneMaster: boolean; isShown: boolean }) {
  const { at_s, end_at_s, begins_s } = play;
  if (at_s !== null) {
    const zero_s = isOneMaster ? 0 : (begins_s ?? 0);
    return { start_s: zero_s + at_s, end_s: zero_s + (end_at_s ?? at_s) };
  }
  // Among plays that have a place a time of another clock would be a wrong one.
  if (isShown) return null;
  if (play.source === 'sportscode' && play.video_s !== null) {
    return { start_s: play.video_s, end_s: play.end_video_s ?? play.video_s };
  }
  if (play.period === null || play.clock_s === null) return null;
  const before_s = (play.period - 1) * PERIOD_S;
  return { start_s: before_s + play.clock_s, end_s: before_s + (play.end_clock_s ?? play.clock_s) };
}

function instancesOf(plays: readonly PlayToExport[], query: ExportPlays): TimeLineInstance[] {
  const idOf = namerOfIds();
  const isShown = plays.some(({ at_s }) => at_s !== null);
  return plays.map((play) => {
    const times = timesOf(play, { isOneMaster: query.master_id !== undefined, isShown });
    const labels = labelsOf(play);
    const { free_text, name: code } = play;
    if (times === null) return { id: idOf(play), start_s: null, end_s: null, code, labels, free_text };
    // What lasts is shown as it is; a moment with what is beside it, and says when it was.
    const isMoment = times.end_s <= times.start_s;
    const moment = { group: MOMENT, text: String(Math.round(times.start_s * 1000) / 1000) };
    const { lead_s, lag_s } = leadLagOf({ name: play.name, kind: play.kind, lasts_s: 0 }, query);
    return {
      ...{ id: idOf(play), code, free_text },
      start_s: isMoment ? Math.max(0, times.start_s - lead_s) : times.start_s,
      end_s: isMoment ? times.end_s + lag_s : times.end_s,
      labels: isMoment ? [...labels, moment] : labels,
    };
  });
}

/**
 * Plays as a file that other tools open, and that the portal reads again as the same plays (docs/adr/0060).
 * @throws AppError 403, 422 `several_games`, `too_many_plays`.
 */
export async function exportPlays(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  query: ExportPlays,
): Promise<string> {
  authorize(user, 'plays.read');
  const { format, master_id, lead_s: _, lag_s: __, ...filter } = query;
  const found = await readWithinReach(deps.db, user, (reads) =>
    selectPlaysToExport(reads, user, filter, MAX_PLAYS + 1),
  );
  if (found.length > MAX_PLAYS) {
    throw unprocessable('too_many_plays', `More than ${MAX_PLAYS} plays are under this filter; narrow it.`);
  }
  const plays = master_id === undefined ? found : found.filter((play) => play.master_id === master_id);
  if (format === 'csv') return timeLineCsv(instancesOf(plays, query));
  const games = new Set(plays.map((play) => `${play.team_code}/${play.season}/${play.game_id}`));
  // One master's zero is one zero, whatever the games are called.
  if (master_id === undefined && games.size > 1)
    throw unprocessable('several_games', 'A time line is of one game; name it by game_id.');
  return sportscodeXml(instancesOf(plays, query));
}
