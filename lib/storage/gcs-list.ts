import { z } from 'zod';
import type { GcsClient } from './gcs-client.ts';
import { isSafeKey } from './object-keys.ts';
import { type ListedObject, StoreError } from './object-store.ts';

const PAGE = 1000;

const listedSchema = z.object({
  name: z.string(),
  size: z.coerce.number(),
  generation: z.string(),
  crc32c: z.string(),
  updated: z.coerce.date(),
});

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
      ...{ prefix, maxResults: PAGE, autoPaginate: false },
      fields: 'items(name,size,generation,crc32c,updated),nextPageToken',
      ...(pageToken ? { pageToken } : {}),
    };
    const [, , answer] = await client.call(() => bucket.getFiles(query));
    const page = pageSchema.parse(answer);
    for (const { name, size, generation, crc32c, updated } of page.items) {
      // Whoever else writes to the bucket may use keys that this store would never give out.
      if (isSafeKey(name)) yield { key: name, sizeBytes: size, generation, crc32c, updatedAt: updated };
    }
    pageToken = page.nextPageToken;
  } while (pageToken);
}
