import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { removeLocalPostgres } from '#lib/db/local-postgres.ts';
import { AppError } from '#lib/errors.ts';

/** What a demo with its sample library needs, with room for a few masters more. */
const NEEDED_BYTES = 1024 ** 3;

/** Everything that the demo keeps in its folder; `--reset` removes these and nothing else. */
const OWN_ENTRIES = ['objects', 'logs', 'demo.json', 'demo.env', 'secret', 'sample'];

const folderFault = (detail: string, cause?: unknown) =>
  new AppError({ status: 500, code: 'demo_folder', detail, cause });

export const postgresDirOf = (dataDir: string): string => path.join(dataDir, 'postgres');

/** Starts over: the database, the objects and the accounts of this folder are gone afterwards. */
export async function resetDataDir(dataDir: string): Promise<void> {
  await removeLocalPostgres(postgresDirOf(dataDir));
  for (const entry of OWN_ENTRIES) await rm(path.join(dataDir, entry), { recursive: true, force: true });
}

/** Makes the folder and sees that the disk has room. @throws AppError */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (cause) {
    throw folderFault(`${dataDir} cannot be made: choose another place with --data-dir.`, cause);
  }
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
  throw folderFault(
    `The disk of ${dataDir} has ${freeMb} MB free; the demo needs 1024. Free some, or use --data-dir on another disk.`,
  );
}

/** The secret that signs this folder's sessions and URLs: made once, so that both survive a restart. */
export async function readOrMakeSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'secret');
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found.length >= 32) return found;
  const made = randomBytes(32).toString('base64url');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
