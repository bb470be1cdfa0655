import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { encodeCrc32c } from '#lib/storage/port/crc32c.ts';
import type { ObjectRef, ObjectStat, UploadRequest } from '#lib/storage/port/object-store.ts';
import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';
import { isMissing } from './errors.ts';
import type { DiskPaths } from './paths.ts';
import { publishFile } from './publish.ts';
import { openObject } from './read.ts';
import { createAnnouncements, type DiskSpaceOptions } from './space.ts';
import type { ReceiveEnd } from './upload-receive.ts';
import { receiveChunk } from './upload-receive.ts';
import type { SessionFolder, SessionProgress, SessionTerms } from './upload-state.ts';
import { refOf, sessionFolder } from './upload-state.ts';
import type { SessionWriter } from './upload-writer.ts';
import { createWriterRegistry } from './upload-writer.ts';

/** Where a session stands. */
export type UploadState =
  | { kind: 'incomplete'; storedBytes: number }
  | { kind: 'stored'; stat: ObjectStat }
  | { kind: 'conflict' };

/** A found session, with what it was opened for. */
export interface UploadHandle {
  readonly terms: SessionTerms;
  /** Where it stands. `finish` completes an upload whose bytes are all there, as a query with the total does in GCS. */
  status(options: { finish: boolean }): Promise<UploadState>;
  /** Stores a body whose first byte is at `first`; `end` is one past its last. Never throws for a broken body. */
  append(
    span: { first: number; end: number; isLast: boolean },
    body: ReadableStream<Uint8Array>,
  ): Promise<AppendResult>;
  /** Stops a running request and forgets session and bytes. */
  cancel(): Promise<void>;
}

export interface AppendResult {
  state: UploadState;
  end: ReceiveEnd | 'gap';
}

type FoundUpload = { kind: 'open'; upload: UploadHandle } | { kind: 'expired' } | { kind: 'unknown' };

export interface DiskUploads {
  start(ref: ObjectRef, request: UploadRequest): Promise<{ uploadId: string; expiresAt: Date }>;
  find(uploadId: string, ref: ObjectRef): Promise<FoundUpload>;
  /** Whether the session goes on, or has ended with its object. */
  isOpen(uploadId: string): Promise<boolean>;
  forget(uploadId: string): Promise<void>;
}

interface UploadDeps extends DiskSpaceOptions {
  ttlMs: number;
}

/** The data file becomes the object. Idempotent: may run again after a crash at any of its steps. */
async function finish(
  paths: DiskPaths,
  folder: SessionFolder,
  terms: SessionTerms,
  progress: SessionProgress,
): Promise<UploadState> {
  const known = await folder.readOutcome();
  if (known) return known.kind === 'stored' ? { kind: 'stored', stat: known } : known;
  const handle = await open(folder.dataFile, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW);
  try {
    const staged = {
      path: folder.dataFile,
      handle,
      crc32c: encodeCrc32c(progress.crc32c),
      contentType: terms.contentType,
    };
    const stat = await publishFile(paths, refOf(terms), staged, '0');
    await folder.writeOutcome({ kind: 'stored', ...stat });
    return { kind: 'stored', stat };
  } catch (error) {
    if (!isStoreError(error) || error.code !== 'precondition_failed') throw error;
    await folder.writeOutcome({ kind: 'conflict' });
    return { kind: 'conflict' };
  } finally {
    await handle.close();
    if (await folder.readOutcome()) await rm(folder.dataFile, { force: true });
  }
}

/** Resumable sessions on disk, in the protocol of GCS; every step survives a crash of the process. */
export function createDiskUploads({ ttlMs, ...space }: UploadDeps): DiskUploads {
  const { paths, now } = space;
  const writers = createWriterRegistry();
  const announce = createAnnouncements(space);

  const ended = async (folder: SessionFolder): Promise<UploadState | null> => {
    const outcome = await folder.readOutcome();
    if (!outcome) return null;
    return outcome.kind === 'stored' ? { kind: 'stored', stat: outcome } : outcome;
  };

  async function status(folder: SessionFolder, terms: SessionTerms, mayFinish: boolean): Promise<UploadState> {
    const end = await ended(folder);
    if (end) return end;
    const progress = await folder.readProgress();
    if (mayFinish && progress.committedBytes === terms.sizeBytes) {
      return writers.takeOver(folder, () => finish(paths, folder, terms, progress));
    }
    return { kind: 'incomplete', storedBytes: Math.max(progress.committedBytes, writers.storedBytes(folder)) };
  }

  async function append(
    folder: SessionFolder,
    terms: SessionTerms,
    writer: SessionWriter,
    span: { first: number; end: number; isLast: boolean },
    body: ReadableStream<Uint8Array>,
  ): Promise<AppendResult> {
    const end = await ended(folder);
    if (end) return { state: end, end: 'complete' };
    const before = await folder.readProgress();
    if (span.first > before.committedBytes) {
      return { state: { kind: 'incomplete', storedBytes: before.committedBytes }, end: 'gap' };
    }
    if (span.end <= before.committedBytes && before.committedBytes < terms.sizeBytes) {
      return { state: { kind: 'incomplete', storedBytes: before.committedBytes }, end: 'complete' };
    }
    const received = await receiveChunk(folder, before, span, body, writer);
    if (received.end === 'complete' && span.isLast) {
      return { state: await finish(paths, folder, terms, received.progress), end: received.end };
    }
    return { state: { kind: 'incomplete', storedBytes: received.progress.committedBytes }, end: received.end };
  }

  async function forget(folder: SessionFolder): Promise<void> {
    try {
      await writers.takeOver(folder, () => folder.remove());
    } catch (error) {
      // Someone else forgot it first.
      if (!isMissing(error)) throw error;
    }
  }

  const handleOf = (folder: SessionFolder, terms: SessionTerms): UploadHandle => ({
    terms,
    status: (options) => status(folder, terms, options.finish),
    append: (span, body) => writers.takeOver(folder, (writer) => append(folder, terms, writer, span, body)),
    cancel: () => forget(folder),
  });

  return {
    async start(ref, { contentType, sizeBytes }) {
      if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
        throw new RangeError('The size of an upload is a whole, non-negative number of bytes.');
      }
      const existing = await openObject(paths, ref);
      if (existing) {
        await existing.handle.close();
        throw new StoreError('already_exists', 'An object lies under this key already.');
      }
      const uploadId = randomBytes(32).toString('base64url');
      const folder = sessionFolder(paths, uploadId);
      if (!folder) throw new TypeError('A fresh upload id is malformed.');
      const expiresAt = new Date(now() + ttlMs);
      const terms = { ...ref, contentType, sizeBytes, expiresAtMs: expiresAt.getTime() };
      // Refuses at the start what could not end well: 5 GB onto a disk that has 2 GB left.
      await announce(sizeBytes, () => folder.create(terms));
      return { uploadId, expiresAt };
    },
    async find(uploadId, ref) {
      const folder = sessionFolder(paths, uploadId);
      const terms = await folder?.readTerms();
      if (!folder || !terms || terms.bucket !== ref.bucket || terms.key !== ref.key) return { kind: 'unknown' };
      if (now() >= terms.expiresAtMs) return { kind: 'expired' };
      return { kind: 'open', upload: handleOf(folder, terms) };
    },
    async isOpen(uploadId) {
      const terms = await sessionFolder(paths, uploadId)?.readTerms();
      return terms ? now() < terms.expiresAtMs : false;
    },
    async forget(uploadId) {
      const folder = sessionFolder(paths, uploadId);
      if (folder && (await folder.readTerms())) await forget(folder);
    },
  };
}
