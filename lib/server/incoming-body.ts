import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { bodyTooLarge } from '#lib/http/read-input.ts';

/** How slowly a body may come. */
export interface BodyPace {
  /** Between two pieces of it. */
  idleMs: number;
  /** For the whole of it, and a second more for each … */
  totalMs: number;
  /** … so many bytes that have come: a long body over a slow line is no attack (as `RequestReadTimeout` of Apache). */
  bytesPerSecond: number;
}

const BODY_PACE: BodyPace = { idleMs: 15_000, totalMs: 20_000, bytesPerSecond: 1024 };

export interface BodyOptions {
  pace?: BodyPace;
  /** Called once, before the first byte is waited for. */
  begin?: () => void;
}

const tooSlow = () =>
  new AppError({
    status: 408,
    code: 'body_too_slow',
    detail: 'The body did not come in time; send it again.',
  });

const brokenOff = () => new AppError({ status: 400, code: 'body_broken_off', detail: 'The body broke off.' });

/** Whether a request announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** The body of a request, read piece by piece as it is asked for: what nobody asks for stays on the line. */
export class IncomingBody {
  readonly #request: IncomingMessage;
  readonly #pace: BodyPace;
  readonly #begin: () => void;
  #maxBytes: number;
  #receivedBytes = 0;
  #startedMs: number | undefined;

  /** @param maxBytes `Infinity` where something else bounds the body. */
  constructor(request: IncomingMessage, maxBytes: number, { pace = BODY_PACE, begin = () => {} }: BodyOptions = {}) {
    this.#request = request;
    this.#maxBytes = maxBytes;
    this.#pace = pace;
    this.#begin = begin;
  }

  /**
   * The next piece; `null` at the end. One call at a time.
   * @throws AppError 400 `body_broken_off`, 408 `body_too_slow`, 413 `body_too_large`.
   */
  async read(): Promise<Buffer | null> {
    if (this.#startedMs === undefined) {
      if (Number(this.#request.headers['content-length'] ?? 0) > this.#maxBytes) throw bodyTooLarge(this.#maxBytes);
      this.#startedMs = performance.now();
      this.#begin();
    }
    for (;;) {
      const piece = this.#request.read() as Buffer | null;
      if (piece) return this.#counted(piece);
      if (this.#request.readableEnded) return null;
      if (this.#request.destroyed) throw brokenOff();
      await this.#more(this.#startedMs);
    }
  }

  /** All of it. */
  async readAll(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let piece = await this.read(); piece; piece = await this.read()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The same as a stream: a piece is read when it is asked for. */
  toStream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const piece = await this.read();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  #counted(piece: Buffer): Buffer {
    this.#receivedBytes += piece.length;
    if (this.#receivedBytes > this.#maxBytes) throw bodyTooLarge(this.#maxBytes);
    return piece;
  }

  /** Until something can be read, the body has ended or the line is cut. */
  #more(startedMs: number): Promise<void> {
    const { idleMs, totalMs, bytesPerSecond } = this.#pace;
    const earnedMs = (this.#receivedBytes / bytesPerSecond) * 1000;
    const patienceMs = Math.min(idleMs, startedMs + totalMs + earnedMs - performance.now());
    return new Promise((resolve, reject) => {
      const request = this.#request;
      const settle = (done: () => void) => () => {
        clearTimeout(timer);
        request.off('readable', onMore).off('end', onMore).off('error', onCut).off('close', onCut);
        done();
      };
      const onMore = settle(resolve);
      const onCut = settle(() => reject(brokenOff()));
      const timer = setTimeout(
        settle(() => reject(tooSlow())),
        Math.max(0, patienceMs),
      );
      request.on('readable', onMore).on('end', onMore).on('error', onCut).on('close', onCut);
    });
  }
}
