import { randomUUID } from 'node:crypto';
import { PROBE_GAME } from '#lib/storage/google/wanted-settings.ts';
import { type Buckets, deliveryRef } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';

/** What a probe holds. */
export const PROBE = 'heartbeat verify';

/** An object under a key of its own, that is gone afterwards. A run that is killed leaves it to the lifecycle rule. */
export async function withProbe<T>(
  store: ObjectStore,
  buckets: Buckets,
  use: (ref: ObjectRef, generation: string) => Promise<T>,
): Promise<T> {
  const ref = deliveryRef(buckets, PROBE_GAME, `probe-${randomUUID()}`, 'thumb.jpg');
  const { generation } = await store.write(ref, Buffer.from(PROBE), {
    contentType: 'image/jpeg',
    ifGenerationMatch: '0',
  });
  try {
    return await use(ref, generation);
  } finally {
    await store.delete(ref);
  }
}

/** How long a probe's URL works. */
const URL_LIFE_MS = 60_000;

/** A lifetime from now on, in whole seconds. */
export function probeLifetime(): { signedAt: Date; expiresAt: Date } {
  const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  return { signedAt, expiresAt: new Date(signedAt.getTime() + URL_LIFE_MS) };
}
