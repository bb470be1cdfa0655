import { z } from 'zod';
import { clipIdSchema, gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';
import { FOREIGN_FILES, foreignBySuffix } from './foreign-files.ts';
import { isStoreError, type ObjectRef, StoreError } from './object-store.ts';

/** File suffixes that a master may have, with the content type that it is stored under. */
export const MASTER_CONTENT_TYPES = {
  mp4: 'video/mp4',
  m4v: 'video/x-m4v',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  ts: 'video/mp2t',
  m2ts: 'video/mp2t',
  mts: 'video/mp2t',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
} as const;

/** Containers that a master may have, with the suffixes of their files; the first is the usual one. */
export const MASTER_CONTAINERS = {
  mp4: { name: 'MP4 or QuickTime', suffixes: ['mp4', 'm4v', 'mov'] },
  mkv: { name: 'Matroska', suffixes: ['mkv'] },
  ts: { name: 'MPEG transport stream', suffixes: ['ts', 'm2ts', 'mts'] },
  avi: { name: 'AVI', suffixes: ['avi'] },
  mpg: { name: 'MPEG program stream', suffixes: ['mpg', 'mpeg'] },
} as const satisfies Record<string, { name: string; suffixes: readonly (keyof typeof MASTER_CONTENT_TYPES)[] }>;
export type MasterContainer = keyof typeof MASTER_CONTAINERS;

/** The suffix of a file's name, in lower case, without the dot; empty when it has none. */
export const suffixOf = (filename: string): string => /\.([A-Za-z0-9]{1,5})$/.exec(filename)?.[1]?.toLowerCase() ?? '';

/** Whether a file of this name says of itself what it is. */
export const hasSuffixOf = (filename: string, container: MasterContainer): boolean =>
  MASTER_CONTAINERS[container].suffixes.some((suffix) => suffix === suffixOf(filename));

export const MASTER_SUFFIX = new RegExp(`\\.(${Object.keys(MASTER_CONTENT_TYPES).join('|')})$`, 'i');

/** What is wrong with a name whose suffix no master has. */
function whyNoMaster(filename: string): string {
  const endings = `A master ends in .${Object.keys(MASTER_CONTENT_TYPES).join(', .')}.`;
  const foreign = foreignBySuffix(suffixOf(filename));
  return foreign ? `${FOREIGN_FILES[foreign]} ${endings}` : endings;
}

/** A master's file name: no folders, no hidden files, a known video suffix. */
export const masterFilenameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/,
    'A file name starts with a letter or digit and has letters, digits, ".", "_" or "-", 200 at most.',
  )
  .refine((value) => !value.includes('..'), 'A file name has no "..".')
  .refine((value) => MASTER_SUFFIX.test(value), { error: ({ input }) => whyNoMaster(String(input)) })
  .meta({ id: 'MasterFilename', example: 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4' });

/** The two configured buckets; nothing else is ever read or written. */
export interface Buckets {
  lake: string;
  media: string;
}

export interface GamePath {
  teamCode: string;
  season: string;
  gameId: string;
}

const DELIVERY_FILE = /^(clip\.mp4|playlist\.m3u8|[0-9]{2,4}\.(m3u8|m4s)|thumb\.jpg|grid\.(jpg|vtt))$/;

/** Folds a parse failure into the store's own error: a key is never built from an unchecked part. */
export const checked = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value);
  if (!result.success) throw new StoreError('bad_key', result.error.issues[0]?.message ?? 'bad key part');
  return result.data;
};

/** `{TEAM}/{SEASON}/{GAME_ID}`. Throws `bad_key`. */
export const gamePrefix = ({ teamCode, season, gameId }: GamePath) =>
  `${checked(teamCodeSchema, teamCode)}/${checked(seasonSchema, season)}/${checked(gameIdSchema, gameId)}`;

/** Every master lies below it; the lake may hold other things beside. */
export const MASTERS_PREFIX = 'media/raw/';

/** `media/raw/{TEAM}/{SEASON}/{GAME_ID}/{filename}` in the lake. Throws `bad_key`. */
export const masterRef = (buckets: Buckets, game: GamePath, filename: string): ObjectRef => ({
  bucket: buckets.lake,
  key: `${MASTERS_PREFIX}${gamePrefix(game)}/${checked(masterFilenameSchema, filename)}`,
});

const PLAY_FILE = /^[a-z0-9]{1,40}-[0-9a-f]{64}\.(csv|xml|json)$/;

/** `media/events/{TEAM}/{SEASON}/{GAME_ID}/{format}-{sha256}.{csv|xml|json}` in the lake. Throws `bad_key`. */
export const playFileRef = (buckets: Buckets, game: GamePath, fileName: string): ObjectRef => {
  if (!PLAY_FILE.test(fileName)) throw new StoreError('bad_key', `"${fileName}" is no file of plays.`);
  return { bucket: buckets.lake, key: `media/events/${gamePrefix(game)}/${fileName}` };
};

/** `{TEAM}/{SEASON}/{GAME_ID}/{CLIP_ID}/` in the media bucket. Throws `bad_key`. */
export const deliveryPrefix = (game: GamePath, clipId: string): string =>
  `${gamePrefix(game)}/${checked(clipIdSchema, clipId)}/`;

/** One delivery object of a clip. Throws `bad_key` for a name that is not one of contract §3. */
export const deliveryRef = (buckets: Buckets, game: GamePath, clipId: string, fileName: string): ObjectRef => {
  if (!DELIVERY_FILE.test(fileName)) throw new StoreError('bad_key', `"${fileName}" is no delivery object.`);
  return { bucket: buckets.media, key: deliveryPrefix(game, clipId) + fileName };
};

const DELIVERY_KEY = /^([A-Z]{2,4})\/(\d{4}-\d{4})\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** The clip in whose folder a key of the media bucket lies; `null` for a key that `deliveryRef` would not make. */
export function clipIdOfDeliveryKey(key: string): string | null {
  const [, , season, gameId, clipId, fileName = ''] = DELIVERY_KEY.exec(key) ?? [];
  const isOurs =
    seasonSchema.safeParse(season).success &&
    gameIdSchema.safeParse(gameId).success &&
    clipIdSchema.safeParse(clipId).success &&
    DELIVERY_FILE.test(fileName);
  return isOurs ? (clipId ?? null) : null;
}

/** `{TEAM}/reels/{REEL_ID}/{EXPORT_ID}.mp4` in the media bucket: no season is called `reels`. Throws `bad_key`. */
export const reelExportRef = (
  buckets: Buckets,
  { teamCode, reelId, exportId }: { teamCode: string; reelId: string; exportId: string },
): ObjectRef => ({
  bucket: buckets.media,
  key: `${checked(teamCodeSchema, teamCode)}/reels/${checked(z.uuid(), reelId)}/${checked(z.uuid(), exportId)}.mp4`,
});

/** `gs://bucket/key`. */
export const toGsUri = (ref: ObjectRef): string => `gs://${ref.bucket}/${ref.key}`;

const SAFE_KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Whether a key is made of plain segments only: no empty, dot-led or encoded ones. Ids may start with "-" or "_". */
export const isSafeKey = (key: string): boolean => key.length <= 1024 && SAFE_KEY.test(key) && !key.includes('..');

/**
 * Reads `gs://bucket/key` and refuses whatever is not an object of the two configured buckets:
 * other schemes and buckets, user info, ports, queries, fragments, encoded or empty segments, dot segments.
 * Throws `bad_key` or `foreign_bucket`.
 */
export function parseGsUri(buckets: Buckets, uri: string): ObjectRef {
  const match = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])\/([^\s?#%@\\]+)$/.exec(uri);
  const [, bucket, key] = match ?? [];
  if (!bucket || !key || !isSafeKey(key)) throw new StoreError('bad_key', 'Not a plain gs://bucket/object URI.');
  if (bucket !== buckets.lake && bucket !== buckets.media) {
    throw new StoreError('foreign_bucket', 'Only the two configured buckets are read or written.');
  }
  return { bucket, key };
}

/** The object of the two buckets that a row names; `null` where it names anything else. */
export function objectOfUri(buckets: Buckets, uri: string): ObjectRef | null {
  try {
    return parseGsUri(buckets, uri);
  } catch (error) {
    if (isStoreError(error)) return null;
    throw error;
  }
}
