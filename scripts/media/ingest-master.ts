import type { UserContext } from '#lib/auth/user-context.ts';
import { completeUpload } from '#lib/masters/complete-upload.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import type { CreateMaster, MasterJson } from '#lib/masters/master-schemas.ts';
import { type StartedUpload, startUpload } from '#lib/masters/start-upload.ts';
import type { Portal } from '#lib/runtime/portal.ts';
import { isUploadError } from '#lib/storage/upload/error.ts';
import { openUploadFile } from '#lib/storage/upload/local-file.ts';
import { nodeTransport } from '#lib/storage/upload/node-transport.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import { checksumLocalMaster, type LocalMaster } from './local-master.ts';
import { reachStore } from './session-url.ts';

/** Where an ingest stands. `checking` is the portal's own check of the whole upload. */
export interface IngestProgress {
  phase: 'reading' | 'sending' | 'checking';
  doneBytes: number;
  totalBytes: number;
  /** The store did not answer, and is being asked again. */
  isRetrying?: boolean;
}

export interface IngestOptions {
  signal: AbortSignal;
  onProgress(progress: IngestProgress): void;
}

export type MasterPlace = Pick<CreateMaster, 'team_code' | 'season' | 'game_id' | 'period'>;

/** Sends the file to its session, from where the store stands; nothing when the store has all of it. */
async function send(
  portal: Pick<Portal, 'diskStore'>,
  { upload }: StartedUpload,
  master: LocalMaster,
  { signal, onProgress }: IngestOptions,
): Promise<void> {
  if (!upload) return;
  await using store = await reachStore(portal.diskStore);
  await using file = await openUploadFile(master.file);
  await uploadResumable({
    url: store.urlFor(upload.url),
    file,
    signal,
    transport: nodeTransport,
    onProgress: ({ storedBytes, totalBytes, isRetrying }) =>
      onProgress({ phase: 'sending', doneBytes: storedBytes, totalBytes, isRetrying }),
  });
}

/**
 * Puts a file into the lake and registers it, by the use-cases and the protocol that browsers use. Interrupted, the
 * same call later goes on where the store stands; a session that the store has forgotten is begun anew.
 *
 * @returns the ready master.
 * @throws AppError, StoreError, UploadError; the signal's reason when it is aborted.
 */
export async function ingestMaster(
  portal: Pick<Portal, 'deps' | 'diskStore'>,
  user: UserContext,
  master: LocalMaster,
  place: MasterPlace,
  options: IngestOptions,
): Promise<MasterJson> {
  const { deps } = portal;
  const { signal, onProgress } = options;
  const totalBytes = master.sizeBytes;
  const onRead = (doneBytes: number) => onProgress({ phase: 'reading', doneBytes, totalBytes });
  const crc32c = await checksumLocalMaster(master, { signal, onRead });
  const input: CreateMaster = {
    ...place,
    filename: master.filename,
    size_bytes: totalBytes,
    crc32c,
  };
  let started = await startUpload(deps, user, input);
  if (started.master.status === 'ready') return started.master;
  try {
    await send(portal, started, master, options);
  } catch (error) {
    if (!isUploadError(error) || error.code !== 'session_gone' || started.created) throw error;
    await deleteMaster(deps, user, started.master.id);
    started = await startUpload(deps, user, input);
    await send(portal, started, master, options);
  }
  signal.throwIfAborted();
  onProgress({ phase: 'checking', doneBytes: totalBytes, totalBytes });
  return (await completeUpload(deps, user, started.master.id, { signal })).master;
}
