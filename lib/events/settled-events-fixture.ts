import { vi } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { Database } from '#lib/db/prisma-client.ts';
import type { PortalEvent } from './event.ts';
import { readEvents } from './event-repo.ts';

/** Other tests write ten thousand clips in one. */
const LONGEST_TRANSACTION_MS = 60_000;

/**
 * All events that a caller is told, once none is held back: any transaction of the cluster holds events back while it
 * lasts, those of other tests' databases too.
 */
export async function settledEvents(db: Database, user: UserContext): Promise<PortalEvent[]> {
  const settled = async () => {
    const page = await readEvents(db, user, { xact: 0n, id: 0n }, 1000);
    return page.isHeldBack ? null : page.events;
  };
  return vi.waitUntil(settled, { timeout: LONGEST_TRANSACTION_MS, interval: 200 });
}
