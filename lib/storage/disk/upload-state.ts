import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { isMissing } from './errors.ts';
import { readJsonFile, writeJsonFile } from './json.ts';
import type { DiskPaths } from './paths.ts';

const sessionSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  contentType: z.string(),
  sizeBytes: z.int().min(0),
  expiresAtMs: z.int(),
});
/** What was agreed when the session started; never changes. */
export type SessionTerms = z.output<typeof sessionSchema>;

const progressSchema = z.object({ committedBytes: z.int().min(0), crc32c: z.int().min(0) });
/** How much of the data file counts, and the running CRC-32C of exactly that much. */
export type SessionProgress = z.output<typeof progressSchema>;

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stored'),
    sizeBytes: z.int(),
    crc32c: z.string(),
    contentType: z.string(),
    generation: z.string(),
    updatedAt: z.coerce.date(),
  }),
  z.object({ kind: z.literal('conflict') }),
]);
/** How the session ended: kept until it expires, because the client may not have heard. */
type SessionOutcome = z.output<typeof outcomeSchema>;

/** A session's folder: its files, each replaced as a whole. */
export interface SessionFolder {
  readonly dir: string;
  readonly dataFile: string;
  readonly claimFile: string;
  readonly lockFile: string;
  readTerms(): Promise<SessionTerms | null>;
  readProgress(): Promise<SessionProgress>;
  readOutcome(): Promise<SessionOutcome | null>;
  writeProgress(progress: SessionProgress): Promise<void>;
  writeOutcome(outcome: { kind: 'conflict' } | ({ kind: 'stored' } & ObjectStat)): Promise<void>;
  /** Makes the folder and writes the terms: from here on the session exists. */
  create(terms: SessionTerms): Promise<void>;
  remove(): Promise<void>;
}

const UPLOAD_ID = /^[A-Za-z0-9_-]{43}$/;

/** The folder of an upload id (32 random bytes, base64url); `null` for text that was never one. */
export function sessionFolder(paths: DiskPaths, uploadId: string): SessionFolder | null {
  if (!UPLOAD_ID.test(uploadId)) return null;
  // The id is a bearer secret: whoever can list the disk or a backup of it learns its hash only.
  return folderNamed(paths, createHash('sha256').update(uploadId).digest('hex'));
}

/** The session folder of this name, as a listing of all sessions shows it. */
export function folderNamed(paths: DiskPaths, name: string): SessionFolder {
  const dir = path.join(paths.uploadsDir, name);
  const file = (name: string) => path.join(dir, name);
  const write = (name: string, value: unknown) => writeJsonFile(file(name), file(`${name}.${randomUUID()}`), value);
  return {
    dir,
    dataFile: file('data'),
    claimFile: file('claim.json'),
    // Outside the folder, so that the one who removes the folder still holds its lock.
    lockFile: path.join(paths.locksDir, `upload-${name}`),
    readTerms: () => readJsonFile(file('session.json'), sessionSchema),
    async readProgress() {
      const noted = await readJsonFile(file('progress.json'), progressSchema);
      // A note without its bytes, or bytes without a note, count for nothing: the client sends them again.
      return noted && noted.committedBytes <= (await sizeOf(file('data'))) ? noted : { committedBytes: 0, crc32c: 0 };
    },
    readOutcome: () => readJsonFile(file('outcome.json'), outcomeSchema),
    writeProgress: (progress) => write('progress.json', progress),
    writeOutcome: (outcome) => write('outcome.json', outcome),
    async create(terms) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await write('session.json', terms);
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export const refOf = (terms: SessionTerms): ObjectRef => ({ bucket: terms.bucket, key: terms.key });

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Milliseconds since a file or folder last changed; `null` when it is gone. */
export async function ageMs(file: string, now: number): Promise<number | null> {
  try {
    return now - (await stat(file)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
