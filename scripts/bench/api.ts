import { EVERYTHING, MEASURED_CALLS, type MeasuredCall } from './api-calls.ts';
import { openReference, type Reference } from './api-reference.ts';
import { postgresTimes, statementsOf } from './api-sql.ts';
import { measureBulk, measureColdStart } from './api-writes.ts';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import type { BenchReport, Figure } from './bench-report.ts';
import { loadInTurn, type Measured, type Subject } from './load-in-turn.ts';
import { computedS } from './process-facts.ts';
import { buildCheckout, startSecondWeb } from './second-web.ts';
import { seedBenchClips } from './seed-clips.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
const CLIENTS = 8;
const SQL_CALLS = 20;
/** Rates against the checkout before, and against a request that reads nothing; a hundred times the rows. */
const EXPECTED = { timesBefore: 3, ofTrivial: 0.4, overSmall: 1.3 };

export interface ApiOptions {
  /** The most clips; a million unless told otherwise. */
  clips?: number;
  /** A folder with an older checkout, whose web runs beside this one's. */
  against?: string;
}

/** A web that is asked. */
interface Web {
  url: string;
  pid: number;
}

interface Webs {
  now: Web;
  before: Web | null;
  reference: Reference;
}

/** What is measured side by side for one call, by the name that its figures have. */
function subjectsOf({ headers }: BenchPortal, webs: Webs, call: MeasuredCall, signal: AbortSignal, broken: () => void) {
  const { now, before, reference } = webs;
  const asked = ({ url, pid }: Web): Subject => ({
    call: async () => {
      const response = await fetch(`${url}/api/v2${call.path}`, { headers, signal });
      const text = await response.text();
      // What takes longer than the web lets a query take is broken off with 503: a figure, not a fault of the run.
      if (response.status === 503 && text.includes('query_timeout')) broken();
      else if (response.status !== 200) throw new Error(`${call.path} answered ${response.status}: ${text}`);
    },
    computedS: () => computedS(pid),
  });
  const { reference: byReference, besideTrivial, name } = call;
  const subjects: [string, Subject][] = [[name, asked(now)]];
  if (before) subjects.push([`${name}, before`, asked(before)]);
  if (byReference) subjects.push([`${name}, reference`, { call: () => byReference(reference) }]);
  if (besideTrivial) {
    // The declared methods: through the server and Next, and nothing is looked up.
    const call = async () => (await fetch(`${now.url}/api/v2/clips`, { method: 'OPTIONS', signal })).text();
    subjects.push(['a request that reads nothing', { call, computedS: () => computedS(now.pid) }]);
  }
  return subjects;
}

const figuresOf = (names: readonly string[], alone: Measured[], together: Measured[], call: MeasuredCall): Figure[] => {
  const [name = ''] = names;
  const [before, reference, trivial] = [`${name}, before`, `${name}, reference`, 'a request that reads nothing'];
  const rateOf = (which: string) => together[names.indexOf(which)]?.perSecond;
  const atMost = call.atMostMs ?? (call.atMostReferences ?? Number.NaN) * (alone[names.indexOf(reference)]?.p50Ms ?? 0);
  const atLeast =
    call.reference &&
    Math.max(
      name === 'list of 100' ? (rateOf(before) ?? 0) * EXPECTED.timesBefore : 0,
      (rateOf(trivial) ?? 0) * EXPECTED.ofTrivial,
    );
  const against = [trivial, before, reference].find((which) => names.includes(which));
  return names.flatMap((which, index): Figure[] => {
    const [one, many] = [alone[index], together[index]];
    if (!one || !many) return [];
    const isOwn = index === 0;
    return [
      {
        ...{ what: `${which}: one client, p50`, value: one.p50Ms, unit: 'ms' },
        ...(isOwn && names.includes(reference) ? { against: `${reference}: one client, p50` } : {}),
        ...(isOwn && atMost > 0 ? { atMost } : {}),
      },
      { what: `${which}: one client, p99`, value: one.p99Ms, unit: 'ms' },
      { what: `${which}: ${CLIENTS} clients, p50`, value: many.p50Ms, unit: 'ms' },
      { what: `${which}: ${CLIENTS} clients, p99`, value: many.p99Ms, unit: 'ms' },
      {
        ...{ what: `${which}: ${CLIENTS} clients`, value: many.perSecond, unit: '/s' },
        ...(isOwn && against ? { against: `${against}: ${CLIENTS} clients` } : {}),
        ...(isOwn && atLeast ? { atLeast } : {}),
      },
      ...(Number.isNaN(many.computedMs)
        ? []
        : [{ what: `${which}: computed by the web, a call`, value: many.computedMs, unit: 'ms' }]),
    ];
  });
};

async function measure(bench: BenchPortal, webs: Webs, call: MeasuredCall, signal: AbortSignal) {
  let brokenOff = 0;
  const named = subjectsOf(bench, webs, call, signal, () => {
    brokenOff += 1;
  });
  const names = named.map(([name]) => name);
  const subjects = named.map(([, subject]) => subject);
  const statements = await statementsOf(bench.db, EVERYTHING, call.sql);
  const postgres = await postgresTimes(bench.portal.postgres.url, statements, SQL_CALLS);
  const alone = await loadInTurn(subjects, 1);
  const together = await loadInTurn(subjects, CLIENTS);
  const own = `${call.name}: Postgres alone`;
  const figures: Figure[] = [
    { what: own, value: postgres.secured, unit: 'ms' },
    { what: `${call.name}: without row-level security`, value: postgres.open, unit: 'ms', against: own },
    ...figuresOf(names, alone, together, call),
    ...(brokenOff > 0 ? [{ what: `${call.name}: broken off after 5 s`, value: brokenOff, unit: 'calls' }] : []),
  ];
  return { figures, oneClientMs: alone[0]?.p50Ms ?? Number.NaN };
}

/** Calls of the API over ten thousand and a million clips, beside the shortest way to the same rows and a web of before. */
export function benchApi(
  say: (line: string) => void,
  signal: AbortSignal,
  { clips = LARGE, against }: ApiOptions = {},
): Promise<BenchReport[]> {
  return withBenchPortal(async (bench) => {
    if (against) await buildCheckout(against, signal);
    const second = against ? await startSecondWeb(bench, against) : null;
    const before = second && { url: second.url, pid: second.process.pid };
    const reference = openReference(bench.portal.postgres.url);
    const webs: Webs = { now: { url: bench.portal.url, pid: bench.portal.web.pid }, before, reference };
    try {
      const reports: BenchReport[] = [];
      const oneClient = new Map<string, number[]>();
      let there = 0;
      for (const size of [SMALL, clips]) {
        say(`api: ${size} clips are put there`);
        await seedBenchClips(bench.db, there + 1, size);
        there = size;
        const figures: Figure[] = [];
        const add = (measured: Figure[]) => {
          figures.push(...measured);
          for (const { what, value, unit } of measured) say(`${what}: ${value.toFixed(2)} ${unit}`);
        };
        for (const call of MEASURED_CALLS) {
          say(`api: ${call.name} of ${size}`);
          const measured = await measure(bench, webs, call, signal);
          add(measured.figures);
          oneClient.set(call.name, [...(oneClient.get(call.name) ?? []), measured.oneClientMs]);
        }
        add(await measureBulk(bench, [webs.now, ...(before ? [before] : [])], signal));
        reports.push({ title: `The API over ${size.toLocaleString('en')} clips, every asset signed`, figures });
      }
      const cold = await measureColdStart(bench, against, signal);
      const growth = [...oneClient].flatMap(([name, [small = 0, large = 0]]): Figure[] => [
        { what: `${name}: ${SMALL}`, value: small, unit: 'ms' },
        {
          ...{ what: `${name}: ${clips}`, value: large, unit: 'ms', against: `${name}: ${SMALL}` },
          atMost: small * EXPECTED.overSmall,
        },
      ]);
      return [
        ...reports,
        { title: 'More rows, one client, p50', figures: growth },
        { title: 'The first request after the start', figures: cold },
      ];
    } finally {
      await reference.close();
      await second?.process.stop();
    }
  });
}
