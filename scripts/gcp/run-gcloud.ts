import { execa } from 'execa';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { commandLine } from './gcloud-step.ts';

/** Google’s command line. */
export interface Gcloud {
  /** The JSON that a command prints; `null` where the thing that it asks about is not there. */
  read(args: readonly string[]): Promise<unknown>;
  /** @throws CommandFailed with Google's own words. */
  change(args: readonly string[]): Promise<void>;
}

/** As IAM, Cloud Storage and Compute Engine word it. What may not be seen is not taken for missing. */
const NOT_FOUND = /NOT_FOUND|not found: 404|was not found|(?:does|do) not exist/i;
const DENIED = /PERMISSION_DENIED|\b403\b|does not have \S{1,200} access|may not exist/i;

const INSTALL =
  'gcloud is not installed: see https://cloud.google.com/sdk/docs/install, or print the commands with --dry-run.';

/** Google's error on one line, without its advertising. */
const reasonOf = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.trim() && !/^(Updates are available|To take a quick)/.test(line))
    .join(' ')
    .slice(0, 600);

/** One call of the program, whatever it answers. */
export type RunGcloud = (args: readonly string[]) => Promise<{ exitCode?: number; stdout: string; stderr: string }>;

/** The program of the PATH, in one folder, without a shell. */
export const spawnGcloud =
  (cwd: string, signal: AbortSignal): RunGcloud =>
  async (args) => {
    const result = await execa('gcloud', [...args], {
      ...{ cwd, reject: false, stdin: 'ignore', cancelSignal: signal, forceKillAfterDelay: 3000 },
      env: { CLOUDSDK_CORE_DISABLE_PROMPTS: '1' },
    });
    signal.throwIfAborted();
    if (result.code === 'ENOENT') throw new CommandFailed(INSTALL);
    return result;
  };

/** Tells answers, missing things and failures apart. */
export function createGcloud(run: RunGcloud): Gcloud {
  const failure = (args: readonly string[], stderr: string) =>
    new CommandFailed(`This failed: ${commandLine(args)} — ${reasonOf(stderr) || 'gcloud said nothing'}`);

  return {
    async read(args) {
      const { exitCode, stdout, stderr } = await run(args);
      if (exitCode !== 0) {
        if (NOT_FOUND.test(stderr) && !DENIED.test(stderr)) return null;
        throw failure(args, stderr);
      }
      try {
        return JSON.parse(stdout);
      } catch {
        throw new CommandFailed(`This printed no JSON: ${commandLine(args)}`);
      }
    },
    async change(args) {
      const { exitCode, stderr } = await run(args);
      if (exitCode !== 0) throw failure(args, stderr);
    },
  };
}
