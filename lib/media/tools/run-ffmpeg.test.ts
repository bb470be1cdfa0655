import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { checkFfmpeg } from './check-ffmpeg.ts';
import { isRunning } from './pids-fixture.ts';
import { redactLoopback, runTool, setToolPath, toolGuardGaps } from './run-ffmpeg.ts';

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterEach(() => setToolPath(SYSTEM_PATH));
afterAll(() => scratch.remove());

/** Puts a script in the place of ffmpeg: what the spawner does with a tool that misbehaves cannot be had from a good one. */
async function pretend(script: string): Promise<void> {
  const file = join(scratch.path, 'ffmpeg');
  await writeFile(file, `#!${process.execPath}\n${script}`);
  await chmod(file, 0o755);
  setToolPath([scratch.path, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter));
}

describe('the spawner', () => {
  it('gives no secret, no terminal and no shell to the tool', async () => {
    process.env.A_SECRET_OF_THE_WORKER = 'secret';
    await pretend(
      `process.stdin.on('end', () => console.log(JSON.stringify([process.env, process.argv.slice(2)]))).resume();`,
    );
    const { stdout } = await runTool('ffmpeg', ['-i', '$(touch x); `id`']);
    const [env, args] = JSON.parse(stdout);
    expect(env).not.toHaveProperty('A_SECRET_OF_THE_WORKER');
    expect(Object.keys(env).filter((name) => !['PATH', 'LC_ALL', 'TZ', 'PWD'].includes(name))).toEqual([]);
    expect(args).toEqual(['-nostdin', '-hide_banner', '-i', '$(touch x); `id`']);
  });

  it('hands out whole lines', async () => {
    await pretend(`process.stdout.write('fra'); setTimeout(() => process.stdout.write('me=1\\nframe=2\\nend'), 20);`);
    const lines: string[] = [];
    expect((await runTool('ffmpeg', [], { onStdoutLine: (line) => lines.push(line) })).stdout).toBe('');
    expect(lines).toEqual(['frame=1', 'frame=2', 'end']);
  });

  it('keeps the last words only, without the address of the master', async () => {
    await pretend(
      `console.error('x'.repeat(100000)); console.error('at http://127.0.0.1:4711/secret-path: broken'); process.exit(1);`,
    );
    const fault = await runTool('ffmpeg', []).catch((error: unknown) => error);
    expect(fault).toMatchObject({
      code: 'ffmpeg_failed',
      retryable: false,
      message: 'ffmpeg could not finish (exit 1).',
    });
    const { technical } = fault as { technical: string };
    expect(technical.length).toBeLessThanOrEqual(16 * 1024);
    expect(technical).toMatch(/x at <master> broken$|at <master>/);
    expect(technical).not.toContain('4711');
    expect(redactLoopback('a http://127.0.0.1:80/b c')).toBe('a <master> c');
  });

  it('says what to install when the tool is not there', async () => {
    setToolPath(join(scratch.path, 'nowhere'));
    await expect(runTool('ffprobe', ['-version'])).rejects.toMatchObject({
      code: 'ffmpeg_missing',
      message: expect.stringMatching(/^ffprobe is not installed\. Install it \("apt-get install ffmpeg"/),
    });
  });

  it('hands its bytes on at the pace of whoever takes them, who may end it', async () => {
    await pretend(`process.stdout.write(Buffer.alloc(300_000, 0xff))`);
    let bytes = 0;
    const takeStdout = async (output: AsyncIterable<Buffer>) => {
      for await (const chunk of output) bytes += chunk.filter((byte) => byte === 0xff).length;
    };
    expect((await runTool('ffmpeg', [], { takeStdout, isPatient: true })).stdout).toBe('');
    expect(bytes).toBe(300_000);
    await pretend(`setInterval(() => process.stdout.write(Buffer.alloc(100_000)), 10)`);
    const refuse = async (output: AsyncIterable<Buffer>) => {
      for await (const _ of output) throw new Error('That is enough.');
    };
    await expect(runTool('ffmpeg', [], { takeStdout: refuse })).rejects.toThrow('That is enough.');
    await pretend(`process.stdout.write('half'); process.stdout.end(() => process.exit(3))`);
    const half = async (output: AsyncIterable<Buffer>) => {
      for await (const _ of output);
      throw new Error('It is not whole.');
    };
    await expect(runTool('ffmpeg', [], { takeStdout: half })).rejects.toMatchObject({ code: 'ffmpeg_failed' });
  });

  it('ends a tool that hears, and one that does not', async () => {
    const pidFile = join(scratch.path, 'pid');
    for (const deaf of ['', `process.on('SIGTERM', () => {});`]) {
      await pretend(
        `${deaf}require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); console.log('up'); setInterval(() => {}, 1000);`,
      );
      const stop = new AbortController();
      const running = runTool('ffmpeg', [], {
        signal: stop.signal,
        onStdoutLine: () => stop.abort(new Error('told to stop')),
      });
      await expect(running).rejects.toThrow('told to stop');
      const pid = Number(await readFile(pidFile, 'utf8'));
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    }
  });

  const STUCK = { code: 'ffmpeg_failed', retryable: true, message: 'ffmpeg made no progress and was stopped.' };

  it('ends a tool that stands still, to be tried again', async () => {
    await pretend(`setInterval(() => {}, 1000);`);
    await expect(runTool('ffmpeg', [], { idleTimeoutMs: 200 })).rejects.toMatchObject(STUCK);
  });

  it('lets a tool work that says nothing, and one that waits for what it reads', async () => {
    await pretend(`const end = Date.now() + 1500; while (Date.now() < end); console.log('done')`);
    expect((await runTool('ffmpeg', [], { idleTimeoutMs: 300 })).stdout).toBe('done\n');
    await pretend(`setTimeout(() => console.log('done'), 1500)`);
    let bytes = 0;
    const bytesRead = () => {
      bytes += 1;
      return bytes;
    };
    expect((await runTool('ffmpeg', [], { idleTimeoutMs: 300, bytesRead })).stdout).toBe('done\n');
  });

  it('ends a tool that is caught in a loop', async () => {
    await pretend(`for (;;);`);
    await expect(runTool('ffmpeg', [], { idleTimeoutMs: 60_000, spinTimeoutMs: 500 })).rejects.toMatchObject(STUCK);
  });

  it('holds a tool to its memory and its processor time, and says that the file wants too much', async () => {
    // Not Node: it reserves more address space than any limit of ours.
    await pretend('');
    const file = join(scratch.path, 'ffmpeg');
    const tooMuch = { code: 'too_demanding', retryable: false };
    await writeFile(file, '#!/bin/sh\nhead -c 100m /dev/zero | tail -c 100m > /dev/null\n', { mode: 0o755 });
    const memory = { limits: { memoryBytes: 64 * 1024 ** 2, cpuS: 60 } };
    await expect(runTool('ffmpeg', [], memory)).rejects.toMatchObject({
      technical: expect.stringContaining('memory exhausted'),
    });
    await expect(runTool('ffmpeg', [])).resolves.toBeDefined();
    await writeFile(file, '#!/bin/sh\necho ": Cannot allocate memory" >&2; exit 1\n', { mode: 0o755 });
    await expect(runTool('ffmpeg', [], memory)).rejects.toMatchObject(tooMuch);
    await expect(runTool('ffmpeg', [])).rejects.toMatchObject({ code: 'ffmpeg_failed', retryable: true });
    await writeFile(file, '#!/bin/sh\nwhile :; do :; done\n', { mode: 0o755 });
    // Looked at five times in the one second that it may work.
    const time = { limits: { memoryBytes: 512 * 1024 ** 2, cpuS: 1 }, idleTimeoutMs: 4000 };
    await expect(runTool('ffmpeg', [], time)).rejects.toMatchObject(tooMuch);
    // ffmpeg itself hears the signal, and leaves in order.
    await writeFile(file, '#!/bin/sh\ntrap "exit 255" XCPU TERM\nwhile :; do :; done\n', { mode: 0o755 });
    await expect(runTool('ffmpeg', [], time)).rejects.toMatchObject(tooMuch);
    await writeFile(file, '#!/bin/sh\nexit 255\n', { mode: 0o755 });
    await expect(runTool('ffmpeg', [], time)).rejects.toMatchObject({ code: 'ffmpeg_failed', retryable: true });
  });

  it('takes the tool along when its process is killed', async () => {
    const pidFile = join(scratch.path, 'orphan');
    await pretend(
      `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); console.log('up'); setInterval(() => {}, 1000);`,
    );
    const module = new URL('./run-ffmpeg.ts', import.meta.url).href;
    const parent = execFile(process.execPath, [
      ...['--input-type=module', '-e'],
      `import { runTool, setToolPath } from ${JSON.stringify(module)};
       setToolPath(${JSON.stringify([scratch.path, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter))});
       await runTool('ffmpeg', [], { onStdoutLine: () => console.log('up') });`,
    ]);
    if (parent.stdout) await once(parent.stdout, 'data');
    const pid = Number(await readFile(pidFile, 'utf8'));
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  it('calls a kill from outside retryable', async () => {
    await pretend(`process.kill(process.pid, 'SIGKILL');`);
    await expect(runTool('ffmpeg', [])).rejects.toMatchObject({ code: 'ffmpeg_failed', retryable: true });
  });
});

describe('the guards', () => {
  it('are those of this system, or it is said what goes without them', async () => {
    expect(await toolGuardGaps()).toEqual([]);
    // What was found once is known: a folder of its own, so that it is looked for again.
    const elsewhere = join(scratch.path, 'elsewhere');
    await mkdir(elsewhere);
    setToolPath([elsewhere, '/usr/bin', '/bin'].join(delimiter));
    // A program of the same name that knows no such option, as BusyBox has one.
    await writeFile(join(elsewhere, 'setpriv'), '#!/bin/sh\n[ "$1" = --pdeathsig ] && exit 1\n', { mode: 0o755 });
    expect(await toolGuardGaps()).toEqual([
      'setpriv (util-linux) is missing: ffmpeg may outlive a worker that is killed.',
    ]);
    setToolPath(elsewhere);
    expect(await toolGuardGaps()).toHaveLength(2);
    await writeFile(join(elsewhere, 'ffmpeg'), '#!/bin/sh\necho bare\n', { mode: 0o755 });
    const limits = { memoryBytes: 2 ** 29, cpuS: 60 };
    expect((await runTool('ffmpeg', [], { limits })).stdout).toBe('bare\n');
  });
});

describe('the check', () => {
  it('finds the real ffmpeg fit', async () => {
    expect((await checkFfmpeg()).version).toMatch(/\d/);
  });

  it('refuses an old one, and one without an encoder', async () => {
    await pretend(`console.log('ffmpeg version 4.4.2 Copyright')`);
    await writeFile(join(scratch.path, 'ffprobe'), await readFile(join(scratch.path, 'ffmpeg')), { mode: 0o755 });
    await expect(checkFfmpeg()).rejects.toThrow('ffmpeg 4.4.2 is too old: 5.1 or newer is needed.');
    await pretend(
      `console.log(process.argv.includes('-version') ? 'ffmpeg version 7.0 Copyright' : ' V....D mjpeg  MJPEG\\n A....D aac  AAC');`,
    );
    await expect(checkFfmpeg()).rejects.toThrow('This ffmpeg has no libx264 (ffmpeg -encoders).');
  });
});
