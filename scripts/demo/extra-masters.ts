import { createHash } from 'node:crypto';
import path from 'node:path';
import type { PortalDeps } from '#lib/deps.ts';
import { isAppError, messageOf, unprocessable } from '#lib/errors.ts';
import { isMediaError } from '#lib/media/media-types.ts';
import { masterFilenameSchema } from '#lib/storage/port/object-keys.ts';
import { inspectLocalMaster, type LocalMaster, openLocalMaster } from '#scripts/media/local-master.ts';

/** A video of the user's own for the library. */
export interface ExtraMaster {
  local: LocalMaster;
  /** A game of its own: the same file has the same one every time. */
  gameId: string;
}

/** A name that the lake takes: whatever it does not take becomes `-`. */
export function lakeNameOf(file: string): string {
  const name = path
    .basename(file)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(-200);
  const parsed = masterFilenameSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw unprocessable('bad_filename', `--master ${file}: ${parsed.error.issues[0]?.message ?? 'rename it'}`);
}

/** `demo-` and eight hexadecimal digits of the name. */
export const gameIdOf = (filename: string): string =>
  `demo-${createHash('sha256').update(filename).digest('hex').slice(0, 8)}`;

/**
 * Looks at every `--master` as the portal will, before anything is made of any of them.
 * @throws AppError one line that names the file and what is wrong with it.
 */
export async function checkExtraMasters(
  deps: Pick<PortalDeps, 'inspectMaster'>,
  files: readonly string[],
  signal: AbortSignal,
): Promise<ExtraMaster[]> {
  const masters: ExtraMaster[] = [];
  for (const file of files) {
    const filename = lakeNameOf(file);
    const local = await openLocalMaster(file, filename);
    try {
      await inspectLocalMaster(deps, local, signal);
    } catch (error) {
      if (!isMediaError(error) && !isAppError(error)) throw error;
      throw unprocessable('bad_master', `--master ${file}: ${messageOf(error)}`, undefined, error);
    }
    masters.push({ local, gameId: gameIdOf(filename) });
  }
  return masters;
}
