import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CloudState } from './cloud-state.ts';
import { GcloudError } from './cloud-state.ts';

/** What a command was called with; a flag without a value is the empty text. */
export interface Call {
  target: string;
  targets: string[];
  flags: Map<string, string>;
  /** The text of the file that a flag names. */
  textOf(flag: string): string | undefined;
}

export interface Command {
  words: string;
  /** As its page in Google's reference names them; with `=`, a flag takes a value. Any other flag is refused. */
  flags: string[];
  changes?: boolean;
  run(state: CloudState, call: Call): unknown;
}

/** Finds the command and reads its arguments as strictly as `gcloud` does. */
export function readCall(
  commands: readonly Command[],
  args: readonly string[],
  cwd: string,
): { command: Command; call: Call } {
  const line = args.join(' ');
  const command = commands.find(({ words }) => line === words || line.startsWith(`${words} `));
  if (!command) throw new GcloudError(`Invalid choice: '${args.slice(0, 3).join(' ')}'.`, 2);
  const flags = new Map<string, string>();
  const textOf = (flag: string) => {
    const name = flags.get(flag);
    return name === undefined ? undefined : readFileSync(path.resolve(cwd, name), 'utf8');
  };
  const call: Call = { target: '', targets: [], flags, textOf };
  for (const word of args.slice(command.words.split(' ').length)) {
    if (!word.startsWith('--')) {
      call.targets.push(word);
      continue;
    }
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    if (!command.flags.includes(at < 0 ? name : `${name}=`)) {
      throw new GcloudError(`(gcloud.${command.words.replaceAll(' ', '.')}) unrecognized arguments: ${word}`, 2);
    }
    call.flags.set(name, at < 0 ? '' : word.slice(at + 1));
  }
  call.target = call.targets[0] ?? '';
  return { command, call };
}
