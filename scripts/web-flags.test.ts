import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEB_FLAGS } from './web-flags.mjs';

const run = promisify(execFile);
const MIB = 1024 ** 2;

/** Makes as much as a busy server does, keeps some of it for a while, and tells how large its generations became. */
const BUSY = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const kept = [];
  let [young, old] = [0, 0];
  for (let n = 0; n < 1e7; n++) {
    kept[n % 3e5] = { n, list: [n] };
    if (n % 1e5 === 0) {
      const sizeOf = (wanted) => getHeapSpaceStatistics().find(({ space_name: name }) => name === wanted).space_size;
      young = Math.max(young, sizeOf('new_space'));
      old = Math.max(old, sizeOf('old_space'));
    }
  }
  console.log(JSON.stringify({ young, old }));
`;

describe('what the web’s Node is started with', () => {
  let folder: string;
  let busy: { young: number; old: number };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-flags-'));
    const script = path.join(folder, 'busy.mjs');
    await writeFile(script, BUSY);
    const { stdout } = await run(process.execPath, [...WEB_FLAGS, script], { env: { NODE_ENV: 'test' } });
    busy = JSON.parse(stdout);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps the young generation small', () => {
    expect(busy.young / MIB).toBeLessThanOrEqual(32);
  });

  it('lets no garbage pile up in the old one', () => {
    expect(busy.old / MIB).toBeLessThanOrEqual(128);
  });

  it('is the same in the image', async () => {
    const dockerfile = await readFile(path.resolve(import.meta.dirname, '../Dockerfile'), 'utf8');
    const [command = '[]'] = /(?<=^CMD ).*$/m.exec(dockerfile) ?? [];
    expect(JSON.parse(command)).toEqual(['node', ...WEB_FLAGS, 'scripts/web.ts']);
  });
});
