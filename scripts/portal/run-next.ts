import path from 'node:path';
import { execa } from 'execa';
import { readEnv } from '#lib/config/env.ts';
import { AppError } from '#lib/errors.ts';
import type { CommandIo } from '#scripts/cli/run-command.ts';

/**
 * Runs a server of Next in the foreground until the command is stopped. The environment is checked first, and a
 * relative store is made absolute, because Next's standalone server moves into its own folder.
 */
export async function runNext(args: string[], cwd: string, { signal }: CommandIo): Promise<void> {
  const { MEDIA_DISK_ROOT } = readEnv();
  const { exitCode, isCanceled } = await execa(process.execPath, args, {
    cwd,
    env: { MEDIA_DISK_ROOT: path.resolve(MEDIA_DISK_ROOT) },
    stdio: 'inherit',
    reject: false,
    cancelSignal: signal,
  });
  if (isCanceled || exitCode === 0 || signal.aborted) return;
  throw new AppError({
    status: 500,
    code: 'web_ended',
    detail: `The web ended with exit code ${exitCode}; see above.`,
  });
}
