import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { STANDALONE } from '#scripts/portal/build-web.ts';

/** The names by which the built web knows its server actions. */
export async function serverActionIds(): Promise<string[]> {
  const manifest = path.join(STANDALONE, '.next/server/server-reference-manifest.json');
  const { node } = JSON.parse(await readFile(manifest, 'utf8')) as { node: Record<string, unknown> };
  return Object.keys(node);
}
