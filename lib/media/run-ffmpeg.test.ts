import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkFfmpeg } from './check-ffmpeg.ts';
import { scratchFolder } from './numbered-masters.ts';
import { redactLoopback, runTool, setToolPath } from './run-ffmpeg.ts';

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

  it('ends a silent tool and one that takes too long, to be tried again', async () => {
    await pretend(`setInterval(() => {}, 1000);`);
    const stuck = { code: 'ffmpeg_failed', retryable: true, message: 'ffmpeg made no progress and was stopped.' };
    await expect(runTool('ffmpeg', [], { idleTimeoutMs: 200 })).rejects.toMatchObject(stuck);
    await expect(runTool('ffmpeg', [], { timeoutMs: 200 })).rejects.toMatchObject(stuck);
  });

  it('calls a kill from outside retryable', async () => {
    await pretend(`process.kill(process.pid, 'SIGKILL');`);
    await expect(runTool('ffmpeg', [])).rejects.toMatchObject({ code: 'ffmpeg_failed', retryable: true });
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
