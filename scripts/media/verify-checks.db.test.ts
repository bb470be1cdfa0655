import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { createCdnSigner } from '#lib/delivery/cdn-signature.ts';
import { clipRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { HMAC_KEY, LAKE, MEDIA, PORTAL } from '#lib/storage/google/fake/harness.ts';
import { type FakeGcs, startFakeGcs } from '#lib/storage/google/fake/server.ts';
import { BUCKET_ROLES, PERMISSIONS_TO_ASK } from '#lib/storage/google/wanted-permissions.ts';
import { type BucketUse, PROBE_GAME, wantedBucket } from '#lib/storage/google/wanted-settings.ts';
import { oneLineOf } from '#scripts/cli/one-line.ts';
import { checksOf } from './verify-checks.ts';
import { judgeClock } from './verify-clock.ts';

const KEY = { name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' };
const NAMES: Record<BucketUse, string> = { lake: LAKE, media: MEDIA };
const DAY_S = 86_400;

let portal: PortalFixture;
let google: FakeGcs;
let cdnServer: Server;
let cdnOrigin = '';
let clockAheadMs = 0;
let cdnIsOpen = false;
let cdnKnowsKey = true;

/** Cloud CDN as far as the check goes: serves the media bucket under a good prefix signature, else passes on a 403. */
function serveCdn(): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', cdnOrigin);
    const [, prefix = '', expires = '', name, signature] =
      /URLPrefix=([^&]+)&Expires=(\d+)&KeyName=([^&]+)&Signature=([^&]+)$/.exec(url.search) ?? [];
    const text = `URLPrefix=${prefix}&Expires=${expires}&KeyName=${name}`;
    const mac = createHmac('sha1', Buffer.from(KEY.secret, 'base64url')).update(text).digest('base64');
    const isGood =
      cdnKnowsKey &&
      mac.replaceAll('+', '-').replaceAll('/', '_') === signature &&
      Number(expires) * 1000 > Date.now() &&
      url.href.startsWith(Buffer.from(prefix, 'base64url').toString());
    const object = google.state.buckets.get(MEDIA)?.objects.get(url.pathname.slice(1));
    const isServed = object?.generation === url.searchParams.get('generation') && (isGood || cdnIsOpen);
    response.writeHead(isServed ? 200 : 403).end(isServed ? object?.bytes : '');
  });
}

/** Both buckets as `gcp:setup` makes them, and credentials that may do what the commands need. */
function setRight(): void {
  for (const use of ['lake', 'media'] as const) {
    const bucket = google.state.buckets.get(NAMES[use]);
    if (!bucket) throw new Error(`no ${use}`);
    const wanted = wantedBucket(use, PORTAL);
    bucket.cors = wanted.cors.map(({ maxAgeSeconds = 0, ...rule }) => ({ ...rule, maxAgeSeconds }));
    bucket.settings = {
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: 'enforced' },
      lifecycle: structuredClone(wanted.lifecycle),
      softDeletePolicy: { retentionDurationSeconds: String(wanted.softDeleteDays * DAY_S) },
    };
    const needed = BUCKET_ROLES.filter((role) => role.bucket === use).flatMap((role) => role.permissions);
    bucket.denied = PERMISSIONS_TO_ASK.filter((permission) => !needed.includes(permission));
  }
}

const variables = () => ({
  ...{ DATABASE_URL: portal.databaseUrl, NEXTAUTH_SECRET: 'sixteen letters!', NEXTAUTH_URL: `${PORTAL}/` },
  ...{ MEDIA_STORE: 'gcs', MEDIA_LAKE_BUCKET: LAKE, MEDIA_GCS_BUCKET: MEDIA },
  ...{ MEDIA_GCS_HMAC_ACCESS_ID: HMAC_KEY.accessId, MEDIA_GCS_HMAC_SECRET: HMAC_KEY.secret },
});

/** Every line: `null` for a good one, else what it says. */
async function verify(): Promise<Record<string, string | null>> {
  const cdn = { origin: cdnOrigin, signer: createCdnSigner(KEY) };
  const lines: Record<string, string | null> = {};
  for (const check of checksOf(parseEnv(variables()), { cdn })) {
    if (check.name === 'ffmpeg') continue;
    lines[check.name] = await check.run(new AbortController().signal).then(
      () => null,
      (error: unknown) => oneLineOf(error),
    );
  }
  return lines;
}
const redLines = async () => Object.entries(await verify()).filter(([, said]) => said !== null);

beforeAll(async () => {
  portal = await portalFixture();
  google = await startFakeGcs({
    buckets: { [LAKE]: [], [MEDIA]: [] },
    keys: { accounts: {}, hmacSecrets: { [HMAC_KEY.accessId]: HMAC_KEY.secret } },
    now: () => new Date(Date.now() + clockAheadMs),
  });
  vi.stubEnv('STORAGE_EMULATOR_HOST', google.origin);
  cdnServer = serveCdn();
  await new Promise<void>((resolve) => cdnServer.listen(0, '127.0.0.1', resolve));
  const address = cdnServer.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  cdnOrigin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  cdnServer.closeAllConnections();
  cdnServer.close();
  await google.close();
  await portal.close();
});
beforeEach(() => {
  setRight();
  clockAheadMs = 0;
  cdnIsOpen = false;
  cdnKnowsKey = true;
});

const bucket = (use: BucketUse) => {
  const found = google.state.buckets.get(NAMES[use]);
  if (!found) throw new Error(`no ${use}`);
  return found;
};
const set = (use: BucketUse, settings: Record<string, unknown>) => Object.assign(bucket(use).settings, settings);
const iam = (ubla: boolean, pap: string) => ({
  iamConfiguration: { uniformBucketLevelAccess: { enabled: ubla }, publicAccessPrevention: pap },
});
const addRule = (use: BucketUse, condition: Record<string, unknown>) => {
  const rule = [...wantedBucket(use, PORTAL).lifecycle.rule, { action: { type: 'Delete' }, condition }];
  set(use, { lifecycle: { rule } });
};
const changeCors = (use: BucketUse, change: object) => {
  bucket(use).cors = bucket(use).cors.map((rule) => ({ ...rule, ...change }));
};
const without = (use: BucketUse, permission: string) => bucket(use).denied.push(permission);

it('finds nothing wrong where everything is right, and leaves no probe behind', async () => {
  expect(await redLines()).toEqual([]);
  expect(bucket('media').objects.size).toBe(0);
});

const HEADERS_WITHOUT_CONTENT_RANGE = wantedBucket('lake', PORTAL).cors.flatMap(({ responseHeader }) =>
  responseHeader.filter((name) => name !== 'Content-Range'),
);
const both: BucketUse[] = ['lake', 'media'];
const FAULTS: [string, string, () => unknown][] = [
  ...both.flatMap((use): [string, string, () => unknown][] => [
    [`${use} uniform access`, 'access lists', () => set(use, iam(false, 'enforced'))],
    [`${use} public access`, 'could be made public', () => set(use, iam(true, 'inherited'))],
    [`${use} CORS`, 'no rule allows GET', () => changeCors(use, { origin: ['http://old.test'] })],
    [`${use} CORS`, 'every origin', () => changeCors(use, { origin: ['*', PORTAL] })],
    [`${use} CORS`, 'no rule allows HEAD', () => changeCors(use, { method: ['GET', 'PUT'] })],
    [
      `${use} CORS`,
      'GET hides Content-Range',
      () => changeCors(use, { responseHeader: HEADERS_WITHOUT_CONTENT_RANGE }),
    ],
    [`${use} lifecycle`, 'AbortIncompleteMultipartUpload', () => set(use, { lifecycle: { rule: [] } })],
    [`${use} lifecycle`, 'a rule deletes', () => addRule(use, { age: 365 })],
    [`${use} lifecycle`, 'a rule deletes', () => addRule(use, { age: 1, matchesPrefix: ['media/'] })],
    [`${use} retention`, 'for 0 days', () => set(use, { softDeletePolicy: { retentionDurationSeconds: '0' } })],
    [`${use} versions`, 'versions are on', () => set(use, { versioning: { enabled: true } })],
  ]),
  ['lake CORS', 'no rule allows PUT', () => changeCors('lake', { method: ['GET', 'HEAD'] })],
  ['lake lifecycle', 'deletes masters', () => addRule('lake', { daysSinceNoncurrentTime: 1, isLive: false })],
  ['media lifecycle', 'deletes clips', () => addRule('media', { age: 1, matchesPrefix: ['ZZZZ/', 'MTL/'] })],
  [
    'lake retention',
    'for 7 days rather than 90',
    () => set('lake', { softDeletePolicy: { retentionDurationSeconds: String(7 * DAY_S) } }),
  ],
  ['media retention', 'cut again', () => set('media', { retentionPolicy: { retentionPeriod: '86400' } })],
  ['permissions', 'lake: storage.objects.create', () => without('lake', 'storage.objects.create')],
  [
    'cdn',
    'a signed URL answered 403',
    () => {
      cdnKnowsKey = false;
    },
  ],
  [
    'cdn',
    'an unsigned URL answered 200',
    () => {
      cdnIsOpen = true;
    },
  ],
  [
    'clock',
    '10 min ahead of Google',
    () => {
      clockAheadMs = -600_000;
    },
  ],
];
describe('one thing wrong turns its own line red, and only that', () => {
  it.each(FAULTS)('%s: %s', async (name, words, breakIt) => {
    breakIt();
    const red = await redLines();
    expect(red.map(([line]) => line)).toEqual([name]);
    expect(red[0]?.[1]).toContain(words);
  });
});

it('rows that were written past the triggers turn the line of the counts red', async () => {
  await portal.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.clip.create({ data: clipRow() });
  });
  const [[line, words = ''] = [], ...others] = await redLines();
  expect([line, others]).toEqual(['counts', []]);
  expect(words).toContain('npm run media:audit -- --fix');
  await portal.db.$executeRaw`SELECT media.mend_clip_counts()`;
  expect(await redLines()).toEqual([]);
});

/** The command itself, as a person calls it. */
const command = () =>
  execa(process.execPath, ['scripts/media/verify.ts'], {
    env: { ...variables(), STORAGE_EMULATOR_HOST: google.origin },
    reject: false,
  });

describe('the command', () => {
  it('has a line for each check, and exit code 0', async () => {
    const { exitCode, stderr } = await command();
    expect(exitCode, stderr).toBe(0);
    for (const name of ['clock', 'lake CORS', 'media retention', 'permissions', 'signing']) {
      expect(stderr).toContain(`ok: ${name}: `);
    }
    expect(stderr).not.toContain('WARNING');
  });

  it('names what failed, and what to do, with exit code 1', async () => {
    set('lake', iam(true, 'inherited'));
    const { exitCode, stderr } = await command();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'FAILED: lake public access: the bucket could be made public; npm run gcp:setup mends it (step "lake: public access")',
    );
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^1 of \d+ checks failed: lake public access\.$/);
  });

  it('warns of credentials that may do more than they need', async () => {
    bucket('lake').denied = [];
    const { exitCode, stderr } = await command();
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('WARNING, more than needed: lake: storage.objects.delete'),
    ]);
  });

  it('says that settings cannot be read without the permission for it', async () => {
    without('media', 'storage.buckets.get');
    const { exitCode, stderr } = await command();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'FAILED: media CORS: The settings of gs://test-media cannot be read (storage.buckets.get)',
    );
    expect(stderr).toContain('ok: lake CORS');
  });
});

describe('a clock', () => {
  it('is judged by a minute, after what the reading may be mistaken by', () => {
    expect(judgeClock('Google', { aheadMs: 700, uncertaintyMs: 600 })).toBe('as Google');
    expect(judgeClock('Google', { aheadMs: -30_000, uncertaintyMs: 600 })).toBe('30 s off Google');
    expect(judgeClock('Google', { aheadMs: 60_500, uncertaintyMs: 600 })).toBe('61 s off Google');
    expect(() => judgeClock('the database', { aheadMs: 61_000, uncertaintyMs: 600 })).toThrow(
      '61 s ahead of the database',
    );
    expect(() => judgeClock('the database', { aheadMs: -600_000, uncertaintyMs: 5 })).toThrow(
      '10 min behind the database',
    );
  });

  it('that is far behind costs the URLs their life as well', async () => {
    clockAheadMs = 600_000;
    expect((await redLines()).map(([name]) => name)).toEqual(['signing', 'clock']);
  });
});

it('probes where no clip can lie', () => {
  expect(wantedBucket('media', PORTAL).lifecycle.rule[1]?.condition.matchesPrefix).toEqual([
    `${PROBE_GAME.teamCode}/${PROBE_GAME.season}/${PROBE_GAME.gameId}/`,
  ]);
});
