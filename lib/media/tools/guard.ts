import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one run may use at most; the kernel ends it beyond that. */
export interface ToolLimits {
  /** Address space, which the memory in use never exceeds (`RLIMIT_AS`). */
  memoryBytes: number;
  /** Seconds of processor time over all its threads (`RLIMIT_CPU`). */
  cpuS: number;
}

/** The programs of util-linux that hold a run; `null` where this system has none that can. */
interface Guards {
  /** Ends the tool with the process that started it (`PR_SET_PDEATHSIG`), whoever is its parent afterwards. */
  setpriv: string | null;
  prlimit: string | null;
}

/** Where a program lies among the folders of a search path; `null` when it is in none. */
export async function findProgram(name: string, searchPath: string): Promise<string | null> {
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

const WITH_PARENT = ['--pdeathsig', 'KILL', '--'];

/** Whoever does not hear that its time is over (`SIGXCPU`) is killed this much later. */
const CPU_GRACE_S = 5;

const limitArgs = ({ memoryBytes, cpuS }: ToolLimits) => [
  ...[`--as=${memoryBytes}`, `--cpu=${cpuS}:${cpuS + CPU_GRACE_S}`, '--'],
];

/** Whether a guard does what is asked of it: other systems have programs of these names that know less. */
async function findGuard(name: string, args: string[], searchPath: string): Promise<string | null> {
  const file = await findProgram(name, searchPath);
  const nothing = await findProgram('true', searchPath);
  if (!file || !nothing) return null;
  return run(file, [...args, nothing]).then(
    () => file,
    () => null,
  );
}

const known = new Map<string, Promise<Guards>>();

function guardsOf(searchPath: string): Promise<Guards> {
  const guards =
    known.get(searchPath) ??
    Promise.all([
      findGuard('setpriv', WITH_PARENT, searchPath),
      findGuard('prlimit', limitArgs({ memoryBytes: 2 ** 30, cpuS: 60 }), searchPath),
    ]).then(([setpriv, prlimit]) => ({ setpriv, prlimit }));
  known.set(searchPath, guards);
  return guards;
}

/**
 * The command line that runs `program` under its guards. Each of them becomes the next by `exec`, so that the process
 * that was started is the tool itself.
 */
export async function guardedCommand(
  program: string,
  searchPath: string,
  limits: ToolLimits | undefined,
): Promise<[file: string, ...args: string[]]> {
  const { setpriv, prlimit } = await guardsOf(searchPath);
  const limited: [string, ...string[]] = limits && prlimit ? [prlimit, ...limitArgs(limits), program] : [program];
  return setpriv ? [setpriv, ...WITH_PARENT, ...limited] : limited;
}

/** What cannot be held on this system, a sentence each; none on Debian and whatever else has util-linux. */
export async function guardGaps(searchPath: string): Promise<string[]> {
  const { setpriv, prlimit } = await guardsOf(searchPath);
  return [
    ...(setpriv ? [] : ['setpriv (util-linux) is missing: ffmpeg may outlive a worker that is killed.']),
    ...(prlimit ? [] : ['prlimit (util-linux) is missing: the memory of the check of a master has no bound.']),
  ];
}
