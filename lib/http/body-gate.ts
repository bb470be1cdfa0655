import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '#lib/errors.ts';

/** A request's body, as the server before Next holds it back. */
export interface BodyGate {
  /** Lets the body in, up to so many bytes; what is longer breaks off with 413. */
  open(maxBytes: number): void;
}

/** Next loads each route as a bundle of its own, and the server is none of them: the gate has to be the process'. */
const shared = globalThis as typeof globalThis & { heartbeatBodyGate?: AsyncLocalStorage<BodyGate> };
shared.heartbeatBodyGate ??= new AsyncLocalStorage<BodyGate>();
const storage = shared.heartbeatBodyGate;

/** Runs the work on a request whose body waits for `openBodyGate`. */
export const withBodyGate = <T>(gate: BodyGate, work: () => T): T => storage.run(gate, work);

/**
 * Asks for the body of the request at hand. Whoever declares how long a body may be says so here, and nowhere else; a
 * route that does not ask gets no byte of it. Nothing happens where no server holds the body back.
 */
export const openBodyGate = (maxBytes: number): void => storage.getStore()?.open(maxBytes);

/** 413: the body is longer than what asked for it takes. */
export const bodyTooLarge = (maxBytes: number) =>
  new AppError({
    status: 413,
    code: 'body_too_large',
    detail: `A body of this resource is at most ${maxBytes} bytes.`,
  });
