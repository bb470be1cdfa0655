import type { FileHandle } from 'node:fs/promises';
import fresh from 'fresh';
import { judgeRange } from '#lib/storage/port/byte-range.ts';
import { attachmentDisposition } from '#lib/storage/port/download-name.ts';
import type { ObjectRef, ObjectStat } from '#lib/storage/port/object-store.ts';
import { problemResponse } from './http-problem.ts';
import type { SignedGrant } from './signature.ts';
import type { DiskStore } from './store.ts';

const READ_BYTES = 262_144;
const CONTENT_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+(;[ -~]*)?$/i;

const REFUSALS = {
  bad_signature: 'The signature of this URL does not hold.',
  url_expired: 'This URL has expired; ask the portal for a new one.',
} as const;

/** Bytes of a file as they are asked for: one buffer at a time; the handle is closed at the end and on a hang-up. */
function fileBody(handle: FileHandle, first: number, length: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  let position = first;
  const end = first + length;
  const close = () => void handle.close().catch(() => {});
  signal.addEventListener('abort', close, { once: true });
  const finish = () => {
    signal.removeEventListener('abort', close);
    return handle.close();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - position));
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
          if (bytesRead === 0) throw new Error('The file ended before its object.');
          position += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
          if (position === end) {
            controller.close();
            await finish();
          }
        } catch (error) {
          await finish().catch(() => {});
          throw error;
        }
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  );
}

function baseHeaders(stat: ObjectStat, grant: SignedGrant, nowMs: number): Headers {
  const secondsLeft = Math.max(0, Math.floor((grant.expiresAt.getTime() - nowMs) / 1000));
  const headers = new Headers({
    ETag: `"${stat.generation}"`,
    'Last-Modified': stat.updatedAt.toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': `private, max-age=${secondsLeft}, immutable`,
    'Content-Type': CONTENT_TYPE.test(stat.contentType) ? stat.contentType : 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    // A stored file opened as a page runs nothing, whatever it says it is.
    'Content-Security-Policy': "sandbox; default-src 'none'",
    // The URL is the whole permission: pages of a club's own may play what they were given it for.
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
  });
  if (grant.downloadName !== undefined) {
    headers.set('Content-Disposition', attachmentDisposition(grant.downloadName));
  }
  return headers;
}

/** Whether the client has this generation already. A store is the origin: "no-cache" asks no more of it than this. */
function isFresh(request: Request, stat: ObjectStat): boolean {
  const { 'cache-control': _, ...conditions } = Object.fromEntries(request.headers);
  return fresh(conditions, {
    etag: `"${stat.generation}"`,
    'last-modified': stat.updatedAt.toUTCString(),
  });
}

/** Whether `If-Range` lets `Range` count: a strong tag that is equal, or the exact date (RFC 9110 §13.1.5). */
function rangeCounts(request: Request, stat: ObjectStat): boolean {
  const condition = request.headers.get('if-range');
  return condition === null || condition === `"${stat.generation}"` || condition === stat.updatedAt.toUTCString();
}

/** GET and HEAD of a signed URL: 200, 206, 304, 403, 404 or 416. */
export async function serveSignedGet(store: DiskStore, request: Request, ref: ObjectRef): Promise<Response> {
  const url = new URL(request.url);
  const verdict = store.verifySignedGet(ref, url.searchParams);
  if (!verdict.ok) {
    return problemResponse({ status: 403, code: verdict.code, detail: REFUSALS[verdict.code] }, url.pathname);
  }
  const { grant } = verdict;
  const opened = await store.openForServing(ref);
  if (!opened || (grant.generation !== undefined && grant.generation !== opened.stat.generation)) {
    await opened?.object.handle.close();
    return problemResponse({ status: 404, code: 'not_found', detail: 'There is no such object.' }, url.pathname);
  }
  const { object, stat } = opened;
  const headers = baseHeaders(stat, grant, store.now());
  const range = rangeCounts(request, stat) ? judgeRange(request.headers.get('range'), stat.sizeBytes) : null;
  let bodiless: Response | null = null;
  let first = 0;
  let length = stat.sizeBytes;
  if (isFresh(request, stat)) {
    headers.delete('Content-Type');
    bodiless = new Response(null, { status: 304, headers });
  } else if (range?.kind === 'unsatisfiable') {
    const detail = `The object has ${stat.sizeBytes} bytes.`;
    const contentRange = { 'Content-Range': `bytes */${stat.sizeBytes}` };
    bodiless = problemResponse({ status: 416, code: 'bad_range', detail, headers: contentRange }, url.pathname);
  } else if (range?.kind === 'part') {
    first = range.first;
    length = range.last - range.first + 1;
    headers.set('Content-Range', `bytes ${range.first}-${range.last}/${stat.sizeBytes}`);
  }
  headers.set('Content-Length', String(length));
  const status = range?.kind === 'part' ? 206 : 200;
  if (!bodiless && (request.method === 'HEAD' || length === 0)) bodiless = new Response(null, { status, headers });
  if (bodiless || request.signal.aborted) {
    await object.handle.close();
    return bodiless ?? new Response(null, { status, headers });
  }
  return new Response(fileBody(object.handle, first, length, request.signal), { status, headers });
}
