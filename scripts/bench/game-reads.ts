import type { Figure } from './bench-report.ts';
import type { GameRun } from './game-asks.ts';
import { GAME_CALLS, type GameCall, type GameReference } from './game-calls.ts';
import { loadInTurn, type Subject } from './load-in-turn.ts';
import { computedS } from './process-facts.ts';

/** What one client waits for each call, ms (p50). */
export type CallTimes = ReadonlyMap<string, number>;

function subjectsOf(run: GameRun, call: GameCall, reference: GameReference): [string, Subject][] {
  const { bench, signal } = run;
  const { headers, portal } = bench;
  const url = `${portal.url}/api/v2`;
  const processS = () => computedS(portal.web.pid);
  const own = async () => {
    const response = await fetch(`${url}${call.path}`, { headers, signal });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${call.path} answered ${response.status}: ${text}`);
  };
  const trivial = async () => (await fetch(`${url}/plays`, { method: 'OPTIONS', signal })).text();
  return [
    [call.name, { call: own, computedS: processS }],
    ...(call.rows
      ? [[`${call.name}: reference`, { call: () => reference.rows(call) }] satisfies [string, Subject]]
      : []),
    ['a request that reads nothing', { call: trivial, computedS: processS }],
  ];
}

/** @throws Error when a call finds nothing: its time would say nothing. */
async function expectRows({ bench, signal }: GameRun, { path, name, isThere }: GameCall): Promise<number> {
  const response = await fetch(`${bench.portal.url}/api/v2${path}`, { headers: bench.headers, signal });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  if (!isThere(JSON.parse(text) as Record<string, unknown>)) throw new Error(`${name} has found nothing.`);
  return Buffer.byteLength(text);
}

/** Every call by one client, beside the same rows by the shortest way and a request that reads nothing. */
export async function measureCalls(
  run: GameRun,
  reference: GameReference,
): Promise<{ figures: Figure[]; times: CallTimes }> {
  const figures: Figure[] = [];
  const times = new Map<string, number>();
  for (const call of GAME_CALLS) {
    run.say(call.name);
    const bytes = await expectRows(run, call);
    const named = subjectsOf(run, call, reference);
    const measured = await loadInTurn(
      named.map(([, subject]) => subject),
      1,
    );
    const [own, ...others] = named.map(([name], n) => ({ name, figure: measured[n] }));
    if (!own?.figure) continue;
    times.set(call.name, own.figure.p50Ms);
    const [beside] = others;
    figures.push(
      {
        ...{ what: `${call.name}: p50`, value: own.figure.p50Ms, unit: 'ms', against: `${beside?.name}: p50` },
        ...(call.atMostMs === undefined ? {} : { atMost: call.atMostMs }),
      },
      { what: `${call.name}: p99`, value: own.figure.p99Ms, unit: 'ms' },
      { what: `${call.name}: computed by the web`, value: own.figure.computedMs, unit: 'ms' },
      { what: `${call.name}: answer`, value: bytes / 1000, unit: 'kB' },
      ...others.flatMap(({ name, figure }) =>
        figure ? [{ what: `${name}: p50`, value: figure.p50Ms, unit: 'ms' }] : [],
      ),
    );
  }
  return { figures, times };
}
