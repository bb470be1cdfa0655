import { z } from 'zod';
import { gameIdSchema, seasonSchema } from '#lib/word-schemas.ts';
import { type Buckets, checked, type GamePath, gamePrefix } from './object-keys.ts';
import { type ObjectRef, StoreError } from './object-store.ts';

/** What a prepared master is kept as: what browsers play of the master itself, rungs of its ladder, sound alone. */
const RENDITION = /^(source|sound|[0-9]{2,4})$/;
const PREPARED_FILE = /^(init\.mp4|[0-9]{5}\.m4s)$/;

/** The header that all segments of a prepared rendition share. */
export const PREPARED_INIT = 'init.mp4';

/** The name of a prepared rendition's segment: `00042.m4s`. Throws `bad_key` for a number beyond five digits. */
export const segmentName = (number: number): string => {
  if (!Number.isInteger(number) || number < 0 || number > 99_999) {
    throw new StoreError('bad_key', `${number} is no number of a segment.`);
  }
  return `${String(number).padStart(5, '0')}.m4s`;
};

/** `{TEAM}/{SEASON}/{GAME_ID}/master.{MASTER_ID}/` in the media bucket: the dot keeps it apart from every clip's. */
export const preparedPrefix = (game: GamePath, masterId: string): string =>
  `${gamePrefix(game)}/master.${checked(z.uuid(), masterId)}/`;

/** One object of a prepared master, by its rendition and `PREPARED_INIT` or a `segmentName`. Throws `bad_key`. */
export const preparedRef = (
  buckets: Buckets,
  master: GamePath & { masterId: string },
  { rendition, fileName }: { rendition: string; fileName: string },
): ObjectRef => {
  if (!RENDITION.test(rendition) || !PREPARED_FILE.test(fileName)) {
    throw new StoreError('bad_key', `"${rendition}/${fileName}" is no object of a prepared master.`);
  }
  return { bucket: buckets.media, key: `${preparedPrefix(master, master.masterId)}${rendition}/${fileName}` };
};

const PREPARED_KEY = /^[A-Z]{2,4}\/(\d{4}-\d{4})\/([^/]+)\/master\.([^/]+)\/([^/]+)\/([^/]+)$/;

/** The master and the rendition that a key of the media bucket is of; `null` for one that `preparedRef` would not make. */
export function preparedOfKey(key: string): { masterId: string; rendition: string; fileName: string } | null {
  const [, season, gameId, masterId = '', rendition = '', fileName = ''] = PREPARED_KEY.exec(key) ?? [];
  const isOurs =
    seasonSchema.safeParse(season).success &&
    gameIdSchema.safeParse(gameId).success &&
    z.uuid().safeParse(masterId).success &&
    RENDITION.test(rendition) &&
    PREPARED_FILE.test(fileName);
  return isOurs ? { masterId, rendition, fileName } : null;
}
