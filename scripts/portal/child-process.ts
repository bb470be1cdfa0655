import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** How long a process may take to leave by itself. */
const STOP_PATIENCE_MS = 30_000;

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** SIGTERM, patience, SIGKILL. */
  stop(): Promise<void>;
  /** SIGKILL, as when the machine fails; nothing happens when it has ended. */
  kill(): void;
  /** The log's last lines. */
  tail(): Promise<string>;
}

export interface ProcessOptions {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  logFile: string;
}

const running = new Set<number>();

/** Whatever ends this process, its children do not outlive it. */
process.on('exit', () => {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
  }
});

/** Starts a process of its own group, so that a terminal's Ctrl-C reaches it only through `stop`. */
export async function startProcess(options: ProcessOptions): Promise<ManagedProcess> {
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  const child = execa(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    buffer: false,
    all: true,
    reject: false,
    // execa would send SIGKILL 5 s after SIGTERM.
    forceKillAfterDelay: false,
  });
  child.all.pipe(log);
  const { pid } = child;
  if (!pid) throw new Error(`${options.name} could not be started: ${options.command}`);
  running.add(pid);
  const ended = child.then(() => void running.delete(pid));
  return {
    name: options.name,
    pid,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    },
    kill: () => void child.kill('SIGKILL'),
    tail: async () => (await readFile(options.logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n'),
  };
}
