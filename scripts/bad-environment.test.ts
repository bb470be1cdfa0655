import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { COMPILE_CACHE } from '#scripts/portal/compile-cache.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** An environment in which every rule of delivery is broken once. */
const BROKEN = {
  DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/hb',
  NEXTAUTH_SECRET: 'sixteen letters!',
  MEDIA_CDN_DOMAIN: 'media.example.com/videos',
  MEDIA_CDN_KEY_NAME: 'my-key',
  MEDIA_CDN_KEY: 'hunter2',
  SIGNED_URL_TTL_MINUTES: '10081',
};

/** Runs a command as npm does, in an environment of its own. */
const run = (entry: string, env: Record<string, string>) =>
  execa(process.execPath, ['scripts/bootstrap.mjs', entry], {
    ...{ cwd: ROOT, reject: false, extendEnv: false, timeout: 20_000 },
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  });

describe.each(['scripts/start.ts', 'scripts/worker.ts'])('%s', (entry) => {
  it('does not start in a bad environment: a line for each fault, and no secret in it', async () => {
    const { exitCode, stderr, stdout } = await run(entry, BROKEN);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.split('\n').sort()).toEqual([
      'MEDIA_CDN_DOMAIN is a bare host name, like media.example.com, without scheme or path',
      'MEDIA_CDN_KEY is not 16 bytes in base64url',
      'SIGNED_URL_TTL_MINUTES is at most 7 days (10080)',
    ]);
  });

  it('does not start with a CDN that has no key, or a window longer than the lifetime', async () => {
    const { MEDIA_CDN_KEY: _, ...rest } = BROKEN;
    const env = { ...rest, MEDIA_CDN_DOMAIN: 'media.example.com', SIGNED_URL_TTL_MINUTES: '5' };
    const { exitCode, stderr } = await run(entry, { ...env, SIGNED_URL_WINDOW_MINUTES: '6' });
    expect(exitCode).toBe(1);
    expect(stderr.split('\n').sort()).toEqual([
      'MEDIA_CDN_KEY and MEDIA_CDN_KEY_NAME are needed with MEDIA_CDN_DOMAIN',
      'SIGNED_URL_WINDOW_MINUTES is longer than SIGNED_URL_TTL_MINUTES',
    ]);
  });
});
