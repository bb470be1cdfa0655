import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NODE_FLAGS } from './node-flags.mjs';

const run = promisify(execFile);
const MIB = 1024 ** 2;

/** Keeps as much of what it makes as a busy server does, and tells how large the young generation has become. */
const BUSY = `
  const kept = [];
  for (let n = 0; n < 2e7; n++) kept[n % 2e5] = { n, list: [n] };
  const spaces = require('node:v8').getHeapSpaceStatistics();
  console.log(spaces.find(({ space_name: name }) => name === 'new_space').space_size);
`;

describe('what Node is started with', () => {
  it('keeps the young generation small', async () => {
    const { stdout } = await run(process.execPath, [...NODE_FLAGS, '--eval', BUSY], { env: {} });
    expect(Number(stdout) / MIB).toBeLessThanOrEqual(32);
  });

  it('is the same in the image', async () => {
    const dockerfile = await readFile(path.resolve(import.meta.dirname, '../Dockerfile'), 'utf8');
    expect(/^\s+NODE_OPTIONS=(\S+)/m.exec(dockerfile)?.[1]).toBe(NODE_FLAGS.join(' '));
  });
});
