import type { CreateMaster, MasterAnnouncedJson, MasterJson } from '#lib/masters/master-schemas.ts';
import type { FileFault } from './upload-file-checks.ts';
import type { UploadFields, UploadProblem } from './upload-item.ts';
import { RateMeter } from './upload-rate.ts';
import type { TakenPlace } from './upload-taken.ts';

/** What uploading does to the world; `upload-port.ts` is the real one. */
export interface UploadPort {
  /** The first thing wrong with a file, from its name, size and first bytes. */
  check(file: File): Promise<FileFault | null>;
  /** What the form starts with. */
  fieldsOf(file: File): UploadFields;
  /** What the game has already of this file. */
  findTaken(body: CreateMaster): Promise<TakenPlace | null>;
  /** Asked again with the same body by the same person, it answers the session that is still open, if one is needed. */
  open(body: CreateMaster): Promise<MasterAnnouncedJson>;
  /**
   * Sends what the store has not got yet. `onProgress` tells the bytes that it has, and whether the line is dead and
   * tried again. Rejects when aborted.
   */
  send(upload: SendRequest): Promise<void>;
  complete(masterId: string): Promise<MasterJson>;
  remove(masterId: string): Promise<void>;
  problemOf(error: unknown): UploadProblem;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

export interface SendRequest {
  url: string;
  file: File;
  signal: AbortSignal;
  onProgress: (storedBytes: number, isRetrying: boolean) => void;
}

interface RunEvents {
  opened(masterId: string): void;
  progress(storedBytes: number, bytesPerSecond: number | null, isRetrying: boolean): void;
  checking(): void;
}

/** One file from the first call to the server's verdict. Throws what the port throws, and the abort. */
export async function runUpload(
  port: UploadPort,
  { body, file, signal }: { body: CreateMaster; file: File; signal: AbortSignal },
  events: RunEvents,
): Promise<MasterJson> {
  const { master, upload } = await port.open(body);
  if (master.status === 'ready') return master;
  events.opened(master.id);
  signal.throwIfAborted();
  const meter = new RateMeter();
  const onProgress = (storedBytes: number, isRetrying: boolean) => {
    if (signal.aborted) return;
    meter.record(port.now(), storedBytes);
    events.progress(storedBytes, isRetrying ? null : meter.bytesPerSecond(), isRetrying);
  };
  if (upload) await port.send({ url: upload.url, file, signal, onProgress });
  signal.throwIfAborted();
  events.checking();
  return port.complete(master.id);
}
