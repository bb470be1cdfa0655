import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport, Figure } from './bench-report.ts';
import { killerOf } from './chaos-kills.ts';
import { type Kill, planKills } from './chaos-plan.ts';
import { countFindings, countLeftovers, countReadyOnce, countWrongUploads } from './chaos-proof.ts';
import {
  type ChaosMaster,
  type ChaosRecord,
  doChaosWork,
  makeChaosMasters,
  patientClient,
  untilAllReady,
} from './chaos-work.ts';

const KILLS = 30;
const WORKERS = 2;

interface Outcome {
  /** From the first request until every clip is ready. */
  settledS: number;
  /** From the return of the last victim until every clip is ready. */
  afterKillsS: number;
  serverErrors: number;
  unanswered: number;
  wrongUploads: number;
  readyOnce: number;
  findings: number;
  leftFolders: number;
  leftProcesses: number;
  /** Processes that did not outlive the death of another one. */
  gone: number;
}

interface Run {
  masters: ChaosMaster[];
  kills: Kill[];
  workRoot: string;
  say(line: string): void;
  signal: AbortSignal;
}

/** The same work on a portal of its own, while its parts are killed by a plan. */
async function runOnce({ masters, kills, workRoot, say, signal }: Run): Promise<Outcome> {
  await mkdir(workRoot);
  const record: ChaosRecord = { answers: new Map(), ready: new Map(), created: new Set() };
  const total = masters.flatMap(({ clipIds }) => clipIds).length;
  return withBenchPortal(
    async ({ portal, headers }) => {
      const ask = patientClient(portal.url, headers, record, signal);
      let gone = 0;
      const kill = killerOf(portal, (victim) => {
        gone += 1;
        say(`${victim} had ended by itself`);
      });
      const startedMs = performance.now();
      let killedMs = startedMs;
      const killing = async () => {
        for (const [index, next] of kills.entries()) {
          await sleep(next.afterMs, undefined, { signal });
          say(
            `kill ${index + 1} of ${kills.length}: ${next.victim}; ${record.created.size} of ${total} clips asked for`,
          );
          await kill(next);
          killedMs = performance.now();
        }
      };
      await Promise.all([doChaosWork(ask, masters, record, signal), killing()]);
      say('waiting until every clip is ready');
      await untilAllReady(ask, total, signal);
      const nowMs = performance.now();
      const left = await countLeftovers(workRoot);
      return {
        settledS: (nowMs - startedMs) / 1000,
        afterKillsS: (nowMs - killedMs) / 1000,
        serverErrors: record.answers.get(500) ?? 0,
        unanswered: record.answers.get(0) ?? 0,
        wrongUploads: await countWrongUploads(portal, record.ready),
        readyOnce: await countReadyOnce(portal),
        findings: await countFindings(portal),
        leftFolders: left.folders,
        leftProcesses: left.processes,
        gone,
      };
    },
    { workers: WORKERS, env: { TMPDIR: workRoot } },
  );
}

const figuresOf = (calm: Outcome, chaos: Outcome, total: number): Figure[] => {
  const baseline = 'undisturbed, until every clip is ready';
  return [
    { what: baseline, value: calm.settledS, unit: 's' },
    { what: `with ${KILLS} kills`, value: chaos.settledS, unit: 's', against: baseline },
    { what: 'after the last kill', value: chaos.afterKillsS, unit: 's' },
    { what: 'requests without an answer', value: chaos.unanswered, unit: '' },
    { what: 'answers with status 500', value: chaos.serverErrors, unit: '', atMost: 0 },
    { what: 'uploads with other bytes than were sent', value: chaos.wrongUploads, unit: '', atMost: 0 },
    { what: 'clips ready, each once', value: chaos.readyOnce, unit: `of ${total}`, atLeast: total },
    { what: 'processes that ended with another one', value: chaos.gone, unit: '', atMost: 0 },
    { what: 'findings of the audit', value: chaos.findings, unit: '', atMost: 0 },
    { what: 'work folders left', value: chaos.leftFolders, unit: '', atMost: 0 },
    { what: 'processes left in them', value: chaos.leftProcesses, unit: '', atMost: 0 },
  ];
};

/** Uploads and cuts, undisturbed and while web, workers and Postgres are killed at the moments that a seed gives. */
export async function benchChaos(
  say: (line: string) => void,
  signal: AbortSignal,
  { seed = 1 }: { seed?: number | undefined } = {},
): Promise<BenchReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-chaos-'));
  try {
    say('chaos: making masters');
    const masters = await makeChaosMasters(folder, signal);
    const shared = { masters, signal, say: (line: string) => say(`chaos: ${line}`) };
    const calm = await runOnce({ ...shared, kills: [], workRoot: path.join(folder, 'calm') });
    const kills = planKills(seed, KILLS);
    const chaos = await runOnce({ ...shared, kills, workRoot: path.join(folder, 'chaos') });
    const total = masters.flatMap(({ clipIds }) => clipIds).length;
    return { title: `${KILLS} kills by seed ${seed}`, figures: figuresOf(calm, chaos, total) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
