import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './build-web.ts';

const DIST = path.join(ROOT, '.next');

/**
 * How much script a page may begin with, in kB after gzip, React and Next's router (132) included: what it is, and a little.
 * What a page needs later is fetched later (docs/adr/0075).
 */
const MOST_KB = {
  signin: 190,
  '(portal)/account': 235,
  '(portal)/games': 242,
  '(portal)/clips': 314,
  '(portal)/games/[team]/[season]/[game]': 308,
  '(portal)/reels/[id]': 462,
  '(portal)/watch': 508,
  '(portal)/masters/[id]': 524,
} as const;

/** What Next writes of a page's client components: of each entry, the files that the browser gets with it. */
async function filesOf(page: string): Promise<string[]> {
  const manifest = path.join(DIST, 'server', 'app', page, 'page_client-reference-manifest.js');
  const text = await readFile(manifest, 'utf8');
  // `globalThis.__RSC_MANIFEST["/page"] = {…};`
  const begin = text.indexOf('] = {');
  if (begin < 0) throw new Error(`${manifest} does not read as it used to.`);
  const { entryJSFiles } = JSON.parse(text.slice(begin + '] = '.length, text.lastIndexOf('}') + 1)) as {
    entryJSFiles: Record<string, string[]>;
  };
  return Object.values(entryJSFiles).flat();
}

const sizeKb = async (files: ReadonlySet<string>): Promise<number> => {
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(path.join(DIST, file))).length),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000;
};

/** The pages of the last build that begin with more script than they may, in words. */
export async function findHeavyPages(): Promise<string[]> {
  const { rootMainFiles } = JSON.parse(await readFile(path.join(DIST, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: string[];
  };
  const found = await Promise.all(
    Object.entries(MOST_KB).map(async ([page, mostKb]) => {
      const kb = await sizeKb(new Set([...rootMainFiles, ...(await filesOf(page))]));
      return kb > mostKb ? [`${page} begins with ${kb.toFixed(1)} kB of script; it may with ${mostKb}.`] : [];
    }),
  );
  return found.flat();
}
