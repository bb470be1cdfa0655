import { csvRows } from './csv-rows.ts';
import { type Gathered, gatherPlays } from './gather-plays.ts';
import {
  feetOf,
  MAX_CLOCK_S,
  MAX_VIDEO_S,
  namer,
  numberOf,
  periodOf,
  playerIdOf,
  playerIdsOf,
  timecodeOf,
  wordsOf,
} from './plain-values.ts';
import { blankPlay, NO_GAME_FACTS, type Play, type PlayList } from './play.ts';
import { PLAY_SEQUENCE_NAMES } from './play-names.ts';
import { columnsOf, delimiterOf, type SequenceColumn } from './sequence-columns.ts';

type Cells = (column: SequenceColumn) => string;

const strengthOf = (cell: Cells): string | null => {
  const counts = [cell('teamSkatersOnIce'), cell('opposingTeamSkatersOnIce')].map((text) => numberOf(text));
  return counts.every((count) => count !== null && Number.isInteger(count) && count > 0 && count < 10)
    ? counts.join('v')
    : null;
};

const onIceOf = (cell: Cells, columns: readonly SequenceColumn[]): string[] => playerIdsOf(columns.map(cell).join());

/** The play of a row, or why there is none. */
function playOf(cell: Cells, line: number, nameless: (words: string) => string): Play | string {
  const name = wordsOf(cell('name'), 100);
  if (name === null) return 'The row has no name.';
  const period = periodOf(cell('period'));
  if (period === null) return 'The period is not a number from 1 to 9.';
  const clock_s = numberOf(cell('periodTime'));
  if (clock_s === null) return 'periodTime is not a number of seconds.';
  if (clock_s < 0 || clock_s > MAX_CLOCK_S) return `periodTime is not from 0 to ${MAX_CLOCK_S} s.`;
  const timecode = cell('timecode').trim();
  const video_s = timecode === '' ? null : timecodeOf(timecode);
  if (timecode !== '' && video_s === null) return 'The timecode is not HH:MM:SS:FF, with frames from 00 to 29.';
  if (video_s !== null && video_s > MAX_VIDEO_S) return 'It lies more than a day into the video.';
  const player_id = playerIdOf(cell('playerReferenceId'));
  const own_id = playerIdOf(cell('id'));
  return {
    ...blankPlay({
      ...{ line, name, part: String(period) },
      source_id: own_id ?? nameless(`${period}:${clock_s}:${name.slice(0, 50)}:${player_id ?? ''}`),
    }),
    ...{ period, clock_s, video_s, player_id },
    shorthand: wordsOf(cell('shorthand'), 100),
    type: wordsOf(cell('type'), 50),
    outcome: wordsOf(cell('outcome'), 50),
    zone: wordsOf(cell('zone'), 50),
    strength: strengthOf(cell),
    acting_team: wordsOf(cell('team'), 50),
    player_name: wordsOf(`${cell('playerFirstName').trim()} ${cell('playerLastName').trim()}`, 255),
    on_ice: onIceOf(cell, ['teamForwardsOnIceRefs', 'teamDefencemenOnIceRefs', 'teamGoalieOnIceRef']),
    against: onIceOf(cell, [
      'opposingTeamForwardsOnIceRefs',
      'opposingTeamDefencemenOnIceRefs',
      'opposingTeamGoalieOnIceRef',
    ]),
    x_ft: feetOf(cell('xAdjCoord')),
    y_ft: feetOf(cell('yAdjCoord')),
  };
}

/** The one word that all rows agree on. */
const onlyOne = (words: ReadonlySet<string>): string | null => {
  const [first = null, ...others] = words;
  return others.length === 0 ? first : null;
};

/** Takes one row with all its cells. */
function takeRow(
  gathered: Gathered,
  cell: Cells,
  line: number,
  about: { nameless: (words: string) => string; references: Set<string>; teams: Set<string> },
): void {
  const play = playOf(cell, line, about.nameless);
  if (typeof play === 'string') {
    gathered.skip(line, play);
    return;
  }
  if (!gathered.add(play)) return;
  if (play.acting_team !== null) about.teams.add(play.acting_team);
  const reference = playerIdOf(cell('gameReferenceId'));
  if (reference !== null) about.references.add(reference);
  if (play.player_id === null) return;
  gathered.addPlayer({
    ...{ player_id: play.player_id, player_name: play.player_name, team: play.acting_team },
    jersey: wordsOf(cell('playerJersey').replace(/\.0+$/, ''), 5),
    position: wordsOf(cell('playerPosition'), 10),
  });
}

/**
 * Reads a play sequence, one row a play (docs/adr/0054). Columns go by their names; what a row lacks is null.
 * @throws AppError 422 `bad_columns`, `too_many_plays`.
 */
export async function readPlaySequence(text: string): Promise<PlayList> {
  const gathered = gatherPlays(PLAY_SEQUENCE_NAMES);
  const about = { nameless: namer(), references: new Set<string>(), teams: new Set<string>() };
  let columns: ReturnType<typeof columnsOf> | null = null;
  let isLastShort = false;
  for await (const { record, info } of csvRows(text, delimiterOf(text), gathered.breakOff)) {
    if (columns === null) {
      columns = columnsOf(record);
      continue;
    }
    await gathered.row();
    const { count, places } = columns;
    isLastShort = record.length < count;
    if (record.length === count)
      takeRow(gathered, (column) => record[places.get(column) ?? -1] ?? '', info.lines, about);
    else gathered.skip(info.lines, `The row has ${record.length} cells, and the file ${count} columns.`);
  }
  // The last row is shorter than the others: the rest of it is missing, and what came after it.
  if (isLastShort) gathered.breakOff();
  return gathered.list({ ...NO_GAME_FACTS, reference: onlyOne(about.references), teams: [...about.teams] });
}
