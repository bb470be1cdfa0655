import { z } from 'zod';
import { isSafeKey } from '#lib/storage/port/object-keys.ts';
import { type ListedObject, StoreError } from '#lib/storage/port/object-store.ts';
import type { GcsClient } from './client.ts';
import { objectResourceSchema, readResource } from './object-resource.ts';

const PAGE = 1000;

const listedSchema = objectResourceSchema.omit({ contentType: true }).extend({ name: z.string() });

/** One answer of "Objects: list", as far as it is asked for by `fields`. */
const pageSchema = z.object({
  items: z.array(listedSchema).default([]),
  nextPageToken: z.string().optional(),
});

/**
 * `list` of the port. Google lists in the order of the keys' bytes, and keys are ASCII. Page by page rather than with
 * the library's stream, so that each request has its own time limit and retries, and no page is read before its turn.
 */
export async function* listGcsObjects(
  client: GcsClient,
  bucketName: string,
  prefix: string,
): AsyncGenerator<ListedObject> {
  const bucket = client.bucket(bucketName);
  if (!isSafeKey(`${prefix}x`)) throw new StoreError('bad_key', 'No key starts with this prefix.');
  let pageToken: string | undefined;
  do {
    const query = {
      ...{ prefix, maxResults: PAGE },
      fields: 'items(name,size,generation,crc32c,updated),nextPageToken',
      ...(pageToken ? { pageToken } : {}),
    };
    // Not `getFiles`: it throws where nobody can catch it when an answer is no list.
    const [answer] = await client.call(() => bucket.request({ uri: '/o', qs: query }));
    const page = readResource(pageSchema, answer);
    for (const { name, size, generation, crc32c, updated } of page.items) {
      // Whoever else writes to the bucket may use keys that this store would never give out.
      if (isSafeKey(name)) yield { key: name, sizeBytes: size, generation, crc32c, updatedAt: updated };
    }
    pageToken = page.nextPageToken;
  } while (pageToken);
}
