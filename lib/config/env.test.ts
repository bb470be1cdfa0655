import { describe, expect, it } from 'vitest';
import { isEnvError, parseEnv, publicBaseUrl } from './env.ts';

const MINIMAL = { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/hb', NEXTAUTH_SECRET: 'sixteen letters!' };
const CDN_KEY = 'nZtRohdNF9m3cKM24IcK4w==';
const OIDC = { OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };
const KEY = { MEDIA_CDN_KEY_NAME: 'my-key', MEDIA_CDN_KEY: CDN_KEY };

const faultsOf = (source: Record<string, string | undefined>): string[] => {
  try {
    parseEnv(source);
  } catch (error) {
    if (isEnvError(error)) return error.lines;
    throw error;
  }
  return [];
};
const faultsWith = (extra: Record<string, string | undefined>) => faultsOf({ ...MINIMAL, ...extra });

describe('parseEnv', () => {
  it('fills in the defaults of the contract', () => {
    expect(parseEnv(MINIMAL)).toEqual({
      ...MINIMAL,
      AUDIT_RETENTION_DAYS: 730,
      MEDIA_DISK_RESERVE_GIB: 1,
      UPLOADS_PER_TEAM: 100,
      UPLOAD_GIB_PER_TEAM: 5120,
      HOSTNAME: '0.0.0.0',
      SHUTDOWN_GRACE_S: 0,
      API_RATE_LIMIT_PER_MINUTE: 1200,
      MEDIA_STORE: 'disk',
      MEDIA_DISK_ROOT: '.data/objects',
      MEDIA_LAKE_BUCKET: 'heartbeat-474020-lake',
      MEDIA_GCS_BUCKET: 'heartbeat-media',
      SIGNED_URL_TTL_MINUTES: 60,
      OIDC_NAME: 'Single sign-on',
      OIDC_ROLE_CLAIM: 'roles',
      SIGNIN_ALLOWED_DOMAINS: [],
      SIGNIN_ROLES: [],
      TRUSTED_PROXY_HOPS: 0,
      WEBHOOK_ALLOW_PRIVATE_HOSTS: [],
      LOG_LEVEL: 'info',
      PORT: 3000,
    });
  });

  it('takes an empty optional variable for one that is not set', () => {
    const empty = { MEDIA_CDN_DOMAIN: '', MEDIA_CDN_KEY: '', NEXTAUTH_URL: '', GOOGLE_CLIENT_ID: '', OIDC_ISSUER: '' };
    expect(faultsWith(empty)).toEqual([]);
  });

  it.each(['postgresql+psycopg2://', 'postgres://', 'postgresql://', 'postgresql+asyncpg://'])('reads %s', (scheme) => {
    const url = `${scheme}u:p@db/hb?sslmode=require`;
    expect(parseEnv({ ...MINIMAL, DATABASE_URL: url }).DATABASE_URL).toBe('postgresql://u:p@db/hb?sslmode=require');
  });

  it.each(['mysql://u:p@db/hb', 'postgresql+psycopg2', 'localhost', ''])('refuses the database %j', (url) => {
    expect(faultsWith({ DATABASE_URL: url })).toEqual(['DATABASE_URL is no postgresql:// connection string']);
  });

  it('says one line per fault, also for faults between variables', () => {
    const lines = faultsOf({ MEDIA_LAKE_BUCKET: 'same-bucket', MEDIA_GCS_BUCKET: 'same-bucket', PORT: 'http' });
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'MEDIA_GCS_BUCKET',
      'NEXTAUTH_SECRET',
      'PORT',
    ]);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  it('never quotes the value of a variable: it may be a secret', () => {
    const lines = faultsWith({
      NEXTAUTH_SECRET: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db',
      MEDIA_CDN_KEY: 'hunter2',
    });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain('hunter2');
  });

  it.each([
    ['a missing secret', { NEXTAUTH_SECRET: undefined }, 'NEXTAUTH_SECRET is not set'],
    ['a short secret', { NEXTAUTH_SECRET: 'x'.repeat(15) }, 'NEXTAUTH_SECRET is shorter'],
    ['a CDN without its key', { MEDIA_CDN_DOMAIN: 'media.example.com', MEDIA_CDN_KEY_NAME: 'k' }, 'MEDIA_CDN_KEY '],
    ['a CDN without its key name', { MEDIA_CDN_DOMAIN: 'media.example.com', MEDIA_CDN_KEY: CDN_KEY }, 'MEDIA_CDN_KEY '],
    ['a CDN domain with a scheme', { MEDIA_CDN_DOMAIN: 'https://media.example.com', ...KEY }, 'MEDIA_CDN_DOMAIN '],
    ['a CDN domain with a path', { MEDIA_CDN_DOMAIN: 'media.example.com/v', ...KEY }, 'MEDIA_CDN_DOMAIN '],
    ['a CDN key name that is none', { MEDIA_CDN_KEY_NAME: 'My Key' }, 'MEDIA_CDN_KEY_NAME '],
    ['a CDN key of 15 bytes', { MEDIA_CDN_KEY: Buffer.alloc(15).toString('base64url') }, 'MEDIA_CDN_KEY '],
    ['a CDN key of 17 bytes', { MEDIA_CDN_KEY: Buffer.alloc(17).toString('base64url') }, 'MEDIA_CDN_KEY '],
    ['a CDN key in plain base64', { MEDIA_CDN_KEY: 'nZtRohdNF9m3cKM+4IcK/w==' }, 'MEDIA_CDN_KEY '],
    ['a CDN key with a line break', { MEDIA_CDN_KEY: `${CDN_KEY}\n` }, 'MEDIA_CDN_KEY '],
    ['a CDN key with a stray character', { MEDIA_CDN_KEY: `!${CDN_KEY}` }, 'MEDIA_CDN_KEY '],
    ['a CDN domain with a port', { MEDIA_CDN_DOMAIN: 'media.example.com:8443', ...KEY }, 'MEDIA_CDN_DOMAIN '],
    ['a CDN domain with a query', { MEDIA_CDN_DOMAIN: 'media.example.com?x', ...KEY }, 'MEDIA_CDN_DOMAIN '],
    ['a CDN domain with user info', { MEDIA_CDN_DOMAIN: 'a@media.example.com', ...KEY }, 'MEDIA_CDN_DOMAIN '],
    ['a TTL that is no number', { SIGNED_URL_TTL_MINUTES: 'an hour' }, 'SIGNED_URL_TTL_MINUTES '],
    ['a window over the default TTL', { SIGNED_URL_WINDOW_MINUTES: '60.1' }, 'SIGNED_URL_WINDOW_MINUTES '],
    ['a TTL over seven days', { SIGNED_URL_TTL_MINUTES: '10081' }, 'SIGNED_URL_TTL_MINUTES '],
    ['a TTL of nothing', { SIGNED_URL_TTL_MINUTES: '0' }, 'SIGNED_URL_TTL_MINUTES '],
    [
      'a window over the TTL',
      { SIGNED_URL_TTL_MINUTES: '5', SIGNED_URL_WINDOW_MINUTES: '6' },
      'SIGNED_URL_WINDOW_MINUTES ',
    ],
    ['one bucket for both', { MEDIA_GCS_BUCKET: 'heartbeat-474020-lake' }, 'MEDIA_GCS_BUCKET '],
    ['no bucket name', { MEDIA_LAKE_BUCKET: '../etc' }, 'MEDIA_LAKE_BUCKET '],
    ['an unknown store', { MEDIA_STORE: 's3' }, 'MEDIA_STORE '],
    ['a port of 70000', { PORT: '70000' }, 'PORT '],
    ['an HMAC access id without its secret', { MEDIA_GCS_HMAC_ACCESS_ID: 'GOOG1' }, 'MEDIA_GCS_HMAC_SECRET '],
    ['an HMAC secret without its access id', { MEDIA_GCS_HMAC_SECRET: 'secret' }, 'MEDIA_GCS_HMAC_SECRET '],
    ['an empty emulator, which the client takes for one', { STORAGE_EMULATOR_HOST: '' }, 'STORAGE_EMULATOR_HOST '],
    ['an emulator without a scheme', { STORAGE_EMULATOR_HOST: 'localhost:4443' }, 'STORAGE_EMULATOR_HOST '],
    ['half of Google', { GOOGLE_CLIENT_ID: 'id' }, 'GOOGLE_CLIENT_SECRET '],
    ['an issuer in the clear', { ...OIDC, OIDC_ISSUER: 'http://id.example.com' }, 'OIDC_ISSUER '],
    [
      'an issuer that only begins like this machine',
      { ...OIDC, OIDC_ISSUER: 'http://localhost.evil.example' },
      'OIDC_I',
    ],
    ['a domain that is none', { SIGNIN_ALLOWED_DOMAINS: 'club.example,@x' }, 'SIGNIN_ALLOWED_DOMAINS '],
    ['a rule without a role', { SIGNIN_ROLES: 'coaches=MTL' }, 'SIGNIN_ROLES '],
    ['a rule of an unknown role', { SIGNIN_ROLES: 'coaches=owner:MTL' }, 'SIGNIN_ROLES '],
    ['a rule that makes players', { SIGNIN_ROLES: '@club.example=player:MTL' }, 'SIGNIN_ROLES '],
    ['a rule without a team', { SIGNIN_ROLES: '@club.example=coach:' }, 'SIGNIN_ROLES '],
    ['a quota of no upload', { UPLOADS_PER_TEAM: '0' }, 'UPLOADS_PER_TEAM '],
    ['a quota of no byte', { UPLOAD_GIB_PER_TEAM: '0' }, 'UPLOAD_GIB_PER_TEAM '],
    ['a reserve of less than nothing', { MEDIA_DISK_RESERVE_GIB: '-1' }, 'MEDIA_DISK_RESERVE_GIB '],
    ['half a proxy', { TRUSTED_PROXY_HOPS: '0.5' }, 'TRUSTED_PROXY_HOPS '],
    ['half of OpenID Connect', { OIDC_ISSUER: 'https://id.example.com' }, 'OIDC_ISSUER '],
  ])('refuses %s', (_what, extra, start) => {
    const lines = faultsWith(extra);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${start}`));
  });

  it('accepts a CDN with its key, seven days, and a window as long as the TTL', () => {
    const cdn = { MEDIA_CDN_DOMAIN: 'media.example.com', ...KEY };
    expect(faultsWith({ ...cdn, SIGNED_URL_TTL_MINUTES: '10080', SIGNED_URL_WINDOW_MINUTES: '10080' })).toEqual([]);
  });
});

describe('credentials for Google Cloud Storage', () => {
  it('are a whole HMAC key, a key file, or none', () => {
    const key = { MEDIA_GCS_HMAC_ACCESS_ID: 'GOOG1', MEDIA_GCS_HMAC_SECRET: 'secret' };
    expect(parseEnv({ ...MINIMAL, MEDIA_STORE: 'gcs', ...key })).toMatchObject(key);
    const file = { GOOGLE_APPLICATION_CREDENTIALS: '/etc/portal/key.json' };
    expect(parseEnv({ ...MINIMAL, MEDIA_STORE: 'gcs', ...file })).toMatchObject(file);
    expect(faultsWith({ MEDIA_STORE: 'gcs', MEDIA_GCS_HMAC_ACCESS_ID: '', MEDIA_GCS_HMAC_SECRET: '' })).toEqual([]);
  });
});

describe('sign-in by a provider', () => {
  it('has rules by claim and by domain, in their order', () => {
    const rules = 'video-admins=admin:ALL, scouts=scout:mtl+CHI\n@Club.example=staff:MTL';
    expect(parseEnv({ ...MINIMAL, SIGNIN_ROLES: rules }).SIGNIN_ROLES).toEqual([
      { match: { claim: 'video-admins' }, role: 'admin', teams: ['ALL'] },
      { match: { claim: 'scouts' }, role: 'scout', teams: ['MTL', 'CHI'] },
      { match: { domain: 'club.example' }, role: 'staff', teams: ['MTL'] },
    ]);
  });

  it('has domains in lower case, and issuers with TLS or on this machine', () => {
    const env = parseEnv({
      ...MINIMAL,
      ...OIDC,
      SIGNIN_ALLOWED_DOMAINS: 'Club.example NHL.example',
      OIDC_ISSUER: 'http://localhost:9',
    });
    expect(env.SIGNIN_ALLOWED_DOMAINS).toEqual(['club.example', 'nhl.example']);
    expect(faultsWith({ ...OIDC, OIDC_ISSUER: 'https://id.example.com/realm' })).toEqual([]);
  });
});

describe('publicBaseUrl', () => {
  it('is the configured address without a trailing slash, or localhost', () => {
    expect(publicBaseUrl(parseEnv({ ...MINIMAL, NEXTAUTH_URL: 'https://clips.example.com/' }))).toBe(
      'https://clips.example.com',
    );
    expect(publicBaseUrl(parseEnv({ ...MINIMAL, PORT: '4000' }))).toBe('http://localhost:4000');
  });
});
