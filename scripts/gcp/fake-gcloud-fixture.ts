import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { COMPILE_CACHE } from '#scripts/portal/compile-cache.ts';
import { type CloudState, emptyCloud, readCloud, writeCloud } from './fake-gcloud/cloud-state.ts';

export const PROJECT = 'heartbeat-test';

/** The portal's variables that `gcp:*` read. */
export const PORTAL_ENV = {
  NEXTAUTH_URL: 'https://portal.club.example/',
  MEDIA_LAKE_BUCKET: 'club-lake',
  MEDIA_GCS_BUCKET: 'club-media',
};
export const CDN_ENV = {
  MEDIA_CDN_DOMAIN: 'media.club.example',
  MEDIA_CDN_KEY_NAME: 'first-key',
  // Written without padding, which Google asks for.
  MEDIA_CDN_KEY: 'nZtRohdNF9m3cKM24IcK4w',
};

export interface Ran {
  exitCode?: number | undefined;
  stdout: string;
  stderr: string;
}

/** A cloud in a file, and a folder with a `gcloud` of its own before all others on the PATH. */
export interface FakeCloud {
  folder: string;
  state(): CloudState;
  /** Changes what the cloud holds, behind everybody's back. */
  alter(change: (state: CloudState) => void): void;
  run(script: string, args: string[], env?: Record<string, string>): Promise<Ran>;
  sh(text: string, env?: Record<string, string>): Promise<Ran>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openFakeCloud(from: CloudState = emptyCloud(PROJECT)): Promise<FakeCloud> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fake-cloud-'));
  const stateFile = path.join(folder, 'state.json');
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  const entry = path.resolve('scripts/gcp/fake-gcloud/gcloud.ts');
  await writeFile(path.join(bin, 'gcloud'), `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
  await chmod(path.join(bin, 'gcloud'), 0o755);
  writeCloud(stateFile, structuredClone(from));
  const options = (env: Record<string, string>) => ({
    reject: false as const,
    extendEnv: false,
    env: { PATH: `${bin}:/usr/bin:/bin`, FAKE_GCLOUD_STATE: stateFile, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  });
  const ran = ({ exitCode, stdout, stderr }: Ran): Ran => ({ exitCode, stdout, stderr });
  return {
    folder,
    state: () => readCloud(stateFile),
    alter: (change) => {
      const state = readCloud(stateFile);
      change(state);
      writeCloud(stateFile, state);
    },
    run: async (script, args, env = PORTAL_ENV) => ran(await execa(process.execPath, [script, ...args], options(env))),
    sh: async (text, env = {}) => ran(await execa('sh', { ...options(env), cwd: folder, input: text })),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
