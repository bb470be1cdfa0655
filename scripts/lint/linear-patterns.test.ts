import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FROM_PICTURE } from '#lib/media/frames/decode-damage.ts';
import { MASTER_SUFFIX } from '#lib/storage/port/object-keys.ts';
import { type FoundPattern, findPatterns } from './find-patterns.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Patterns that are made of parts when the program starts: their files, and what comes of it. */
const BUILT: Record<string, RegExp[]> = {
  'lib/storage/port/object-keys.ts': [MASTER_SUFFIX],
  'lib/media/frames/decode-damage.ts': [FROM_PICTURE],
  // A text taken as it is, up to a space.
  'scripts/image/image-references.ts': [new RegExp(`${RegExp.escape('node:24-bookworm')}(?=\\s|$)`, 'gm')],
};

/** Patterns of zod's that the portal's schemas use. */
const OF_ZOD = {
  email: z.regexes.email,
  uuid: z.regexes.uuid(),
  date: z.regexes.date,
  datetime: z.regexes.datetime({}),
};

/** Worse than linear, and why nothing from outside meets them: `file /pattern/`. Empty, and best kept so. */
const NEVER_FROM_OUTSIDE: Record<string, string> = {};

/** Steps are counted, not seconds, and the same texts tried each time: a busy machine finds what a quiet one does. */
const UNHURRIED = {
  ...{ timeout: null, seedingTimeout: null, incubationTimeout: null, attackTimeout: null, recallTimeout: -1 },
  randomSeed: 1,
};

/** Steps grow no faster than the text; what the analyser cannot tell is not trusted. */
async function isLinear({ source, flags }: FoundPattern): Promise<boolean> {
  const found = await check(source, flags, UNHURRIED);
  return found.status === 'safe' && ['safe', 'linear'].includes(found.complexity.type);
}

async function sourceFiles(): Promise<string[]> {
  const folders = await Promise.all(
    ['lib', 'app', 'scripts'].map(async (folder) => {
      const entries = await readdir(path.join(ROOT, folder), { recursive: true });
      return entries.map((entry) => path.join(folder, entry));
    }),
  );
  return [...folders.flat(), 'proxy.ts', 'instrumentation.ts', 'next.config.mjs']
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !/\.(test|contract)\.tsx?$|-(fixture|bench)\.ts$/.test(file))
    .sort();
}

describe('regular expressions', () => {
  it('of the source take no more than linear time on any text', { timeout: 600_000 }, async () => {
    const patterns = new Map<string, FoundPattern>();
    const unknown: string[] = [];
    for (const file of await sourceFiles()) {
      const { literals, built } = findPatterns(file, await readFile(path.join(ROOT, file), 'utf8'));
      const made = BUILT[file] ?? [];
      if (built !== made.length) unknown.push(file);
      for (const pattern of [...literals, ...made]) {
        patterns.set(`${file} /${pattern.source}/${pattern.flags}`, { source: pattern.source, flags: pattern.flags });
      }
    }
    expect(unknown, 'files that build patterns of text: name what comes of it in BUILT').toEqual([]);
    expect(patterns.size).toBeGreaterThan(150);
    const slow: string[] = [];
    for (const [name, pattern] of patterns) if (!(await isLinear(pattern))) slow.push(name);
    expect(slow).toEqual(Object.keys(NEVER_FROM_OUTSIDE));
  });

  it.each(Object.entries(OF_ZOD))('of zod for %s do so too', async (_name, pattern) => {
    expect(await isLinear(pattern)).toBe(true);
  });

  const PLANTED = String.raw`
    const end = /\s+$/;
    export const schema = z.string().regex(/^(a+)+$/u);
    const made = new RegExp('x'), other = RegExp(end);
    const text: string = 'no /pattern+$/ here' as const;
  `;

  it('are found wherever they stand in TypeScript', () => {
    expect(findPatterns('planted.ts', PLANTED)).toEqual({
      literals: [
        { source: String.raw`\s+$`, flags: '' },
        { source: '^(a+)+$', flags: 'u' },
      ],
      built: 2,
    });
  });

  it('that are quadratic or exponential are told', async () => {
    for (const pattern of findPatterns('planted.ts', PLANTED).literals) expect(await isLinear(pattern)).toBe(false);
    expect(await isLinear(/^[a-z]+$/)).toBe(true);
    // What `POST /api/auth/_log` met: one request held the web for half a minute.
    expect(await isLinear(/(\/\/[^:/\s"'\\]*:)[^\s"'\\]+@/g)).toBe(false);
  });
});
