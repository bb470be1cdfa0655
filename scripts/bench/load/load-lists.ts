import { setTimeout as pause } from 'node:timers/promises';
import type { BenchReport, Figure } from '#scripts/bench/bench-report.ts';
import { askHealth } from './ask-health.ts';
import type { LoadPortal } from './load-portal.ts';
import type { WebState } from './watch-web.ts';

const CONNECTIONS = 200;
const PATHS = ['/api/v2/clips?limit=50'];
export const MAX_STALL_MS = 250;
const MAX_RESIDENT_MIB = 400;
/** After the load the web is left alone for so long. */
const REST_S = 60;
/** "Back": no more than this many times what it was before. */
const BACK = 1.25;

/** The figures of the event loop. */
export const stallFigures = ({ worstStallMs, worstBusyMs, worstGcMs }: WebState): Figure[] => [
  { what: 'longest stall of the event loop', value: worstStallMs, unit: 'ms', atMost: MAX_STALL_MS },
  { what: 'its own computing in one go, at most', value: worstBusyMs, unit: 'ms' },
  { what: 'longest collection of garbage', value: worstGcMs, unit: 'ms' },
];

/** 200 connections that each ask for lists of 50, one after the other. */
export async function loadLists(load: LoadPortal, seconds: number): Promise<BenchReport> {
  const { portal, headers, watch, signal } = load;
  const restMib = await watch.residentMib();
  const beforeS = await watch.computedS();
  const fromMs = Date.now();
  const [answers, health] = await Promise.all([
    load.job({ kind: 'requests', origin: portal.url, paths: PATHS, headers, connections: CONNECTIONS, seconds }),
    askHealth(portal.url, seconds, signal),
  ]);
  const computedMs = ((await watch.computedS()) - beforeS) * 1000;
  const state = await watch.between(fromMs, Date.now());
  await pause(Math.min(REST_S, seconds) * 1000, undefined, { signal });
  const backMib = await watch.residentMib();
  return {
    title: `${CONNECTIONS} connections on lists of 50 for ${seconds} s`,
    figures: [
      { what: 'lists', value: answers.sent, unit: 'answers', atLeast: 1 },
      { what: 'lists a second', value: answers.perSecond, unit: '/s' },
      { what: 'a list, p50', value: answers.p50Ms, unit: 'ms' },
      { what: 'a list, p99', value: answers.p99Ms, unit: 'ms' },
      { what: 'the web computed for a list', value: computedMs / answers.sent, unit: 'ms' },
      { what: 'faults', value: answers.faults, unit: 'answers', atMost: 0 },
      { what: 'health meanwhile, longest', value: health.worstMs, unit: 'ms' },
      { what: 'health meanwhile, not well', value: health.ill, unit: 'answers', atMost: 0 },
      ...stallFigures(state),
      { what: 'web at rest', value: restMib, unit: 'MiB' },
      { what: 'web at its peak', value: state.peakMib, unit: 'MiB', against: 'web at rest', atMost: MAX_RESIDENT_MIB },
      { what: 'its heap at its peak', value: state.heapPeakMib, unit: 'MiB' },
      { what: 'web afterwards', value: backMib, unit: 'MiB', against: 'web at rest', atMost: restMib * BACK },
    ],
  };
}
