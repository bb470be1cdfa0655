import { eventName, type HockeyTranslator } from '#app/_i18n/hockey-words.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** Without case and accents: nobody types them in the middle of a game. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();

/** Whether a play has all words, in what it and its player are called. */
export function playMatcher(words: string, hockey: HockeyTranslator): (play: PlayJson) => boolean {
  const looked = folded(words).split(/\s+/).filter(Boolean);
  if (looked.length === 0) return () => true;
  return ({ name, shorthand, player_name, player_id }) => {
    const said = folded([eventName(hockey, name), name, shorthand, player_name, player_id].join(' '));
    return looked.every((word) => said.includes(word));
  };
}
