import { type CloudState, GcloudError, isGcloudError } from './cloud-state.ts';
import { type Command, readCall } from './command-line.ts';
import { COMPUTE_COMMANDS } from './compute-commands.ts';
import { IAM_COMMANDS } from './iam-commands.ts';
import { STORAGE_COMMANDS } from './storage-commands.ts';

const COMMANDS: Command[] = [...STORAGE_COMMANDS, ...IAM_COMMANDS, ...COMPUTE_COMMANDS];

/** `--format=json`, or one path as `--format=value(a.b)`, whose lists are joined by semicolons. */
function formatted(value: unknown, format: string | undefined): string {
  const path = /^value\((.+)\)$/.exec(format ?? '')?.[1];
  if (!path) return JSON.stringify(value);
  const found = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);
  return Array.isArray(found) ? found.join(';') : String(found ?? '');
}

export interface GcloudAnswer {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** One call of `gcloud` with its files below `cwd`. A refused one changes nothing. */
export function answer(state: CloudState, args: readonly string[], cwd: string): GcloudAnswer {
  try {
    return { exitCode: 0, stdout: perform(state, args, cwd), stderr: '' };
  } catch (error) {
    if (!isGcloudError(error)) throw error;
    return { exitCode: error.exitCode, stdout: '', stderr: `ERROR: ${error.message}\n` };
  }
}

function perform(state: CloudState, args: readonly string[], cwd: string): string {
  const line = args.join(' ');
  const { command, call } = readCall(COMMANDS, args, cwd);
  if (state.denied.some((start) => line.startsWith(start))) {
    throw new GcloudError('PERMISSION_DENIED: Permission denied on resource (or it may not exist).');
  }
  const value = command.run(state, call);
  (command.changes ? state.changes : state.looks).push(line);
  return value === undefined ? '' : `${formatted(value, call.flags.get('--format'))}\n`;
}
