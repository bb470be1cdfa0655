import { z } from 'zod';
import { gameIdSchema, seasonSchema } from '#lib/word-schemas.ts';
import { type Buckets, checked, type GamePath, gamePrefix } from './object-keys.ts';
import { type ObjectRef, StoreError } from './object-store.ts';

/**
 * What a prepared master is kept as: what browsers play of the master itself, rungs of its ladder, sound alone, each of a
 * header and segments; and its storyboard, sheets of small pictures.
 */
const PREPARED_FILE = /^(?:(?:source|sound|[0-9]{2,4})\/(?:init\.mp4|[0-9]{5}\.m4s)|storyboard\/[0-9]{5}\.jpg)$/;

/** The folder of a prepared master's sheets of small pictures. */
export const STORYBOARD = 'storyboard';

/** The header that all segments of a prepared rendition share. */
export const PREPARED_INIT = 'init.mp4';

const digitsOf = (number: number): string => {
  if (!Number.isInteger(number) || number < 0 || number > 99_999) {
    throw new StoreError('bad_key', `${number} is no number of a prepared object.`);
  }
  return String(number).padStart(5, '0');
};

/** The name of a prepared rendition's segment: `00042.m4s`. Throws `bad_key` for a number beyond five digits. */
export const segmentName = (number: number): string => `${digitsOf(number)}.m4s`;

/** The name of a sheet of small pictures: `00007.jpg`. Throws as `segmentName`. */
export const sheetName = (number: number): string => `${digitsOf(number)}.jpg`;

/** `{TEAM}/{SEASON}/{GAME_ID}/master.{MASTER_ID}/` in the media bucket: the dot keeps it apart from every clip's. */
export const preparedPrefix = (game: GamePath, masterId: string): string =>
  `${gamePrefix(game)}/master.${checked(z.uuid(), masterId)}/`;

/**
 * One object of a prepared master: `PREPARED_INIT` or a `segmentName` in the folder of its rendition, a `sheetName` in
 * `STORYBOARD`. Throws `bad_key`.
 */
export const preparedRef = (
  buckets: Buckets,
  master: GamePath & { masterId: string },
  { folder, fileName }: { folder: string; fileName: string },
): ObjectRef => {
  if (!PREPARED_FILE.test(`${folder}/${fileName}`)) {
    throw new StoreError('bad_key', `"${folder}/${fileName}" is no object of a prepared master.`);
  }
  return { bucket: buckets.media, key: `${preparedPrefix(master, master.masterId)}${folder}/${fileName}` };
};

const PREPARED_KEY = /^[A-Z]{2,4}\/(\d{4}-\d{4})\/([^/]+)\/master\.([^/]+)\/([^/]+)\/([^/]+)$/;

/** The master and the folder that a key of the media bucket is of; `null` for one that `preparedRef` would not make. */
export function preparedOfKey(key: string): { masterId: string; folder: string; fileName: string } | null {
  const [, season, gameId, masterId = '', folder = '', fileName = ''] = PREPARED_KEY.exec(key) ?? [];
  const isOurs =
    seasonSchema.safeParse(season).success &&
    gameIdSchema.safeParse(gameId).success &&
    z.uuid().safeParse(masterId).success &&
    PREPARED_FILE.test(`${folder}/${fileName}`);
  return isOurs ? { masterId, folder, fileName } : null;
}
