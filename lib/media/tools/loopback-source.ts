import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import parseRange from 'range-parser';
import { isMediaError, MediaError } from '#lib/media/media-types.ts';
import { spentBuffers } from '#lib/spent-buffers.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import type { ToolLimits } from './guard.ts';
import { GIVEN_FILE, type MediaTool, runTool, type ToolOptions, type ToolResult } from './run-ffmpeg.ts';

export interface LoopbackSource extends AsyncDisposable {
  /** An address on 127.0.0.1 that nobody can guess. A bearer secret: never log it. */
  url: string;
  /** `runTool` for a tool that reads this object: with the signal and the limits of the source. */
  run(
    tool: MediaTool,
    args: readonly string[],
    options?: Pick<ToolOptions, 'cwd' | 'onStdoutLine' | 'takeStdout' | 'isPatient'>,
  ): Promise<ToolResult>;
  /**
   * Runs ffmpeg for what reads the object from its beginning to its end: as a file, where it is one of this machine, and
   * at `url` where it is not. The bytes of a master pass through this process once less so.
   * @param args of what it reads, at this address.
   */
  runWhole(
    args: (address: string) => readonly string[],
    options?: Pick<ToolOptions, 'takeStdout'>,
  ): Promise<ToolResult>;
  /** Of the whole object. */
  sizeBytes: number;
  /** From now on the object ends before this byte, as far as the tools see it; null: where it does. */
  endBefore(byte: number | null): void;
  /** Bytes handed to ffmpeg's sockets so far. */
  bytesServed(): number;
  /** The first failure of the source itself, as a retryable `source_unreadable`; a reader that hung up is none. */
  fault(): MediaError | undefined;
  close(): Promise<void>;
}

/** How much of an open-ended range is answered at first, and at most once the reader has shown that it reads on. */
const FIRST_WINDOW_BYTES = 32 * 1024;
const LAST_WINDOW_BYTES = 1024 * 1024;
/** The same for a source that is read from its beginning to its end: asking again costs more than what is not wanted. */
const LAST_WHOLE_WINDOW_BYTES = 256 * 1024 * 1024;

/**
 * ffmpeg's part of the bargain below: when a window ends, it asks for the rest. Options for an input, before `-i`.
 */
export const LOOPBACK_INPUT_ARGS: readonly string[] = ['-reconnect', '1', '-reconnect_delay_max', '1'];

interface ServeOptions {
  signal?: AbortSignal | undefined;
  limits?: ToolLimits | undefined;
  /** It is read from its beginning to its end, in one go. */
  isReadWhole?: boolean;
}

/**
 * Serves one object, and that alone, to ffmpeg: GET and HEAD with a single range (RFC 9110 §14), 404 for anything else.
 *
 * ffmpeg asks for everything from a position on, and hangs up when it has read enough; by then megabytes wait in the
 * kernel's socket buffers, at every seek. So an open-ended range (`bytes=N-`) is answered with a window of it, as a
 * 206 may be (RFC 9110 §15.3.7), which doubles while the reader goes on from where it stopped: the store is read
 * for about what ffmpeg needed. Ends when `signal` aborts.
 */
export async function serveSource(
  source: ByteSource,
  { signal, limits, isReadWhole = false }: ServeOptions = {},
): Promise<LoopbackSource> {
  signal?.throwIfAborted();
  const path = `/${randomBytes(32).toString('base64url')}`;
  const state: ServeState = {
    source,
    sizeBytes: source.sizeBytes,
    served: 0,
    fault: undefined,
    nextFirst: 0,
    windowBytes: FIRST_WINDOW_BYTES,
    lastWindowBytes: isReadWhole ? LAST_WHOLE_WINDOW_BYTES : LAST_WINDOW_BYTES,
  };
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end();
    answer(state, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback server has no port.');
  const close = async () => {
    signal?.removeEventListener('abort', close);
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  signal?.addEventListener('abort', close);
  const url = `http://127.0.0.1:${address.port}${path}`;
  const run: LoopbackSource['run'] = (tool, args, options) =>
    runTool(tool, args, { ...options, signal, limits, bytesRead: () => state.served });
  return {
    url,
    run,
    runWhole: async (args, options) => {
      // What the tools are to see less of than there is, they see here alone.
      const givenFile = state.sizeBytes === source.sizeBytes ? await source.openFile?.() : undefined;
      if (!givenFile) return run('ffmpeg', args(url), options);
      const judge = async () => {
        state.fault ??= await faultOfFile(givenFile);
        if (state.fault) throw state.fault;
      };
      try {
        const result = await runTool('ffmpeg', args(GIVEN_FILE), { ...options, signal, limits, givenFile });
        // ffmpeg takes a disk that fails for the end of the file.
        if (result.stderrTail.includes('Input/output error')) await judge();
        return result;
      } catch (error) {
        signal?.throwIfAborted();
        if (isMediaError(error)) await judge();
        throw error;
      } finally {
        givenFile.destroy();
      }
    },
    sizeBytes: source.sizeBytes,
    endBefore: (byte) => {
      state.sizeBytes = byte ?? source.sizeBytes;
    },
    bytesServed: () => state.served,
    fault: () => state.fault,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const unreadable = (cause: unknown) =>
  new MediaError('source_unreadable', 'The master could not be read from the store.', { retryable: true, cause });

/** Whether it was the disk that failed, and not what is on it: read once more to its end. */
async function faultOfFile(file: ReadStream): Promise<MediaError | undefined> {
  try {
    for await (const _ of file);
    return undefined;
  } catch (cause) {
    return unreadable(cause);
  }
}

interface ServeState {
  source: ByteSource;
  /** As the tools are told. */
  sizeBytes: number;
  served: number;
  fault: MediaError | undefined;
  /** Where the last window ended, and how long it was. */
  nextFirst: number;
  windowBytes: number;
  lastWindowBytes: number;
}

async function answer(state: ServeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  }
  // ffmpeg would ask again and again; the cut has failed already.
  if (state.fault) return void response.writeHead(503).end();
  const size = state.sizeBytes;
  const headers = { 'Accept-Ranges': 'bytes', 'Content-Type': 'application/octet-stream' };
  const ranges = request.headers.range === undefined ? undefined : parseRange(size, request.headers.range);
  if (ranges === -1) return void response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` }).end();
  const range = typeof ranges === 'object' && ranges.type === 'bytes' ? ranges[0] : undefined;
  const first = range?.start ?? 0;
  const isOpen = range !== undefined && /^bytes=\d+-$/.test(request.headers.range ?? '');
  const last = isOpen && request.method === 'GET' ? endOfWindow(state, first) : (range?.end ?? size - 1);
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'Content-Length': last - first + 1,
    ...(range ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}),
  });
  if (request.method === 'HEAD' || last < first) return void response.end();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await pipeline(bytesOf(state, first, last, gone.signal), response, { signal: gone.signal });
}

/** Last byte of the answer to `bytes=first-`. */
function endOfWindow(state: ServeState, first: number): number {
  state.windowBytes =
    first === state.nextFirst ? Math.min(state.lastWindowBytes, state.windowBytes * 2) : FIRST_WINDOW_BYTES;
  const last = Math.min(state.sizeBytes, first + state.windowBytes) - 1;
  state.nextFirst = last + 1;
  return last;
}

/** The bytes of a range; whatever happens, the store's stream is destroyed. A failure of the store is remembered. */
async function* bytesOf(state: ServeState, first: number, last: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  const free = spentBuffers();
  let at = first;
  try {
    for await (const chunk of await state.source.read({ first, last }, signal)) {
      at += chunk.length;
      state.served += chunk.length;
      yield chunk;
      free(chunk.length);
    }
    if (at !== last + 1) throw new Error(`The store ended at byte ${at} of a read of ${first}-${last}.`);
  } catch (cause) {
    if (!signal.aborted) state.fault ??= unreadable(cause);
    throw cause;
  }
}
