import { z } from 'zod';
import type { GcsClient } from './client.ts';
import { readResource } from './object-resource.ts';

/** The answer of "Buckets: testIamPermissions", which leaves out an empty list. */
const grantedSchema = z.object({ permissions: z.array(z.string()).default([]) });

/** Those of `permissions` that the credentials have on the bucket; asking needs none. Throws `StoreError`s. */
export async function grantedPermissions(
  client: GcsClient,
  name: string,
  permissions: readonly string[],
): Promise<string[]> {
  const bucket = client.bucket(name);
  // Not `iam.testPermissions`: it throws where nobody can catch it when an answer has no body.
  const query = { uri: '/iam/testPermissions', qs: { permissions: [...permissions] }, useQuerystring: true };
  const [answer] = await client.call(() => bucket.request(query));
  const granted = new Set(readResource(grantedSchema, answer).permissions);
  return permissions.filter((permission) => granted.has(permission));
}
