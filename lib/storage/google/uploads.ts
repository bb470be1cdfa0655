import type { ObjectRef, UploadRequest, UploadSession } from '#lib/storage/port/object-store.ts';
import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';
import type { GcsClient } from './client.ts';

/** "A session URI expires after one week" (Resumable uploads). */
const SESSION_MS = 7 * 24 * 3_600_000;
/** Cancelled, or gone already: 499 is Google's answer to a cancelled session. */
const ENDED = new Set([200, 204, 404, 410, 499]);
/** What a status query of a session that is there answers: it goes on, it has its object, or another one took the key. */
const OPEN = new Set([200, 201, 308, 412]);
const GONE = new Set([404, 410, 499]);

const alreadyExists = (cause?: unknown) =>
  new StoreError('already_exists', 'An object lies under this key already.', { cause });

/**
 * `startUpload` of the port. Google tells of an existing object only when the bytes arrive, so it is looked for first;
 * the precondition of the session still decides in the end.
 */
export async function startGcsUpload(
  client: GcsClient,
  ref: ObjectRef,
  { contentType, sizeBytes, origin }: UploadRequest,
): Promise<UploadSession> {
  const file = client.file(ref);
  const [exists] = await client.call(() => file.exists());
  if (exists) throw alreadyExists();
  const expiresAt = new Date(Date.now() + SESSION_MS);
  try {
    const [url] = await client.call(() =>
      file.createResumableUpload({
        metadata: {
          contentType,
          ...client.cachingOf(ref),
          // Zero would be sent as a field of the object, which has none of that name.
          ...(sizeBytes > 0 ? { contentLength: sizeBytes } : {}),
        },
        preconditionOpts: { ifGenerationMatch: 0 },
        ...(origin === undefined ? {} : { origin }),
      }),
    );
    return { url, expiresAt };
  } catch (error) {
    if (isStoreError(error) && error.code === 'precondition_failed') throw alreadyExists(error.cause);
    throw error;
  }
}

/** Throws `bad_key` for what is not one of this store's session URLs: no request goes to any other host. */
function assertSessionUrl(client: GcsClient, url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const bucket = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(parsed?.pathname ?? '')?.[1];
  const isOurs = parsed?.origin === new URL(client.endpoint).origin && parsed.searchParams.has('upload_id');
  if (!isOurs || !bucket || !client.buckets.includes(decodeURIComponent(bucket))) {
    throw new StoreError('bad_key', 'This is not an upload URL of this store.');
  }
}

class RefusedRequest extends Error {
  readonly code: number;

  constructor(status: number) {
    super(`Status ${status}`);
    this.code = status;
  }
}

/** Asks a session without a body. The URL is the only credential that it needs. @returns one of the statuses `told`. */
async function askSession(client: GcsClient, url: string, init: RequestInit, told: Set<number>): Promise<number> {
  assertSessionUrl(client, url);
  return client.call(async () => {
    const signal = AbortSignal.timeout(client.timeoutMs);
    const headers = { 'Content-Length': '0', ...init.headers };
    const response = await fetch(url, { ...init, headers, signal, redirect: 'manual' });
    await response.arrayBuffer();
    if (!told.has(response.status)) throw new RefusedRequest(response.status);
    return response.status;
  });
}

/** `cancelUpload` of the port: a DELETE on the session. */
export async function cancelGcsUpload(client: GcsClient, url: string): Promise<void> {
  await askSession(client, url, { method: 'DELETE' }, ENDED);
}

/** `isUploadOpen` of the port: a status query (Resumable uploads, "Check the status of a resumable upload"). */
export async function isGcsUploadOpen(client: GcsClient, url: string): Promise<boolean> {
  const query = { method: 'PUT', headers: { 'Content-Range': 'bytes */*' } };
  return OPEN.has(await askSession(client, url, query, OPEN.union(GONE)));
}
