import { execa } from 'execa';
import { AppError } from '#lib/errors.ts';

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
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await execa('apt-get', ['update', '-q'], { env, stdin: 'ignore' });
    await execa('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages.split(' ')], {
      env,
      stdin: 'ignore',
    });
  } catch (cause) {
    throw fault(cause);
  }
}
