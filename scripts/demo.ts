import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { collect, parseOptions } from '#scripts/cli/parse-options.ts';
import { type CommandIo, runCommand } from '#scripts/cli/run-command.ts';
import { prepareDataDir, readOrMakeSecret, resetDataDir } from '#scripts/demo/demo-folder.ts';
import { checkExtraMasters } from '#scripts/demo/extra-masters.ts';
import { fillDemo } from '#scripts/demo/fill-demo.ts';
import { SAMPLE_GAME_PATH } from '#scripts/demo/sample-clips.ts';
import { buildWeb, isBuilt, ROOT } from '#scripts/portal/build-web.ts';
import { ensureTools } from '#scripts/portal/ensure-tools.ts';
import { isPortFree, type PortalProcesses, startPortal } from '#scripts/portal/start-portal.ts';

const optionsSchema = z.object({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'This is no port.')
    .transform(Number)
    .pipe(z.int().min(1).max(65535)),
  dataDir: z.string().min(1),
  reset: z.boolean().default(false),
  master: z.array(z.string()).default([]),
});
type DemoOptions = z.output<typeof optionsSchema>;

/** Where a relative path of the command line starts: npm runs scripts in the project's root. */
const callerDir = process.env.INIT_CWD ?? process.cwd();

const fault = (code: string, detail: string, cause?: unknown) => new AppError({ status: 500, code, detail, cause });

/** Everything that can be known to fail, before anything is made. */
async function checkFirst({ port, master }: DemoOptions, io: CommandIo): Promise<void> {
  if (!(await isPortFree(port))) {
    throw fault('port_taken', `Port ${port} is taken: stop what listens there, or choose another with --port.`);
  }
  await ensureTools(['ffmpeg'], io.reporter.note);
  await checkExtraMasters({ inspectMaster }, master, io.signal);
}

async function build(io: CommandIo): Promise<void> {
  if (await isBuilt()) return;
  io.reporter.start('Building the web (first run, or sources changed) …');
  await buildWeb({ signal: io.signal });
  io.reporter.succeed('Web built');
}

/** What a command line needs to act on this demo (`npm run media:publish` and the others read it). */
async function writeEnvFile(dataDir: string, env: Record<string, string>): Promise<void> {
  const wanted = ['DATABASE_URL', 'NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'MEDIA_DISK_ROOT', 'PORT'];
  const lines = wanted.map((name) => `${name}=${JSON.stringify(env[name] ?? '')}\n`);
  await writeFile(path.join(dataDir, 'demo.env'), lines.join(''), { mode: 0o600 });
}

/** Ends when the person stops the demo, or when a part of it ends by itself, which is a failure. */
async function untilStopped(portal: PortalProcesses, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  const children = [portal.web, ...portal.workers];
  const first = await Promise.race([stopped, ...children.map((child) => child.ended.then(() => child))]);
  signal.throwIfAborted();
  if (first) throw fault('process_ended', `${first.name} ended by itself:\n${await first.tail()}`);
}

async function runDemo(options: DemoOptions, io: CommandIo): Promise<void> {
  const { dataDir, port } = options;
  await checkFirst(options, io);
  if (options.reset) {
    io.reporter.start(`Removing the demo of ${dataDir} …`);
    await resetDataDir(dataDir);
  }
  await prepareDataDir(dataDir);
  await build(io);
  io.reporter.start('Starting the database, the web and a worker …');
  const secret = await readOrMakeSecret(dataDir);
  const portal = await startPortal({ dataDir, port, secret, workers: 1, durable: true });
  try {
    io.signal.throwIfAborted();
    io.reporter.succeed(`Web and worker are up; their logs are in ${path.join(dataDir, 'logs')}`);
    await writeEnvFile(dataDir, portal.env);
    const demo = await fillDemo(portal, { dataDir, masters: options.master }, io);
    io.print('');
    io.print(`  HeartBeat is at ${portal.url}`);
    for (const { role, email, password } of demo.users) io.print(`  ${role.padEnd(8)} ${email.padEnd(28)} ${password}`);
    io.print(`  A game with its plays: ${portal.url}${SAMPLE_GAME_PATH}`);
    io.print(`  API keys are in ${path.join(dataDir, 'demo.json')}. Ctrl-C stops everything.`);
    await untilStopped(portal, io.signal);
  } finally {
    io.reporter.start('Stopping …');
    await portal.stop();
    io.reporter.stop();
  }
}

await runCommand({
  usage: 'npm run demo --',
  summary: 'A working portal with a sample library on this machine: database, web, worker, accounts and clips.',
  patienceMs: 45_000,
  define: (command) =>
    void command
      .option('--port <number>', 'port of the web', '3000')
      .option('--data-dir <folder>', 'where database, objects and accounts are kept', path.join(ROOT, '.data'))
      .option('--reset', 'start over: remove what an earlier demo left in the folder')
      .option('--master <file>', 'a video of your own for the library; may be repeated', collect),
  parse: (flags) => {
    const names = { port: '--port', dataDir: '--data-dir', reset: '--reset', master: '--master' };
    const options = parseOptions(optionsSchema, flags, names);
    const absolute = (file: string) => path.resolve(callerDir, file);
    return { ...options, dataDir: absolute(options.dataDir), master: options.master.map(absolute) };
  },
  run: runDemo,
});
