import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';

/** Runs a server action's work so that what is written down of it tells where it came from. */
export async function inPageRequest<T>(work: () => Promise<T>): Promise<T> {
  const facts = { requestId: randomUUID(), ip: addressIn(await headers()) };
  return withRequestFacts(facts, work);
}
