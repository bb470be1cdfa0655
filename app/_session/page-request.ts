import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

/** Runs a server action's work so that what is written down and counted of it tells where it came from. */
export async function inPageRequest<T>(work: () => Promise<T>): Promise<T> {
  const [head, jar, { deviceCookie }] = await Promise.all([headers(), cookies(), getWebRuntime()]);
  const device = deviceCookie.read(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])));
  return withRequestFacts({ requestId: randomUUID(), ip: addressIn(head), device }, work);
}
