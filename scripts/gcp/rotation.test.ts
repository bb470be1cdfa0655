import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCdnSigner } from '#lib/delivery/cdn-signature.ts';
import { type CloudState, emptyCloud } from './fake-gcloud/cloud-state.ts';
import { openFakeCloud, PROJECT } from './fake-gcloud-fixture.ts';
import { assertKeyMayGo, keyNameAt } from './rotation.ts';

const ROTATE = 'scripts/gcp/rotate-cdn-key.ts';
const OLD_KEY = 'nZtRohdNF9m3cKM24IcK4w==';

const cloudWith = (...names: string[]): CloudState => ({
  ...emptyCloud(PROJECT),
  compute: { 'backend-buckets': { 'heartbeat-media': { bucketName: 'club-media' } } },
  keys: { 'heartbeat-media': Object.fromEntries(names.map((name) => [name, OLD_KEY])) },
});
const ENV = { MEDIA_CDN_KEY_NAME: 'new-key', MEDIA_CDN_KEY: OLD_KEY };
const LONG_AGO = '2026-01-01T00:00:00Z';

describe('--add', () => {
  it('adds a key beside the old one, and writes it where only its owner may read', async () => {
    await using cloud = await openFakeCloud(cloudWith('old-key'));
    const file = path.join(cloud.folder, 'cdn.env');
    const ran = await cloud.run(ROTATE, ['--project', PROJECT, '--add', file, '--name', 'new-key'], {});
    expect(ran.exitCode, ran.stderr).toBe(0);
    const [, name = '', secret = ''] =
      /^MEDIA_CDN_KEY_NAME=(.+)\nMEDIA_CDN_KEY=(.+)\n$/.exec(await readFile(file, 'utf8')) ?? [];
    expect(cloud.state().keys['heartbeat-media']).toEqual({ 'old-key': OLD_KEY, [name]: secret });
    expect(() => createCdnSigner({ name, secret })).not.toThrow();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(ran.stdout + ran.stderr).not.toContain(secret);
  });

  it.each([
    [['a-key', 'b-key', 'c-key'], 'There are 3 keys already, which is all that Cloud CDN keeps: a-key, b-key, c-key'],
    [['new-key'], 'There is a key new-key already'],
  ])('is refused beside %j', async (names, words) => {
    await using cloud = await openFakeCloud(cloudWith(...names));
    const file = path.join(cloud.folder, 'cdn.env');
    const { exitCode, stderr } = await cloud.run(
      ROTATE,
      ['--project', PROJECT, '--add', file, '--name', 'new-key'],
      {},
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect([cloud.state().changes, existsSync(file)]).toEqual([[], false]);
  });

  it('does not overwrite a file, nor add a key that nobody keeps', async () => {
    await using cloud = await openFakeCloud(cloudWith('old-key'));
    const file = path.join(cloud.folder, 'cdn.env');
    await writeFile(file, 'mine');
    const { exitCode, stderr } = await cloud.run(ROTATE, ['--project', PROJECT, '--add', file], {});
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('is there already')]);
    expect([await readFile(file, 'utf8'), cloud.state().changes]).toEqual(['mine', []]);
  });

  it('prints a script that makes its key itself, and never replaces it', async () => {
    await using cloud = await openFakeCloud(cloudWith('old-key'));
    const args = ['--project', PROJECT, '--add', 'cdn.env', '--name', 'new-key', '--dry-run'];
    const { stdout: script } = await cloud.run(ROTATE, args, {});
    expect(cloud.state().looks).toEqual([]);
    expect((await cloud.sh(script)).exitCode).toBe(0);
    const keyFile = path.join(cloud.folder, 'heartbeat-gcp/new-key.key');
    const key = (await readFile(keyFile, 'utf8')).trim();
    expect(cloud.state().keys['heartbeat-media']?.['new-key']).toBe(key);
    expect((await cloud.sh(script)).exitCode).not.toBe(0);
    expect((await readFile(keyFile, 'utf8')).trim()).toBe(key);
  });
});

describe('--delete', () => {
  const remove = ['--project', PROJECT, '--delete', 'old-key'];

  it('removes a key whose URLs have died; once more is no fault', async () => {
    await using cloud = await openFakeCloud(cloudWith('old-key', 'new-key'));
    const args = [...remove, '--switched-at', LONG_AGO];
    expect((await cloud.run(ROTATE, args, ENV)).stdout).toBe('Key old-key is deleted.');
    expect(Object.keys(cloud.state().keys['heartbeat-media'] ?? {})).toEqual(['new-key']);
    expect(await cloud.run(ROTATE, args, ENV)).toMatchObject({ exitCode: 0, stdout: 'There was no key old-key.' });
  });

  it.each([
    [[...remove], ENV, '--switched-at is missing'],
    [[...remove, '--switched-at', 'yesterday'], ENV, '--switched-at: Write a moment'],
    [[...remove, '--switched-at', LONG_AGO], { ...ENV, MEDIA_CDN_KEY_NAME: 'old-key' }, 'the portal signs with it'],
    [[...remove, '--switched-at', '2999-01-01T00:00:00Z'], ENV, 'URLs signed by old-key still work'],
    [[...remove, '--add', 'x'], ENV, 'Give either --add or --delete.'],
  ])('is refused for %j', async (args, env, words) => {
    await using cloud = await openFakeCloud(cloudWith('old-key', 'new-key'));
    const { exitCode, stderr } = await cloud.run(ROTATE, args, env);
    expect(stderr).toContain(words);
    expect(exitCode).toBeGreaterThan(0);
    expect([cloud.state().looks, cloud.state().changes]).toEqual([[], []]);
  });

  it('waits for exactly the lifetime of a URL', () => {
    const switchedAt = new Date('2026-11-23T10:00:00Z');
    const deletion = { keyName: 'old-key', switchedAt, ttlMinutes: 60, configuredName: 'new-key' };
    expect(() => assertKeyMayGo(deletion, new Date('2026-11-23T10:59:59Z'))).toThrow('try again in 1 s');
    expect(() => assertKeyMayGo(deletion, new Date('2026-11-23T11:00:00Z'))).not.toThrow();
  });
});

it('names a key by the moment of its making', () => {
  expect(keyNameAt(new Date('2026-11-23T01:04:59Z'))).toBe('heartbeat-20261123-0104');
});
