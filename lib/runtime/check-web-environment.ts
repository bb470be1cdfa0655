import { type Env, isEnvError, readEnv } from '#lib/config/env.ts';

/** The environment; ends the process with one line per fault when it is not what the contract asks for. */
export function checkWebEnvironment(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (!isEnvError(error)) throw error;
    process.stderr.write(`${error.lines.map((line) => `error: ${line}`).join('\n')}\n`);
    process.exit(1);
  }
}
