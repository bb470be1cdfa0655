import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Demo, demoSchema } from './sample-accounts.ts';

const fileOf = (dataDir: string) => path.join(dataDir, 'demo.json');

/** What the last run wrote down; `null` where there is nothing, or nothing that can be read. */
export async function readDemoFile(dataDir: string): Promise<Demo | null> {
  try {
    return demoSchema.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Writes `<data-dir>/demo.json`, for its owner's eyes only; a run that is cut off leaves the old one whole. */
export async function writeDemoFile(dataDir: string, demo: Demo): Promise<void> {
  const staging = `${fileOf(dataDir)}.${randomBytes(4).toString('hex')}`;
  await writeFile(staging, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  await rename(staging, fileOf(dataDir));
}
