import type { RetryPolicy } from '#lib/storage/port/backoff.ts';
import { backoffMs, DEFAULT_RETRY, retryAfterMs, sleep, waitUntilOnline } from '#lib/storage/port/backoff.ts';
import { isUploadError, UploadError } from './error.ts';
import { watchForStall } from './stall-watch.ts';
import type { UploadReply, UploadTransport } from './transport.ts';

/** Chunks are multiples of this (GCS protocol). */
const CHUNK_MULTIPLE_BYTES = 262_144;
const DEFAULT_CHUNK_BYTES = 8 * 1024 * 1024;
/** A slow line still moves; what the system keeps of a chunk may take it most of this after the last byte was handed over. */
const STALL_MS = 60_000;

export interface UploadProgress {
  /** What the store says it has; a resumed upload goes on from here. */
  storedBytes: number;
  /** `storedBytes` and what is on its way. */
  sentBytes: number;
  totalBytes: number;
  /** Whether the last request failed or got no answer, and is being made again. */
  isRetrying: boolean;
}

/** What is sent: a browser's `File`, or in Node `openUploadFile`'s. Slices are read as they are sent. */
export interface UploadFile {
  readonly size: number;
  slice(first: number, end: number): Blob | Promise<Blob>;
}

export interface ResumableUpload {
  /** The session's URL, a bearer secret. */
  url: string;
  file: UploadFile;
  chunkBytes?: number;
  onProgress?: (progress: UploadProgress) => void;
  /** Aborting pauses: the same call later goes on where the store stands. */
  signal?: AbortSignal;
  transport: UploadTransport;
  /** After so long without a byte sent or an answer, a request is given up and made again. */
  stallMs?: number;
  retry?: Partial<RetryPolicy>;
  random?: () => number;
}

/** The stored object, as far as the store told. */
export interface UploadedObject {
  generation?: string;
  crc32c?: string;
}

type Step = { done: UploadedObject } | { storedBytes: number } | { retry: unknown; afterMs: number };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function readStored(body: string): UploadedObject {
  const { generation, crc32c } = parseJson(body);
  return {
    ...(typeof generation === 'string' ? { generation } : {}),
    ...(typeof crc32c === 'string' ? { crc32c } : {}),
  };
}

/** `bytes=0-n` → n + 1; no header: nothing is stored yet. */
function readStoredBytes(range: string | null, totalBytes: number): number {
  if (range === null) return 0;
  const last = /^bytes=0-(\d{1,15})$/.exec(range)?.[1];
  if (last === undefined || Number(last) >= totalBytes) {
    throw new UploadError('rejected', 'The store says something impossible about what it has stored.', { status: 308 });
  }
  return Number(last) + 1;
}

/** What the store's refusal means; `null` for what may pass when tried again. */
function refusalOf({ status, body }: UploadReply): UploadError | null {
  if (status === 404 || status === 410 || status === 499) {
    return new UploadError('session_gone', 'The upload session is gone; start the upload anew.', { status });
  }
  if (status === 412) {
    return new UploadError('precondition_failed', 'A file of this name is there already; it was not touched.', {
      status,
    });
  }
  if (status === 507) return new UploadError('out_of_space', 'The store has no room for this file.', { status });
  if (status >= 500 || status === 429 || status === 408) return null;
  const { detail } = parseJson(body);
  return new UploadError('rejected', typeof detail === 'string' ? detail : `The store answered ${status}.`, { status });
}

function judge(reply: UploadReply, totalBytes: number): Step {
  if (reply.status === 200 || reply.status === 201) return { done: readStored(reply.body) };
  if (reply.status === 308) return { storedBytes: readStoredBytes(reply.range, totalBytes) };
  const refusal = refusalOf(reply);
  if (refusal) throw refusal;
  return { retry: new Error(`The store answered ${reply.status}.`), afterMs: retryAfterMs(reply.retryAfter) };
}

/** A broken connection and an unreadable file look alike to `fetch`; one byte of the file tells them apart. */
async function assertReadable(part: Blob): Promise<void> {
  try {
    await part.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new UploadError('file_unreadable', 'The file cannot be read any more; was it moved or changed?', { cause });
  }
}

/**
 * Sends a file to a resumable session, in browsers and in Node, to any store that speaks the GCS protocol.
 *
 * Asks first where the session stands, goes on from the store's `Range` (never from what was sent), retries network
 * failures, requests that stall, 408, 429 and 5xx with jittered backoff, and gives up when nothing went through
 * `retry.attempts` times.
 * Throws `UploadError`, or the signal's reason when it is aborted.
 */
export async function uploadResumable(upload: ResumableUpload): Promise<UploadedObject> {
  const { url, file, chunkBytes = DEFAULT_CHUNK_BYTES, onProgress = () => {}, random = Math.random } = upload;
  if (chunkBytes <= 0 || chunkBytes % CHUNK_MULTIPLE_BYTES !== 0) {
    throw new RangeError(`chunkBytes is a multiple of ${CHUNK_MULTIPLE_BYTES}.`);
  }
  const { transport, stallMs = STALL_MS, signal = new AbortController().signal } = upload;
  const policy = { ...DEFAULT_RETRY, ...upload.retry };
  const totalBytes = file.size;

  let stored: number | null = null;
  let furthest = 0;
  let failures = 0;
  const tell = (storedBytes: number, sentBytes = storedBytes) =>
    onProgress({ storedBytes, sentBytes: Math.min(sentBytes, totalBytes), totalBytes, isRetrying: failures > 0 });

  async function put(contentRange: string | null, body: Blob | null, firstByte: number): Promise<Step> {
    const watch = watchForStall(signal, stallMs);
    const onSent = (bytes: number) => {
      watch.moved(bytes);
      tell(firstByte, firstByte + bytes);
    };
    try {
      return judge(await transport({ url, contentRange, body, signal: watch.signal, onSent }), totalBytes);
    } catch (error) {
      signal.throwIfAborted();
      if (isUploadError(error)) throw error;
      if (body) await assertReadable(body);
      return { retry: error, afterMs: 0 };
    } finally {
      watch.end();
    }
  }
  const ask = () => put(`bytes */${totalBytes}`, null, 0);
  const send = async (first: number) => {
    // A file without bytes has no range to name.
    if (totalBytes === 0) return put(null, null, 0);
    const end = Math.min(first + chunkBytes, totalBytes);
    return put(`bytes ${first}-${end - 1}/${totalBytes}`, await file.slice(first, end), first);
  };

  for (;;) {
    signal.throwIfAborted();
    const step: Step = stored === null ? await ask() : await send(stored);
    if ('done' in step) {
      failures = 0;
      tell(totalBytes);
      return step.done;
    }
    const wasQuery = stored === null;
    if ('storedBytes' in step) {
      stored = step.storedBytes;
      const progressed = stored > furthest;
      furthest = Math.max(furthest, stored);
      if (progressed) failures = 0;
      tell(stored);
      if (progressed || wasQuery) continue;
    } else {
      stored = null;
    }
    failures++;
    const cause = 'retry' in step ? step.retry : undefined;
    if (failures >= policy.attempts) {
      throw new UploadError('gave_up', 'The store cannot be reached; resume the upload later.', { cause });
    }
    tell(furthest);
    await waitUntilOnline(signal);
    const floorMs = 'retry' in step ? step.afterMs : 0;
    await sleep(Math.max(floorMs, backoffMs(policy, failures, random)), signal);
  }
}
