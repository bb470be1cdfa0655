import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

/** The server that `next build` leaves in standalone form. */
export const WEB_SERVER = path.join(DIST, 'standalone', 'server.js');

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
    stat(WEB_SERVER).catch(() => null),
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
  const standalone = path.join(DIST, 'standalone');
  await cp(path.join(DIST, 'static'), path.join(standalone, '.next', 'static'), { recursive: true });
  await cp(path.join(ROOT, 'public'), path.join(standalone, 'public'), { recursive: true });
  await writeFile(MARK, sources);
}
