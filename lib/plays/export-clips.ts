import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { Clip } from '#lib/clips/clip.ts';
import { selectClipPage } from '#lib/clips/clip-repo.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { unprocessable } from '#lib/errors.ts';
import type { CursorPosition } from '#lib/http/cursor.ts';
import { selectFilmStarts } from './export-repo.ts';
import type { ExportClips } from './export-schemas.ts';
import type { PlayLabel } from './play.ts';
import { sportscodeXml, type TimeLineInstance, timeLineCsv } from './time-line.ts';

/** A file is as long as one of plays may be (`MAX_PLAYS`); beyond, one narrows the list. */
const MAX_CLIPS = 20_000;
const CLIPS_A_PAGE = 500;

/** The words that time lines have for the fields of a clip: those that an import reads as a play's. */
const GROUPS: readonly (readonly [group: string, field: keyof Clip])[] = [
  ['Period', 'period'],
  ['Player', 'player_name'],
  ['Player id', 'player_id'],
  ['Outcome', 'outcome'],
  ['Zone', 'zone'],
  ['Strength', 'strength'],
  ['Opponent', 'opponent_code'],
];

function labelsOf(clip: Clip): PlayLabel[] {
  const facts = GROUPS.flatMap(([group, field]) => {
    const value = clip[field];
    return value === null || value === undefined ? [] : { group, text: String(value) };
  });
  return [...facts, ...clip.tags.map((text) => ({ group: null, text }))];
}

const gameOf = ({ team_code, season, game_id }: Clip): string => `${team_code}/${season}/${game_id}`;

/**
 * The clips of a list as a file that other tools open, as they were played. With `master_id` times are from that master's
 * own zero, without of the whole game: its masters, one after the other.
 * @throws AppError 403, 422 `several_games`, `too_many_clips`.
 */
export async function exportClips(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  { format, ...filter }: ExportClips,
): Promise<string> {
  authorize(user, 'clips.read');
  const { clips, starts } = await readWithinReach(deps.db, user, async (reads) => {
    const all: Clip[] = [];
    let after: CursorPosition | null = null;
    do {
      const page = await selectClipPage(reads, user, {
        ...{ filter, sort: 'game', limit: CLIPS_A_PAGE, offset: 0, after },
        include: { assets: false, tags: true },
      });
      all.push(...page.clips);
      after = page.next;
      if (all.length > MAX_CLIPS || (after && all.length === MAX_CLIPS)) {
        throw unprocessable('too_many_clips', `More than ${MAX_CLIPS} clips are under this filter; narrow it.`);
      }
    } while (after);
    const uris = [...new Set(all.flatMap(({ source_gcs_uri: uri }) => uri ?? []))];
    const isOneZero = filter.master_id !== undefined || uris.length === 0;
    return { clips: all, starts: isOneZero ? new Map<string, number>() : await selectFilmStarts(reads, uris) };
  });
  const isOneMaster = filter.master_id !== undefined;
  if (format === 'sportscode' && !isOneMaster && new Set(clips.map(gameOf)).size > 1) {
    throw unprocessable('several_games', 'A time line is of one game; name it by game_id.');
  }
  const instances = clips.map((clip): TimeLineInstance => {
    const zero_s = starts.get(clip.source_gcs_uri ?? '') ?? 0;
    return {
      ...{ id: clip.clip_id, code: clip.event_type, labels: labelsOf(clip), free_text: null },
      ...{ start_s: zero_s + clip.start_timecode_s, end_s: zero_s + clip.end_timecode_s },
    };
  });
  return format === 'csv' ? timeLineCsv(instances) : sportscodeXml(instances);
}
