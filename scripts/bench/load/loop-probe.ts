import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the web before its own code (`node --import`), by the benchmark alone: tells from inside how long the
 * event loop stood still. It writes a line a time to the file that `LOOP_PROBE_FILE` names, and no route knows of it.
 */

const RESOLUTION_MS = 5;
const EVERY_MS = 250;
/** A timer of its own beats so often: what the thread computed between two beats, no other work could come between. */
const BEAT_MS = 10;
const MIB = 1024 ** 2;

/** What a line of the file says of the time since the line before. */
export interface ProbeLine {
  atMs: number;
  /** The longest that the event loop was late. */
  stallMs: number;
  /** The most that the loop's thread computed without coming back to its timers: other programs' work does not count. */
  busyMs: number;
  /** The longest collection of garbage. */
  gcMs: number;
  heapMib: number;
  /** Memory of buffers, outside the heap. */
  buffersMib: number;
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function probe(file: string): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let gcMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gcMs = Math.max(gcMs, duration);
  }).observe({ entryTypes: ['gc'] });
  let busyMs = 0;
  let last = threadCpuMs();
  setInterval(() => {
    const now = threadCpuMs();
    busyMs = Math.max(busyMs, now - last);
    last = now;
  }, BEAT_MS).unref();
  setInterval(() => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const line: ProbeLine = {
      atMs: Date.now(),
      // The figures are the time between two beats of its clock, a beat itself included.
      stallMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      busyMs,
      gcMs,
      heapMib: heapUsed / MIB,
      buffersMib: arrayBuffers / MIB,
    };
    delay.reset();
    busyMs = 0;
    gcMs = 0;
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }, EVERY_MS).unref();
}

const file = process.env.LOOP_PROBE_FILE;
if (file && isMainThread) probe(file);
