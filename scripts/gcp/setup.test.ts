import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bucketResourceSchema } from '#lib/storage/google/bucket-resource.ts';
import { judgeBucket, wantedBucket } from '#lib/storage/google/wanted-settings.ts';
import { oneLineOf } from '#scripts/cli/one-line.ts';
import { createLineReporter } from '#scripts/cli/reporter.ts';
import { answer } from './fake-gcloud/answer.ts';
import { type CloudState, emptyCloud } from './fake-gcloud/cloud-state.ts';
import { CDN_ENV, openFakeCloud, PORTAL_ENV, PROJECT } from './fake-gcloud-fixture.ts';
import { scriptOf } from './gcloud-step.ts';
import type { GcpConfig } from './gcp-config.ts';
import { runSteps } from './run-steps.ts';
import { setupSteps } from './setup-steps.ts';

const SETUP = 'scripts/gcp/setup.ts';
const ENV = { ...PORTAL_ENV, ...CDN_ENV };
const ARGS = ['--project', PROJECT, '--operator', 'user:video@club.example'];
const PATIENCE_MS = 180_000;

const CONFIG: GcpConfig = {
  ...{ project: PROJECT, location: 'northamerica-northeast1', portalOrigin: 'https://portal.club.example' },
  ...{ buckets: { lake: 'club-lake', media: 'club-media' }, operators: ['user:video@club.example'] },
  ...{ allowMasterDeletion: false, lakeRetentionDays: 0 },
  cdn: { domain: CDN_ENV.MEDIA_CDN_DOMAIN, keyName: CDN_ENV.MEDIA_CDN_KEY_NAME },
};

/** The steps on a cloud in memory, by the same answers as the fake program's. */
async function setUp(state: CloudState, changes: Partial<GcpConfig> = {}, checkOnly = false) {
  const lines: string[] = [];
  const reporter = createLineReporter((line) => lines.push(line.trim()));
  const steps = setupSteps({ ...CONFIG, ...changes }, CDN_ENV.MEDIA_CDN_KEY);
  const io = { signal: new AbortController().signal, reporter };
  const runIn = (folder: string) => async (args: readonly string[]) => answer(state, args, folder);
  return { changed: await runSteps({ project: PROJECT, steps, checkOnly }, io, runIn), lines };
}

let done: CloudState;
beforeAll(async () => {
  done = emptyCloud(PROJECT);
  await setUp(done);
});

/** A cloud as the first run left it. */
const afterSetup = (): CloudState => ({ ...structuredClone(done), changes: [], looks: [] });

const bindingsOf = (state: CloudState, resource: string, member: string) =>
  (state.policies[resource]?.bindings ?? []).filter(({ members }) => members.includes(member));
const permissionsOf = (state: CloudState, resource: string, account: string): string[] =>
  bindingsOf(state, resource, `serviceAccount:heartbeat-${account}@${PROJECT}.iam.gserviceaccount.com`).flatMap(
    ({ role }) => state.roles[role.split('/').at(-1) ?? '']?.includedPermissions ?? [],
  );

describe('the first run on an empty project', () => {
  it.each(['lake', 'media'] as const)('leaves the %s as media:verify wants it', (use) => {
    const bucket = bucketResourceSchema.parse(done.buckets[`club-${use}`]);
    const faults = judgeBucket(wantedBucket(use, 'https://portal.club.example'), bucket);
    expect(Object.values(faults).filter(Boolean)).toEqual([]);
    expect(bucket.retentionPolicy).toBeUndefined();
  });

  it('gives web and worker what they call, and no more', () => {
    const look = ['storage.buckets.get', 'storage.objects.get', 'storage.objects.list'];
    expect(permissionsOf(done, 'gs://club-lake', 'web')).toEqual([...look, 'storage.objects.create']);
    expect(permissionsOf(done, 'gs://club-media', 'web')).toEqual(['storage.buckets.get', 'storage.objects.get']);
    expect(permissionsOf(done, 'gs://club-lake', 'worker')).toEqual(look);
    const all = [...look, 'storage.objects.create', 'storage.objects.delete'];
    expect(permissionsOf(done, 'gs://club-media', 'worker')).toEqual(all);
    for (const account of ['web', 'operator']) {
      const email = `heartbeat-${account}@${PROJECT}.iam.gserviceaccount.com`;
      expect(permissionsOf(done, email, account)).toEqual(['iam.serviceAccounts.signBlob']);
    }
    expect(permissionsOf(done, `heartbeat-worker@${PROJECT}.iam.gserviceaccount.com`, 'worker')).toEqual([]);
  });

  it('keeps the portal’s accounts to the masters, whatever else the lake holds', () => {
    for (const { condition } of done.policies['gs://club-lake']?.bindings ?? []) {
      expect(condition?.expression).toContain('"projects/_/buckets/club-lake/objects/media/raw/"');
    }
  });

  it('puts the CDN before the media bucket, with the key that the portal signs with', () => {
    expect(done.keys['heartbeat-media']).toEqual({ 'first-key': 'nZtRohdNF9m3cKM24IcK4w==' });
    expect(done.compute['backend-buckets']?.['heartbeat-media']).toMatchObject({
      bucketName: 'club-media',
      cdnPolicy: { cacheKeyPolicy: { queryStringWhitelist: ['generation'] } },
    });
    const fill = 'serviceAccount:service-123456789012@cloud-cdn-fill.iam.gserviceaccount.com';
    expect(bindingsOf(done, 'gs://club-media', fill)).toMatchObject([{ role: 'roles/storage.objectViewer' }]);
    expect(bindingsOf(done, 'gs://club-lake', fill)).toEqual([]);
  });
});

it('changes nothing the second time', async () => {
  const state = afterSetup();
  expect((await setUp(state)).changed).toEqual([]);
  expect(state.changes).toEqual([]);
});

describe('what was changed behind its back', () => {
  const drifted = (): CloudState => {
    const state = afterSetup();
    Object.assign(state.buckets['club-lake'] ?? {}, { softDeletePolicy: { retentionDurationSeconds: '604800' } });
    Object.assign(state.buckets['club-media'] ?? {}, { cors: [] });
    state.roles.heartbeatWebLake?.includedPermissions.push('storage.objects.delete');
    const backend = state.compute['backend-buckets']?.['heartbeat-media'];
    Object.assign(backend ?? {}, { cdnPolicy: { cacheMode: 'CACHE_ALL_STATIC' } });
    return state;
  };
  const TITLES = ['lake: retention', 'media: CORS', 'role heartbeatWebLake: permissions', 'cdn: caching'];

  it('is found by a look, which changes nothing', async () => {
    const state = drifted();
    const { changed, lines } = await setUp(state, {}, true);
    expect(changed).toEqual(TITLES);
    expect(lines.filter((line) => line.startsWith('FAILED'))).toHaveLength(4);
    expect(state.changes).toEqual([]);
  });

  it('is mended, and nothing else touched', async () => {
    const state = drifted();
    expect((await setUp(state)).changed).toEqual(TITLES);
    expect(state.changes).toHaveLength(4);
    expect((await setUp(state)).changed).toEqual([]);
    expect(state.roles.heartbeatWebLake?.includedPermissions).not.toContain('storage.objects.delete');
  });
});

it(
  'is a command that changes what is wrong by the gcloud of the PATH, and then finds nothing to do',
  async () => {
    await using cloud = await openFakeCloud(afterSetup());
    cloud.alter((state) => {
      state.roles.heartbeatWebLake?.includedPermissions.push('storage.objects.delete');
      Object.assign(state.buckets['club-media'] ?? {}, { cors: [] });
    });
    const look = await cloud.run(SETUP, [...ARGS, '--check'], ENV);
    expect([look.exitCode, cloud.state().changes]).toEqual([1, []]);
    expect(look.stderr).toContain('FAILED: media: CORS: not as wanted');
    const first = await cloud.run(SETUP, ARGS, ENV);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^2 of \d+ steps changed something\.\nPoint media\.club\.example at /);
    const second = await cloud.run(SETUP, ARGS, ENV);
    expect([second.exitCode, second.stdout.split('\n')[0]]).toEqual([0, 'Nothing had to be changed.']);
    expect(cloud.state().changes).toHaveLength(2);
    for (const ran of [look, first, second]) expect(ran.stdout + ran.stderr).not.toContain(CDN_ENV.MEDIA_CDN_KEY);
  },
  PATIENCE_MS,
);

describe('--dry-run', () => {
  let script = '';
  beforeAll(async () => {
    await using cloud = await openFakeCloud();
    const { exitCode, stdout, stderr } = await cloud.run(SETUP, [...ARGS, '--dry-run'], ENV);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect([cloud.state().looks, cloud.state().changes]).toEqual([[], []]);
    script = stdout;
  });

  it('prints no secret', () => {
    expect(script).toContain('MEDIA_CDN_KEY%%=*');
    expect(script).not.toContain(CDN_ENV.MEDIA_CDN_KEY);
  });

  it(
    'is a script that does the same, from nothing and a second time',
    async () => {
      await using cloud = await openFakeCloud();
      const first = await cloud.sh(script, ENV);
      expect(first.exitCode, first.stderr).toBe(0);
      expect({ ...cloud.state(), changes: [], looks: [] }).toEqual(afterSetup());
      expect((await cloud.sh(script, ENV)).exitCode).toBe(0);
      expect((await setUp(cloud.state(), {}, true)).changed).toEqual([]);
      expect(existsSync(path.join(cloud.folder, 'heartbeat-gcp/first-key.key'))).toBe(false);
    },
    PATIENCE_MS,
  );

  it('has every command that a real run makes, word for word', () => {
    const printed = script.replaceAll("'", '').replaceAll('"', '').replaceAll('$PROJECT_NUMBER', '123456789012');
    for (const line of done.changes) expect(printed).toContain(`gcloud ${line.replaceAll('"', '')}`);
  });
});

describe('what is asked for with flags', () => {
  it('lets the web delete masters', async () => {
    const state = afterSetup();
    expect((await setUp(state, { allowMasterDeletion: true })).changed).toEqual([
      'role heartbeatMasterDeletion',
      'grant heartbeatMasterDeletion to web',
    ]);
    expect(permissionsOf(state, 'gs://club-lake', 'web')).toContain('storage.objects.delete');
    expect(permissionsOf(state, 'gs://club-lake', 'operator')).not.toContain('storage.objects.delete');
  });

  it('keeps masters for some days, without a lock', async () => {
    const state = afterSetup();
    await setUp(state, { lakeRetentionDays: 30 });
    expect(state.changes).toEqual(['storage buckets update gs://club-lake --retention-period=30d']);
    expect((await setUp(state, { lakeRetentionDays: 30 })).changed).toEqual([]);
  });

  it('touches no load balancer where no CDN is configured', () => {
    const steps = setupSteps({ ...CONFIG, cdn: null }, undefined);
    expect(scriptOf(PROJECT, steps).join('\n')).not.toContain('compute');
  });
});

describe('a failure', () => {
  const saidBy = (state: CloudState, changes: Partial<GcpConfig> = {}) =>
    setUp(state, changes).then(() => 'nothing', oneLineOf);

  it('stops the run with Google’s words, and a second run goes on', async () => {
    const state = emptyCloud(PROJECT);
    state.denied = ['storage buckets update gs://club-lake --cors-file'];
    expect(await saidBy(state)).toMatch(
      /^This failed: gcloud storage buckets update gs:\/\/club-lake --cors-file=heartbeat-gcp\/lake-cors\.json — ERROR: PERMISSION_DENIED/,
    );
    expect(Object.keys(state.buckets)).toEqual(['club-lake']);
    state.denied = [];
    await setUp(state);
    expect({ ...state, changes: [], looks: [] }).toEqual(afterSetup());
  });

  it('is what may not be looked at: it is not taken for missing', async () => {
    const state = emptyCloud(PROJECT);
    state.denied = ['storage buckets describe'];
    expect(await saidBy(state)).toMatch(/^This failed: gcloud storage buckets describe/);
    expect(state.buckets).toEqual({});
  });

  it('is a role that was deleted, whose name is kept for it', async () => {
    const state = afterSetup();
    Object.assign(state.roles.heartbeatWebLake ?? {}, { deleted: true });
    expect(await saidBy(state)).toContain('gcloud iam roles undelete heartbeatWebLake');
  });

  it('is a certificate for another domain', async () => {
    const said = await saidBy(afterSetup(), { cdn: { domain: 'other.club.example', keyName: 'first-key' } });
    expect(said).toContain('is for media.club.example, not other.club.example');
  });

  it.each([
    [['--project', 'example.com:club'], PORTAL_ENV, 2, '--project: This is no project id'],
    [[], PORTAL_ENV, 2, '--project is missing.'],
    [['--project', PROJECT, '--operator', 'allUsers'], PORTAL_ENV, 2, '--operator: Write user:'],
    [['--project', PROJECT, '--lake-retention-days', '-1'], PORTAL_ENV, 2, '--lake-retention-days'],
    [['--project', PROJECT], { MEDIA_LAKE_BUCKET: 'club-lake' }, 1, 'NEXTAUTH_URL is not set'],
    [['--project', PROJECT], { ...PORTAL_ENV, MEDIA_CDN_DOMAIN: 'media.club.example' }, 1, 'MEDIA_CDN_DOMAIN needs'],
    [['--project', PROJECT], { ...PORTAL_ENV, MEDIA_CDN_DOMAIN: 'a.example/x' }, 1, 'MEDIA_CDN_DOMAIN is a bare host'],
    [['--project', PROJECT], { ...PORTAL_ENV, PATH: '/nowhere' }, 1, 'gcloud is not installed'],
  ] as [string[], Record<string, string>, number, string][])('is a bad call: %j', async (args, env, code, words) => {
    await using cloud = await openFakeCloud();
    const { exitCode, stderr } = await cloud.run(SETUP, args, env);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(words)]);
  });
});
