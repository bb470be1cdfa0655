import ora from 'ora';

/** Tells a person what a command is doing. Everything goes to standard error: standard output is for results. */
export interface Reporter {
  /** A new piece of work; it ends with `succeed` or `fail`. */
  start(text: string): void;
  /** How far it is; `fraction`, 0 to 1, draws a bar. May be called as often as one likes. */
  update(text: string, fraction?: number): void;
  succeed(text: string): void;
  fail(text: string): void;
  /** Something worth knowing, beside the work. */
  note(text: string): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

const BAR_CELLS = 24;

/** `━━━━────` */
export function drawBar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_CELLS);
  return '━'.repeat(filled) + '─'.repeat(BAR_CELLS - filled);
}

function createSpinnerReporter(stream: NodeJS.WriteStream): Reporter {
  const spinner = ora({ stream, discardStdin: false, isEnabled: true });
  return {
    start: (text) => void spinner.start(text),
    update: (text, fraction) => {
      spinner.text = fraction === undefined ? text : `${drawBar(fraction)} ${text}`;
    },
    succeed: (text) => void spinner.succeed(text),
    fail: (text) => void spinner.fail(text),
    note: (text) => {
      const { isSpinning, text: working } = spinner;
      spinner.info(text);
      if (isSpinning) spinner.start(working);
    },
    stop: () => void spinner.stop(),
  };
}

/** Between two lines about the same work. */
const QUIET_MS = 5000;

/** Plain lines, for logs: a line at each start and end, and between them at most one in 5 s. */
export function createLineReporter(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): Reporter {
  let saidAt = 0;
  let last = '';
  const say = (text: string) => {
    if (text === last) return;
    last = text;
    saidAt = now();
    write(`${text}\n`);
  };
  return {
    start: say,
    update: (text) => {
      if (now() - saidAt >= QUIET_MS) say(text);
    },
    succeed: (text) => say(`ok: ${text}`),
    fail: (text) => say(`FAILED: ${text}`),
    note: say,
    stop: () => undefined,
  };
}

/**
 * Whether someone is watching: a terminal, outside CI, that was not asked for plain text (no-color.org). One without a
 * width is no screen (`script` makes such), and a spinner would count its lines for ever.
 */
export const isWatched = (
  stream: { isTTY?: boolean; columns?: number },
  env: Record<string, string | undefined>,
): boolean =>
  Boolean(stream.isTTY && stream.columns) && !env.NO_COLOR && (!env.CI || env.CI === 'false') && env.TERM !== 'dumb';

/** A spinner with a bar on a terminal, plain lines elsewhere. */
export const createReporter = (): Reporter =>
  isWatched(process.stderr, process.env)
    ? createSpinnerReporter(process.stderr)
    : createLineReporter((line) => process.stderr.write(line));
