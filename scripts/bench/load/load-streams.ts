import { setTimeout as pause } from 'node:timers/promises';
import type { BenchReport } from '#scripts/bench/bench-report.ts';
import { editClips } from './edit-clips.ts';
import { stallFigures } from './load-lists.ts';
import { createListeners, type LoadPortal } from './load-portal.ts';

const PEOPLE = 100;
const STREAMS_EACH = 5;
const MAX_RISE_MIB = 100;
/** All streams are open by then. */
const OPENING_S = 10;

/** 500 streams of events, and things that happen. */
export async function loadStreams(load: LoadPortal, seconds: number): Promise<BenchReport> {
  const { portal, watch, signal } = load;
  const keys = await createListeners(load, PEOPLE);
  const restMib = await watch.residentMib();
  const fromMs = Date.now();
  const listening = load.job({
    ...{ kind: 'streams' as const, origin: portal.url, keys, streamsPerKey: STREAMS_EACH },
    seconds: seconds + 2 * OPENING_S,
  });
  const editing = async () => {
    await pause(OPENING_S * 1000, undefined, { signal });
    return editClips(load, { seconds, perSecond: 2 });
  };
  const [streams, edits] = await Promise.all([listening, editing()]);
  const state = await watch.between(fromMs, Date.now());
  return {
    title: `${PEOPLE * STREAMS_EACH} streams of events for ${seconds} s`,
    figures: [
      { what: 'streams', value: streams.opened, unit: 'open', atLeast: PEOPLE * STREAMS_EACH },
      { what: 'streams that broke', value: streams.broken, unit: 'streams', atMost: 0 },
      { what: 'events', value: edits.done, unit: 'edits', atLeast: 1 },
      { what: 'edits that failed', value: edits.failed, unit: 'edits', atMost: 0 },
      {
        what: 'heard by who heard least',
        value: streams.fewest,
        unit: 'events',
        against: 'events',
        atLeast: edits.done,
      },
      ...stallFigures(state),
      { what: 'web at rest', value: restMib, unit: 'MiB' },
      {
        what: 'web at its peak',
        value: state.peakMib,
        unit: 'MiB',
        against: 'web at rest',
        atMost: restMib + MAX_RISE_MIB,
      },
    ],
  };
}
