import type { ReadStream } from 'node:fs';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { MediaError } from '#lib/media/media-types.ts';
import { spentBuffers } from '#lib/spent-buffers.ts';
import { findProgram, guardedCommand, guardGaps, type ToolLimits } from './guard.ts';
import { watchTool } from './watch.ts';

export type MediaTool = 'ffmpeg' | 'ffprobe';

export interface ToolOptions {
  signal?: AbortSignal | undefined;
  /** Working directory: outputs are named relative to it, so that no path of the machine gets into a message. */
  cwd?: string;
  /** Each line of standard output as it comes; the lines are then not collected. */
  onStdoutLine?: (line: string) => void;
  /**
   * Takes standard output as the bytes that it is, at its own pace: the tool waits for it. What it throws ends the tool,
   * and is thrown; an output that ends early is the tool's fault, and no end for whoever takes it.
   */
  takeStdout?: (output: AsyncIterable<Buffer>) => Promise<void>;
  /** An open file, which the tool finds at `GIVEN_FILE`. */
  givenFile?: ReadStream;
  /** Gives way to every other work of this machine. */
  isPatient?: boolean;
  /** Counts the bytes that the tool has read of its source: a sign of life, like whatever it says. */
  bytesRead?: () => number;
  /** Standing still for this long means stuck: the tool is ended, and the error is retryable. */
  idleTimeoutMs?: number;
  /** Working for this long, in processor time, without a sign of life means the same. */
  spinTimeoutMs?: number;
  /** What it may use at most, where the system can hold it. */
  limits?: ToolLimits | undefined;
}

/** Where a tool finds the file that it is given. Opened by its name, and so from its beginning, by any number of tools. */
export const GIVEN_FILE = 'file:/dev/stdin';

export interface ToolResult {
  stdout: string;
  /** The last words on standard error, redacted. */
  stderrTail: string;
}

const STDERR_TAIL_CHARS = 16 * 1024;
const STDOUT_MAX_CHARS = 64 * 1024 * 1024;
const KILL_AFTER_MS = 3000;
const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_SPIN_MS = 300_000;

/** ffmpeg asks for no key press; both tools leave their banner out. */
const LEADING_ARGS: Record<MediaTool, string[]> = {
  ffmpeg: ['-nostdin', '-hide_banner'],
  ffprobe: ['-hide_banner'],
};

/** Takes the loopback address of a master out of a text: its path is a secret while the tool runs. */
export const redactLoopback = (text: string): string =>
  text.replaceAll(/https?:\/\/127\.0\.0\.1:\d+[^\s'"]*/g, '<master>');

let toolPath = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

/** Where the tools are looked for, as in PATH. The composition root passes the process's own; this room reads no environment. */
export const setToolPath = (path: string): void => {
  toolPath = path;
};

/** What this system cannot hold a tool to, a sentence each. */
export const toolGuardGaps = (): Promise<string[]> => guardGaps(toolPath);

/**
 * PATH to find the tools, and nothing else: no secret of the worker reaches a demuxer. Where memory is limited, threads
 * share one heap: each of its own would reserve 64 MB of the address space that counts.
 */
const childEnv = (limits: ToolLimits | undefined): Record<string, string> => ({
  ...{ PATH: toolPath, LC_ALL: 'C', TZ: 'UTC' },
  ...(limits ? { MALLOC_ARENA_MAX: '1' } : {}),
});

/** What ffmpeg says at the end of every window that the loopback source gives it; no fault. A line of its own. */
const WINDOW_END = /^\[http @ [^\]]*\] (?:\[error\] )?Stream ends prematurely at /;

const withoutWindowEnds = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !WINDOW_END.test(line))
    .join('\n');

const missing = (tool: MediaTool) =>
  new MediaError(
    'ffmpeg_missing',
    `${tool} is not installed. Install it ("apt-get install ffmpeg" on Debian and Ubuntu, "brew install ffmpeg" on a Mac) and try again.`,
    { retryable: true },
  );

/** What the tools say when they get no more memory; with a limit of ours it is the file that wants too much. */
const OUT_OF_MEMORY = /Cannot allocate memory|get_buffer\(\) failed|Error allocating|Out of memory/i;

/**
 * Runs ffmpeg or ffprobe and waits for it; the only place that starts them, and never through a shell.
 *
 * An abort, and standing still, send SIGTERM and, 3 s later, SIGKILL; where the system can do it, the tool also ends
 * with this process. Throws the signal's reason when aborted, `MediaError` `ffmpeg_missing` when the tool is not there,
 * `too_demanding` when it went beyond its limits, and `ffmpeg_failed` otherwise, with the redacted last words in
 * `technical`; it is retryable when the tool was ended from outside or stuck, not when it gave up itself.
 */
export async function runTool(
  tool: MediaTool,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  options.signal?.throwIfAborted();
  const program = await findProgram(tool, toolPath);
  if (!program) throw missing(tool);
  const [file, ...guards] = await guardedCommand(program, toolPath, options.limits);
  options.signal?.throwIfAborted();
  const stuck = new AbortController();
  const refused = new AbortController();
  const ends = [stuck.signal, refused.signal, ...(options.signal ? [options.signal] : [])];
  const child = execa(file, [...guards, ...LEADING_ARGS[tool], ...args], {
    cancelSignal: AbortSignal.any(ends),
    forceKillAfterDelay: KILL_AFTER_MS,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: childEnv(options.limits),
    extendEnv: false,
    stdin: options.givenFile ?? 'ignore',
    buffer: false,
    reject: false,
  });
  // Before it has threads: they go by the priority of the one that starts them.
  if (options.isPatient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let charsSaid = 0;
  const watch = watchTool(child.pid, {
    idleMs: options.idleTimeoutMs ?? DEFAULT_IDLE_MS,
    spinMs: options.spinTimeoutMs ?? DEFAULT_SPIN_MS,
    signs: () => charsSaid + (options.bytesRead?.() ?? 0),
    onStuck: () => stuck.abort(),
  });
  const stderr = tailOf(STDERR_TAIL_CHARS);
  const stdout = collectStdout(options.onStdoutLine);
  const listen = (stream: Readable, sink: { push(chunk: string): void }) =>
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      charsSaid += chunk.length;
      sink.push(chunk);
    });
  listen(child.stderr, stderr);
  if (!options.takeStdout) listen(child.stdout, stdout);
  let hasEnded = false;
  let refusal: { error: unknown } | undefined;
  const counted = async function* () {
    const free = spentBuffers();
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      charsSaid += chunk.length;
      yield chunk;
      free(chunk.length);
    }
    hasEnded = true;
  };
  const output = counted();
  const taken = options
    .takeStdout?.(output)
    .catch((error: unknown) => {
      refusal = { error };
      // A tool that has said all is about to leave, and says itself whether that was well.
      if (!hasEnded) refused.abort(error);
    })
    // What is not read would keep the output open, and with it the wait for the tool's end.
    .finally(() => void output.return());
  const result = await child.finally(watch.end);
  await taken;
  if (refusal && (result.isCanceled || !result.failed)) {
    options.signal?.throwIfAborted();
    throw refusal.error;
  }
  const stderrTail = redactLoopback(withoutWindowEnds(stderr.text())).trim();
  const isBeyondLimits =
    options.limits !== undefined && wantedTooMuch(options.limits, result, watch.cpuMs(), stderrTail);
  if (!result.failed && !isBeyondLimits) return { stdout: stdout.end(), stderrTail };
  options.signal?.throwIfAborted();
  throw failureOf(tool, { ...result, isStuck: stuck.signal.aborted, isBeyondLimits, stderrTail });
}

/** ffmpeg's exit code after a signal that it has heard, whichever. */
const HEARD_A_SIGNAL = 255;

interface End {
  signal?: string | undefined;
  exitCode?: number | undefined;
}

/**
 * The kernel tells a tool that it has had its processor time (`SIGXCPU`). ffmpeg then leaves in order, as it does for
 * whoever else sends it a signal: the time that it had had by the last look decides.
 */
const wantedTooMuch = ({ cpuS }: ToolLimits, { signal, exitCode }: End, cpuMs: number, stderr: string): boolean =>
  signal === 'SIGXCPU' || (exitCode === HEARD_A_SIGNAL && cpuMs > cpuS * 500) || OUT_OF_MEMORY.test(stderr);

interface Failure extends End {
  isStuck: boolean;
  isBeyondLimits: boolean;
  isTerminated: boolean;
  stderrTail: string;
}

function failureOf(tool: MediaTool, failure: Failure): MediaError {
  const technical = failure.stderrTail;
  if (failure.isStuck) {
    return new MediaError('ffmpeg_failed', `${tool} made no progress and was stopped.`, { technical, retryable: true });
  }
  if (failure.isBeyondLimits) {
    return new MediaError(
      'too_demanding',
      'The file asks for more memory or time than its check may take. Export it with a smaller picture, or fewer streams.',
      { technical },
    );
  }
  const end = failure.signal ?? `exit ${failure.exitCode}`;
  return new MediaError('ffmpeg_failed', `${tool} could not finish (${end}).`, {
    technical,
    retryable:
      failure.isTerminated ||
      failure.exitCode === HEARD_A_SIGNAL ||
      /No space left on device|Cannot allocate memory/.test(technical),
  });
}

function tailOf(maxChars: number) {
  let tail = '';
  return {
    push: (chunk: string) => {
      tail = (tail + chunk).slice(-maxChars);
    },
    text: () => tail.trim(),
  };
}

/** Whole lines to `onLine`, or everything kept, up to a size that no honest probe reaches. */
function collectStdout(onLine: ((line: string) => void) | undefined) {
  let held = '';
  return {
    push: (chunk: string) => {
      held += chunk;
      if (held.length > STDOUT_MAX_CHARS) held = held.slice(0, STDOUT_MAX_CHARS);
      if (!onLine) return;
      const lines = held.split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    end: () => {
      if (onLine && held) onLine(held);
      return onLine ? '' : held;
    },
  };
}
