import { type NamedFacts, periodOf, readable, safeName, timecodeOf } from '#lib/clips/clip-file-name.ts';

type Named = Omit<NamedFacts, 'game_id'> & { game_id: string };

/** What happened, and who did it where names are told. */
const whatOf = (clip: Named, names: boolean): string =>
  [readable(clip.event_type), names ? (clip.player_name ?? `Player ${clip.player_id}`) : '']
    .filter(Boolean)
    .join(' – ');

/** In which game, and when. */
function whereOf(clip: Named, withTeam: boolean): string {
  const teams = withTeam ? [clip.team_code, clip.opponent_code].filter(Boolean).join('–') : clip.opponent_code;
  const period = clip.period === null ? '' : periodOf(clip.period);
  return [teams, clip.game_date ?? `Game ${clip.game_id}`, period, timecodeOf(clip.start_timecode_s)]
    .filter(Boolean)
    .join(' ');
}

/** The words of a clip's title card. */
export const cardOfClip = (clip: Named, { names }: { names: boolean }): { title: string; facts: string } => ({
  title: whatOf(clip, names),
  facts: whereOf(clip, true),
});

/** Longer names are cut by some systems, and some archives refuse them. */
const MAX_NAME_BYTES = 200;

/** The longest beginning of a text that has so many bytes, in whole letters. */
function shortened(text: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > maxBytes) break;
    kept += letter;
  }
  return kept.trim();
}

/**
 * The name of an item's file, in the reel's order: `01 Shot – Nick Suzuki – CHI 2025-10-11 P2 12m34s.mp4`. Its number makes
 * it the only one of its name.
 * @param count how many items the reel has: numbers have the same length.
 */
export function itemFileName(clip: Named, { position, count }: { position: number; count: number }): string {
  const number = String(position).padStart(Math.max(2, String(count).length), '0');
  const words = safeName(`${whatOf(clip, true)} – ${whereOf(clip, false)}`);
  // Windows takes no name that ends in a dot or a blank, which the suffix sees to.
  return `${number} ${shortened(words, MAX_NAME_BYTES)}.mp4`;
}
