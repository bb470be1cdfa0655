import { readEnv } from '#lib/config/env.ts';
import { takeToolPath } from '#lib/runtime/portal.ts';
import { CommandFailed, oneLineOf } from '#scripts/cli/one-line.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { type Check, checksOf } from './verify-checks.ts';

/** A part that does not answer must not keep the others from being checked. */
const PATIENCE_MS = 20_000;

async function withinPatience(check: Check, signal: AbortSignal): Promise<string> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const tooLate = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', () => reject(new CommandFailed(`no answer within ${PATIENCE_MS / 1000} s`)), {
      once: true,
    });
  });
  return Promise.race([check.run(patience), tooLate]);
}

await runCommand({
  usage: 'npm run media:verify --',
  summary:
    'Checks what the portal stands on, a line each: database, schema, both buckets, signing, clock, queue and ffmpeg; with Google’s store also how the buckets are set, what the credentials may do, and the CDN. Changes nothing but a probe object, which it removes. Exit code 1 if anything fails.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_, { reporter, signal }) => {
    const env = readEnv();
    takeToolPath(env);
    const checks = checksOf(env);
    const failed: string[] = [];
    for (const check of checks) {
      const { name } = check;
      signal.throwIfAborted();
      reporter.start(`Checking ${name}`);
      try {
        reporter.succeed(`${name}: ${await withinPatience(check, signal)}`);
      } catch (error) {
        signal.throwIfAborted();
        failed.push(name);
        reporter.fail(`${name}: ${oneLineOf(error)}`);
      }
    }
    if (failed.length > 0)
      throw new CommandFailed(`${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}.`);
  },
});
