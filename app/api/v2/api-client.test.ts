import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateSource } from 'oazapfts';
import { expect, it } from 'vitest';
import { apiDocument } from './api-document.ts';
import { GET } from './openapi.json/resource.ts';

/** The generated client is checked in, so that a change of the API shows in review, and the e2e tests compile against it. */
const CLIENT = path.resolve('e2e/client/media-api.ts');

it('generates the client that is checked in (`npx vitest run app/api/v2 -u` renews it)', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-client-'));
  try {
    const file = path.join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(apiDocument({ GET }, { secureCookie: true })));
    await expect(await generateSource(file)).toMatchFileSnapshot(CLIENT);
  } finally {
    await rm(folder, { recursive: true });
  }
});
