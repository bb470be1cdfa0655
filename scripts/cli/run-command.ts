import { Command, type CommanderError } from 'commander';
import { CommandFailed, isUsageError, oneLineOf, UsageError } from './one-line.ts';
import { createReporter, type Reporter } from './reporter.ts';

/** What a command works with. */
export interface CommandIo {
  /** Aborted by Ctrl-C and SIGTERM; its reason is an `Interrupted`. */
  signal: AbortSignal;
  reporter: Reporter;
  /** One line of the result, on standard output. */
  print(line: string): void;
}

/** A command of the shell. */
export interface CommandSpec<T> {
  /** As it is called: `npm run media:ingest --`. */
  usage: string;
  /** What it does, in a sentence or two. */
  summary: string;
  /** Declares the flags. */
  define(command: Command): void;
  /** What the flags and the words after them ask for. @throws UsageError */
  parse(options: Record<string, unknown>, args: string[]): T;
  run(input: T, io: CommandIo): Promise<void>;
  /** How long it may take to clean up after an interruption, in milliseconds; 5 s unless told. */
  patienceMs?: number;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type StopSignal = keyof typeof SIGNALS;

/** Ctrl-C, SIGTERM, or the terminal was closed. */
export class Interrupted extends CommandFailed {
  readonly exitCode: number;

  constructor(signal: StopSignal) {
    super('Stopped.');
    this.name = 'Interrupted';
    this.exitCode = SIGNALS[signal];
  }
}

/** npm and the terminal may both pass on one Ctrl-C; only one that comes later is a second one. */
const SAME_INTERRUPTION_MS = 1000;

/** After an interruption, whatever does not end by itself gets this long. */
const PATIENCE_MS = 5000;

export type Invocation<T> =
  | { kind: 'run'; input: T }
  | { kind: 'end'; exitCode: number; stdout: string; stderr: string };

const isCommanderError = (error: unknown): error is CommanderError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');

/** Reads the command line; never runs anything. Help ends with 0, a wrong call with 2 and one line. */
export function readInvocation<T>(spec: CommandSpec<T>, args: readonly string[]): Invocation<T> {
  let stdout = '';
  const command = new Command(spec.usage)
    .description(spec.summary)
    .helpOption('-h, --help', 'show this help')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (out) => {
        stdout += out;
      },
      writeErr: () => undefined,
    });
  spec.define(command);
  try {
    command.parse([...args], { from: 'user' });
    return { kind: 'run', input: spec.parse(command.opts(), command.args) };
  } catch (error) {
    if (isCommanderError(error) && error.exitCode === 0) return { kind: 'end', exitCode: 0, stdout, stderr: '' };
    if (!isCommanderError(error) && !isUsageError(error)) throw error;
    const message = oneLineOf(new UsageError(error.message.replace(/^error: /, '')));
    return { kind: 'end', exitCode: 2, stdout, stderr: `${message} (--help lists the flags)\n` };
  }
}

const wantsTrace = (): boolean => /^(debug|trace)$/.test(process.env.LOG_LEVEL ?? '');

/** The exit code of a failure, which it tells in one line. */
function tell(error: unknown, interruption: Interrupted | undefined, reporter: Reporter): number {
  reporter.stop();
  process.stderr.write(`${oneLineOf(interruption ?? error)}\n`);
  if (wantsTrace() && error instanceof Error && !interruption) process.stderr.write(`${error.stack}\n`);
  return interruption?.exitCode ?? 1;
}

async function perform<T>(spec: CommandSpec<T>, input: T): Promise<number> {
  const reporter = createReporter();
  const abort = new AbortController();
  let interruption: Interrupted | undefined;
  let interruptedMs = 0;
  const interrupt = (signal: StopSignal) => {
    if (interruption) {
      // A second Ctrl-C does not wait.
      if (performance.now() - interruptedMs > SAME_INTERRUPTION_MS) process.exit(interruption.exitCode);
      return;
    }
    interruptedMs = performance.now();
    interruption = new Interrupted(signal);
    abort.abort(interruption);
    setTimeout(() => process.exit(interruption?.exitCode), spec.patienceMs ?? PATIENCE_MS).unref();
  };
  const signals = Object.keys(SIGNALS) as StopSignal[];
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await spec.run(input, { signal: abort.signal, reporter, print: (line) => process.stdout.write(`${line}\n`) });
    reporter.stop();
    return 0;
  } catch (error) {
    return tell(error, interruption, reporter);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/**
 * The life of a command of the shell: help, flags, spinner, interruption, one-line errors, exit code (0 done, 1 failed,
 * 2 called wrongly, 130 and 143 interrupted).
 */
export async function runCommand<T>(
  spec: CommandSpec<T>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const invocation = readInvocation(spec, args);
  if (invocation.kind === 'end') {
    process.stdout.write(invocation.stdout);
    process.stderr.write(invocation.stderr);
    process.exitCode = invocation.exitCode;
    return;
  }
  process.exitCode = await perform(spec, invocation.input);
  // Idle timers of a driver do not keep a finished command waiting.
  setTimeout(() => process.exit(), 200).unref();
}
