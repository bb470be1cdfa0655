import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { createApiKey } from '#lib/users/create-api-key.ts';
import { createUser } from '#lib/users/create-user.ts';
import { type BenchPortal, withBenchPortal } from '#scripts/bench/bench-portal.ts';
import { indexBenchAssets, seedBenchClips } from '#scripts/bench/seed-clips.ts';
import type { LoadJob, LoadResults } from './load-jobs.ts';
import { type WebWatch, watchWeb } from './watch-web.ts';

const PROBE = pathToFileURL(path.join(import.meta.dirname, 'loop-probe.ts')).href;
const CLIENT = path.join(import.meta.dirname, 'load-client.ts');

const CLIPS = 10_000;
const WARM_UP = 40;
/** What the start has left behind is collected before memory at rest is read. */
const SETTLE_S = 10;

/** A portal with a library, whose web is watched. */
export interface LoadPortal extends BenchPortal {
  watch: WebWatch;
  /** Runs a job in a process of its own. */
  job<K extends LoadJob['kind']>(job: Extract<LoadJob, { kind: K }>): Promise<LoadResults[K]>;
  signal: AbortSignal;
}

/** Keys of so many people, who may each have some streams of events. */
export async function createListeners({ db }: BenchPortal, count: number): Promise<string[]> {
  const deps = { db, now: () => new Date() };
  const keys: string[] = [];
  for (let number = 1; number <= count; number++) {
    const email = `listener-${number}@bench.local`;
    const password = crypto.randomUUID();
    await createUser(deps, { email, name: `Listener ${number}`, role: 'coach', team_access: ['MTL'], password });
    keys.push((await createApiKey(deps, { email, name: 'bench', scope: 'read' })).key);
  }
  return keys;
}

/** Asks for a list some times, so that all of the web that answers it is loaded. */
async function warmUp({ portal, headers }: BenchPortal, signal: AbortSignal): Promise<void> {
  for (let call = 0; call < WARM_UP; call++) {
    const response = await fetch(`${portal.url}/api/v2/clips?limit=50`, { headers, signal });
    if (!response.ok) throw new Error(`A list answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }
  await pause(SETTLE_S * 1000, undefined, { signal });
}

/**
 * A portal of its own for one part of the benchmark: what one part leaves in memory does not count for the next.
 * @param profileDir where the web writes its CPU profile when it ends; none without.
 */
export async function withLoadPortal<T>(
  { signal, profileDir }: { signal: AbortSignal; profileDir: string | undefined },
  use: (portal: LoadPortal) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-bench-'));
  const probeFile = path.join(folder, 'loop.jsonl');
  const profile = profileDir ? ` --cpu-prof --cpu-prof-dir=${profileDir}` : '';
  const env = { LOOP_PROBE_FILE: probeFile, NODE_OPTIONS: `--import ${PROBE}${profile}` };
  if (profileDir) await mkdir(profileDir, { recursive: true });
  const job: LoadPortal['job'] = async (wanted) => {
    const input = JSON.stringify(wanted);
    const { stdout } = await execa(process.execPath, [CLIENT], { input, cancelSignal: signal });
    return JSON.parse(stdout);
  };
  const measure = async (bench: BenchPortal) => {
    await seedBenchClips(bench.db, 1, CLIPS);
    await indexBenchAssets(bench.db);
    await warmUp(bench, signal);
    using watch = watchWeb(bench.portal.web.pid, probeFile);
    return await use({ ...bench, watch, job, signal });
  };
  try {
    return await withBenchPortal(measure, { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
