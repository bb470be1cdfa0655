import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';

/** What is known of the request that a use-case works for, beside its caller. */
export interface RequestFacts {
  requestId: string;
  /** The client's address, as the server before Next found it. */
  ip: string | null;
  /** The id of the device cookie, where a password is asked for; `null` where there is none. */
  device?: string | null;
}

/** Next loads each route as a bundle of its own: what one of them remembers has to be the process'. */
const shared = globalThis as typeof globalThis & { heartbeatRequestFacts?: AsyncLocalStorage<RequestFacts> };
shared.heartbeatRequestFacts ??= new AsyncLocalStorage<RequestFacts>();
const storage = shared.heartbeatRequestFacts;

/** Runs work that can ask `requestFacts` for these. */
export const withRequestFacts = <T>(facts: RequestFacts, work: () => T): T => storage.run(facts, work);

/** The request that the code at hand works for; `null` for a command of the shell, or a job. */
export const requestFacts = (): RequestFacts | null => storage.getStore() ?? null;

/** The client's address out of the header that the server before Next has set right; `null` when it is none. */
export function addressIn(headers: Headers): string | null {
  const address = headers.get('x-forwarded-for') ?? '';
  return isIP(address) ? address : null;
}
