import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, '.next');
const MARK = path.join(DIST, 'source-hash');
const INPUTS = [
  'app',
  'lib',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'package-lock.json',
];

/** Where `next build` leaves the web in standalone form. */
export const STANDALONE = path.join(DIST, 'standalone');

async function listFiles(entry: string): Promise<string[]> {
  const file = path.join(ROOT, entry);
  if (!(await stat(file)).isDirectory()) return [entry];
  const found = await readdir(file, { recursive: true, withFileTypes: true });
  const files = found.filter((dirent) => dirent.isFile() && !/\.test\.tsx?$/.test(dirent.name));
  return files.map((dirent) => path.relative(ROOT, path.join(dirent.parentPath, dirent.name)));
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await Promise.all(INPUTS.map(listFiles))).flat().sort();
  for (const file of files) hash.update(`${file}\0`).update(await readFile(path.join(ROOT, file)));
  return hash.digest('hex');
}

/** Whether the last build was made from the sources as they are. */
export async function isBuilt(): Promise<boolean> {
  const [mark, server] = await Promise.all([
    readFile(MARK, 'utf8').catch(() => ''),
    stat(path.join(STANDALONE, 'server.js')).catch(() => null),
  ]);
  return server !== null && mark === (await hashSources());
}

/**
 * Builds the web in standalone form, with its static files beside it, unless that is done already.
 * @throws Error with the end of the build's output.
 */
export async function buildWeb(options: { signal?: AbortSignal } = {}): Promise<void> {
  if (await isBuilt()) return;
  const sources = await hashSources();
  await rm(MARK, { force: true });
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const { exitCode, all } = await execa(process.execPath, [next, 'build'], {
    cwd: ROOT,
    all: true,
    reject: false,
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    ...(options.signal ? { cancelSignal: options.signal, gracefulCancel: false } : {}),
  });
  options.signal?.throwIfAborted();
  if (exitCode !== 0)
    throw new Error(`The web could not be built:\n${String(all).trim().split('\n').slice(-25).join('\n')}`);
  await cp(path.join(DIST, 'static'), path.join(STANDALONE, '.next', 'static'), { recursive: true });
  await cp(path.join(ROOT, 'public'), path.join(STANDALONE, 'public'), { recursive: true });
  // The server before Next and Next's bundles work on one runtime: a package has to be one and the same for both. In the
  // container image it is so by itself.
  const packages = path.join(STANDALONE, 'node_modules');
  await rm(packages, { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), packages, 'junction');
  await writeFile(MARK, sources);
}
