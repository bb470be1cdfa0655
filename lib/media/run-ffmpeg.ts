import { execa } from 'execa';
import { MediaError } from './media-types.ts';

export type MediaTool = 'ffmpeg' | 'ffprobe';

export interface ToolOptions {
  signal?: AbortSignal | undefined;
  /** Working directory: outputs are named relative to it, so that no path of the machine gets into a message. */
  cwd?: string;
  /** Each line of standard output as it comes; the lines are then not collected. */
  onStdoutLine?: (line: string) => void;
  /** Silent for this long on both outputs means stuck: the tool is ended, and the error is retryable. */
  idleTimeoutMs?: number;
  /** Longest time in all. */
  timeoutMs?: number;
}

export interface ToolResult {
  stdout: string;
  /** The last words on standard error, redacted. */
  stderrTail: string;
}

const STDERR_TAIL_CHARS = 16 * 1024;
const STDOUT_MAX_CHARS = 64 * 1024 * 1024;
const KILL_AFTER_MS = 3000;
const DEFAULT_IDLE_MS = 60_000;

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

/** PATH to find the tools, and nothing else: no secret of the worker reaches a demuxer. */
const childEnv = (): Record<string, string> => ({ PATH: toolPath, LC_ALL: 'C', TZ: 'UTC' });

/** What ffmpeg says at the end of every window that the loopback source gives it; no fault. */
const WINDOW_END = /^\[http @ [^\]\n\r\u2028\u2029]*\] (\[error\] )?Stream ends prematurely at .*\n?/gm;

const missing = (tool: MediaTool, cause: unknown) =>
  new MediaError(
    'ffmpeg_missing',
    `${tool} is not installed. Install it ("apt-get install ffmpeg" on Debian and Ubuntu, "brew install ffmpeg" on a Mac) and try again.`,
    { retryable: true, cause },
  );

/**
 * Runs ffmpeg or ffprobe and waits for it; the only place that starts them, and never through a shell.
 *
 * An abort, a timeout or silence sends SIGTERM and, 3 s later, SIGKILL. Throws the signal's reason when aborted,
 * `MediaError` `ffmpeg_missing` when the tool is not there, and `ffmpeg_failed` otherwise, with the redacted last
 * words in `technical`; it is retryable when the tool was ended from outside or stuck, not when it gave up itself.
 */
export async function runTool(
  tool: MediaTool,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  options.signal?.throwIfAborted();
  const stop = new AbortController();
  const child = execa(tool, [...LEADING_ARGS[tool], ...args], {
    cancelSignal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal,
    forceKillAfterDelay: KILL_AFTER_MS,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: childEnv(),
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
  });
  const watch = idleWatch(options.idleTimeoutMs ?? DEFAULT_IDLE_MS, () => stop.abort());
  const stderr = tailOf(STDERR_TAIL_CHARS);
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    watch.touch();
    stderr.push(chunk);
  });
  const stdout = collectStdout(options.onStdoutLine);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    watch.touch();
    stdout.push(chunk);
  });
  const result = await child.finally(watch.end);
  const stderrTail = redactLoopback(stderr.text().replaceAll(WINDOW_END, '')).trim();
  if (!result.failed) return { stdout: stdout.end(), stderrTail };
  options.signal?.throwIfAborted();
  if (result.code === 'ENOENT') throw missing(tool, result);
  if (watch.fired() || result.timedOut) {
    throw new MediaError('ffmpeg_failed', `${tool} made no progress and was stopped.`, {
      technical: stderrTail,
      retryable: true,
    });
  }
  throw new MediaError('ffmpeg_failed', `${tool} could not finish (${result.signal ?? `exit ${result.exitCode}`}).`, {
    technical: stderrTail,
    retryable: result.isTerminated || /No space left on device|Cannot allocate memory/.test(stderrTail),
  });
}

function idleWatch(idleMs: number, onIdle: () => void) {
  let fired = false;
  const timer = setTimeout(() => {
    fired = true;
    onIdle();
  }, idleMs);
  return {
    touch: () => void timer.refresh(),
    end: () => clearTimeout(timer),
    fired: () => fired,
  };
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
