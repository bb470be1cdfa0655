import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { AppError } from '#lib/errors.ts';
import { HEADLESS_SHELL } from './chromium.ts';

/** Programs that the portal runs, with the Debian package that brings each. */
const PACKAGES = { ffmpeg: 'ffmpeg', chromium: 'chromium', caddy: 'caddy', psql: 'postgresql-client' } as const;
/** How each tells its version. */
const VERSION = { ffmpeg: '-version', chromium: '--version', caddy: 'version', psql: '--version' } as const;
export type Tool = keyof typeof PACKAGES;

const isThere = async (tool: Tool): Promise<boolean> =>
  (await execa(tool, [VERSION[tool]], { reject: false, stdin: 'ignore' })).exitCode === 0;

const canAptGet = async (): Promise<boolean> =>
  process.getuid?.() === 0 && (await execa('apt-get', ['--version'], { reject: false })).exitCode === 0;

/**
 * Sees to it that ffmpeg, and for tests Chromium and psql, are there: as root on Debian or Ubuntu they are installed.
 * @throws AppError with the one line that says what to install.
 */
export async function ensureTools(tools: Tool[], say: (line: string) => void): Promise<void> {
  const present = await Promise.all(tools.map(isThere));
  const missing = tools.filter((_, index) => !present[index]);
  if (missing.length === 0) return;
  const packages = missing.map((tool) => PACKAGES[tool]).join(' ');
  const advice = `${missing.join(' and ')} missing: install with "sudo apt-get install ${packages}" (or "brew install ${packages}"), then run this again.`;
  const fault = (cause?: unknown) => new AppError({ status: 500, code: 'tools_missing', detail: advice, cause });
  if (!(await canAptGet())) throw fault();
  say(`Installing ${packages} with apt-get …`);
  await aptInstall(packages.split(' ')).catch((cause) => {
    throw fault(cause);
  });
}

async function aptInstall(packages: readonly string[], timeout = 0): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdin: 'ignore', timeout } as const;
  await execa('apt-get', ['update', '-q'], options);
  await execa('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

/** How long a package that one can do without may take to come. */
const WISH_PATIENCE_MS = 120_000;

/** Chromium without windows, where this system has a package of it; tests take the whole one otherwise. */
export async function wishForHeadlessShell(say: (line: string) => void): Promise<void> {
  if (existsSync(HEADLESS_SHELL) || !(await canAptGet())) return;
  const name = path.basename(HEADLESS_SHELL);
  say(`Installing ${name} with apt-get …`);
  await aptInstall([name], WISH_PATIENCE_MS).catch(() => say(`There is none: the browser tests take a third longer.`));
}
