import { percentile, timed } from './bench-report.ts';

/** Each subject gets so much time, in so many slices: what else the machine does meanwhile weighs on all alike. */
const BUDGET_S = 4;
const SLICES = 4;
/** Slow calls are made less often, so that a run ends. */
const CALLS = { atLeast: 8, atMost: 2000 };

/** One of several things that are measured side by side. */
export interface Subject {
  call(): Promise<unknown>;
  /** What the process that answers has computed so far, in seconds. */
  computedS?(): Promise<number>;
}

export interface Measured {
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
  /** Of the answering process, a call; NaN where nobody tells. */
  computedMs: number;
}

interface Record {
  seconds: number[];
  spentS: number;
  computedS: number;
}

/** Calls one subject again and again over `clients` at once, for one slice. */
async function slice({ call, computedS }: Subject, clients: number, record: Record): Promise<void> {
  const before = (await computedS?.()) ?? Number.NaN;
  const startedMs = performance.now();
  const spentS = () => (performance.now() - startedMs) / 1000;
  let calls = 0;
  const goesOn = () =>
    calls < CALLS.atLeast / SLICES || (calls < CALLS.atMost / SLICES && spentS() < BUDGET_S / SLICES);
  const client = async () => {
    while (goesOn()) {
      calls += 1;
      record.seconds.push(await timed(call));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  record.spentS += spentS();
  record.computedS += ((await computedS?.()) ?? Number.NaN) - before;
}

/** Measures subjects in turn, a slice of each at a time, after one call of each that nobody measures. */
export async function loadInTurn(subjects: readonly Subject[], clients: number): Promise<Measured[]> {
  for (const { call } of subjects) await call();
  const records = subjects.map((): Record => ({ seconds: [], spentS: 0, computedS: 0 }));
  for (let n = 0; n < SLICES; n++) {
    for (const [index, record] of records.entries()) {
      const subject = subjects[index];
      if (subject) await slice(subject, clients, record);
    }
  }
  return records.map(({ seconds, spentS, computedS }) => ({
    p50Ms: percentile(seconds, 50) * 1000,
    p99Ms: percentile(seconds, 99) * 1000,
    perSecond: seconds.length / spentS,
    computedMs: (computedS / seconds.length) * 1000,
  }));
}
