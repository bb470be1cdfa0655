import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ffmpeg, fileSource, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { toolsOf } from '#lib/media/tools/pids-fixture.ts';
import { cutClip } from './cut-clip.ts';

const SECONDS = 145;
/** A small picture and few frames a second, with an eighth of the patience: the same silence in an eighth of the time. */
const RATE = 5;
const IDLE_MS = 7500;

vi.mock('#lib/media/tools/run-ffmpeg.ts', async (original) => {
  const real = await original<typeof import('#lib/media/tools/run-ffmpeg.ts')>();
  const runTool: typeof real.runTool = (tool, args, options) =>
    real.runTool(tool, args, { ...options, idleTimeoutMs: IDLE_MS });
  return { ...real, runTool };
});

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
  // Of so few bytes that all of them wait in the kernel's buffers after a moment: what is read tells nothing either.
  const picture = ['-f', 'lavfi', '-i', `testsrc=s=240x136:r=${RATE}:d=${SECONDS}`];
  const sound = ['-f', 'lavfi', '-i', `sine=d=${SECONDS}`];
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '45', '-g', '300', '-pix_fmt', 'yuv420p'];
  const speech = ['-c:a', 'aac', '-b:a', '24k'];
  await ffmpeg([...picture, ...sound, ...encode, ...speech, 'long.mp4'], scratch.path);
}, 600_000);
afterAll(() => scratch.remove());

function send(pids: number[], signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Whatever the machine: the tools get a tenth of it, as they are let run for a tenth of every second. */
async function slowDown(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const pids = await toolsOf(process.pid);
    send(pids, 'SIGSTOP');
    await sleep(900);
    send(pids, 'SIGCONT');
    await sleep(100);
  }
}

it.skipIf(process.platform !== 'linux')(
  'a long clip is cut at a tenth of the machine, and its progress grows from the start',
  async () => {
    const workDir = await mkdtemp(join(scratch.path, 'cut-'));
    const startedMs = performance.now();
    const told: { fraction: number; atMs: number }[] = [];
    const done = new AbortController();
    const slow = slowDown(done.signal);
    const result = await cutClip({
      ...{ source: fileSource(join(scratch.path, 'long.mp4')), startS: 0, endS: SECONDS, workDir },
      onProgress: (fraction) => told.push({ fraction, atMs: performance.now() - startedMs }),
    }).finally(() => done.abort());
    await slow;
    const tookMs = performance.now() - startedMs;
    expect(result.frameCount).toBe(SECONDS * RATE);
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    // There is news in every tenth of the way, and the first of it comes early.
    expect(new Set(fractions.map((fraction) => Math.floor(fraction * 10))).size).toBe(11);
    expect(told[0]?.atMs).toBeLessThan(tookMs / 4);
  },
  1_800_000,
);
