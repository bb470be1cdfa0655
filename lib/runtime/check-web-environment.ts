import { EnvError, readEnv } from '#lib/config/env.ts';

/** Ends the process with one line per fault when the environment is not what the contract asks for. */
export function checkWebEnvironment(): void {
  try {
    readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.lines.map((line) => `error: ${line}`).join('\n')}\n`);
    process.exit(1);
  }
}
