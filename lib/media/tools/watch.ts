import { readFileSync } from 'node:fs';

export interface WatchOptions {
  /** No work at all for this long means stuck. */
  idleMs: number;
  /** Work for this long, in processor time, that shows in nothing means caught in a loop. */
  spinMs: number;
  /** Counts what the tool has said and read so far. */
  signs(): number;
  onStuck(): void;
}

export interface ToolWatch {
  /** Processor time that the tool had used at the last look. */
  cpuMs(): number;
  end(): void;
}

/** Looks often enough to be in time, seldom enough not to be noticed. */
const LOOKS = 20;
const MAX_INTERVAL_MS = 1000;

/** Where processor time cannot be read, silence may be work: it lasts this much longer. */
const PATIENCE_WITHOUT_CPU = 10;

/** Linux counts processor time for programs in hundredths of a second (`USER_HZ`). */
const TICK_MS = 10;

/** Processor time that a process has used, over all its threads, in ms; `null` where the system does not tell. */
function cpuMsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // proc(5): the name, in brackets, may hold anything; utime and stime are fields 14 and 15.
    const [utime, stime] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return utime === undefined || stime === undefined ? null : (utime + stime) * TICK_MS;
  } catch {
    return null;
  }
}

/**
 * Tells a tool that works from one that stands still. What it says and reads is a sign of life; so is the processor
 * time that it gets, for a while: ffmpeg may decode for minutes, on a busy machine, before there is anything to say.
 *
 * Time counts in looks of this process: after it was stopped itself, nothing is held against the tool.
 */
export function watchTool(pid: number | undefined, options: WatchOptions): ToolWatch {
  if (pid === undefined) return { end: () => undefined, cpuMs: () => 0 };
  const everyMs = Math.min(MAX_INTERVAL_MS, Math.ceil(options.idleMs / LOOKS));
  let signs = options.signs();
  let cpuMs = cpuMsOf(pid);
  let cpuAtSignMs = cpuMs ?? 0;
  let stillMs = 0;
  const look = () => {
    const said = options.signs();
    const usedMs = cpuMsOf(pid);
    const hasSign = said !== signs;
    stillMs = hasSign || (usedMs ?? 0) > (cpuMs ?? 0) ? 0 : stillMs + everyMs;
    if (hasSign) cpuAtSignMs = usedMs ?? 0;
    signs = said;
    cpuMs = usedMs;
    const patienceMs = usedMs === null ? options.idleMs * PATIENCE_WITHOUT_CPU : options.idleMs;
    if (stillMs >= patienceMs || (usedMs ?? 0) - cpuAtSignMs >= options.spinMs) options.onStuck();
  };
  const timer = setInterval(look, everyMs);
  return { end: () => clearInterval(timer), cpuMs: () => cpuMs ?? 0 };
}
