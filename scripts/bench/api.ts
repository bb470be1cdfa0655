import type { UserContext } from '#lib/auth/user-context.ts';
import type { ClipFilter } from '#lib/clips/clip-filter-schemas.ts';
import { selectClip, selectClipPage } from '#lib/clips/clip-repo.ts';
import { selectFacets } from '#lib/clips/facet-repo.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import { selectOverview } from '#lib/stats/stats-repo.ts';
import { postgresTimes, statementsOf } from './api-sql.ts';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import { type BenchReport, type Figure, percentile, timed } from './bench-report.ts';
import { seedBenchClips } from './seed-clips.ts';

const SIZES = [10_000, 1_000_000];
/** Slow calls are made less often, so that a run ends. */
const BUDGET_S = 4;
const CALLS = { atLeast: 5, atMost: 200 };
const CLIENTS = 8;
/** A list of 100 may take this many times what Postgres takes for it; a million rows this many times ten thousand. */
const EXPECTED = { overPostgres: 6, overSmall: 1.5 };

const EVERYTHING: UserContext = { userId: '', role: 'admin', name: 'Bench', teamAccess: ['ALL'], preferences: {} };

const page = (tx: DbOrTx, limit: number, filter: ClipFilter = {}) => {
  const include = { assets: true, tags: true };
  return selectClipPage(tx, EVERYTHING, { filter, sort: '-created_at', limit, offset: 0, after: null, include });
};

/** Counts every clip that is found, up to 100,000: a hundred times as many take longer. */
const NARROWED_FACETS = 'facets of one event';

/** Each call of the API with the repository function behind it. */
const CALLS_MEASURED: { name: string; path: string; sql: (tx: DbOrTx) => Promise<unknown> }[] = [
  { name: 'list of 24', path: '/clips?limit=24', sql: (tx) => page(tx, 24) },
  { name: 'list of 100', path: '/clips?limit=100', sql: (tx) => page(tx, 100) },
  { name: 'one clip', path: '/clips/bench-5000', sql: (tx) => selectClip(tx, EVERYTHING, 'bench-5000') },
  { name: 'stats', path: '/clips/stats/overview', sql: (tx) => selectOverview(tx, EVERYTHING, {}) },
  { name: 'facets', path: '/clips/facets', sql: (tx) => selectFacets(tx, EVERYTHING, {}) },
  {
    name: NARROWED_FACETS,
    path: '/clips/facets?event_type=event-7',
    sql: (tx) => selectFacets(tx, EVERYTHING, { event_type: ['event-7'] }),
  },
  { name: 'search', path: '/clips?limit=24&q=player+7', sql: (tx) => page(tx, 24, { q: 'player 7' }) },
  {
    name: 'search with a slip',
    path: '/clips?limit=24&q=plyaer+7',
    sql: (tx) => page(tx, 24, { q: 'plyaer 7' }),
  },
  {
    name: 'search in a team',
    path: '/clips?limit=24&q=player+7&team_code=MTL',
    sql: (tx) => page(tx, 24, { q: 'player 7', team_code: ['MTL'] }),
  },
];

interface Measured {
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
}

/** Sends one call again and again over `clients` at once, as long as the budget lasts. */
async function load(call: () => Promise<unknown>, clients: number): Promise<Measured> {
  await call();
  const seconds: number[] = [];
  const startedMs = performance.now();
  const spent = () => (performance.now() - startedMs) / 1000;
  const goesOn = () => seconds.length < CALLS.atLeast || (seconds.length < CALLS.atMost && spent() < BUDGET_S);
  const client = async () => {
    while (goesOn()) seconds.push(await timed(call));
  };
  await Promise.all(Array.from({ length: clients }, client));
  const total = spent();
  return {
    p50Ms: percentile(seconds, 50) * 1000,
    p99Ms: percentile(seconds, 99) * 1000,
    perSecond: seconds.length / total,
  };
}

async function measure(
  { portal, db, headers }: BenchPortal,
  { name, path, sql }: (typeof CALLS_MEASURED)[number],
  signal: AbortSignal,
): Promise<{ figures: Figure[]; oneClientMs: number }> {
  let brokenOff = 0;
  const call = async () => {
    const response = await fetch(`${portal.url}/api/v2${path}`, { headers, signal });
    const text = await response.text();
    // What takes longer than the web lets a query take is broken off with 503: a figure, not a fault of the run.
    if (response.status === 503 && text.includes('query_timeout')) brokenOff += 1;
    else if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  };
  const statements = await statementsOf(db, EVERYTHING, sql);
  const postgres = await postgresTimes(portal.postgres.url, statements, CALLS.atLeast * 4);
  const alone = await load(call, 1);
  const together = await load(call, CLIENTS);
  const own = `${name}: Postgres alone`;
  const expected = name === 'list of 100' ? { atMost: postgres.secured * EXPECTED.overPostgres } : {};
  return {
    oneClientMs: alone.p50Ms,
    figures: [
      { what: own, value: postgres.secured, unit: 'ms' },
      { what: `${name}: without row-level security`, value: postgres.open, unit: 'ms', against: own },
      { what: `${name}: one client, p50`, value: alone.p50Ms, unit: 'ms', against: own, ...expected },
      { what: `${name}: one client, p99`, value: alone.p99Ms, unit: 'ms' },
      { what: `${name}: ${CLIENTS} clients, p50`, value: together.p50Ms, unit: 'ms' },
      { what: `${name}: ${CLIENTS} clients, p99`, value: together.p99Ms, unit: 'ms' },
      { what: `${name}: ${CLIENTS} clients`, value: together.perSecond, unit: '/s' },
      ...(brokenOff > 0 ? [{ what: `${name}: broken off after 5 s`, value: brokenOff, unit: 'calls' }] : []),
    ],
  };
}

/** Calls of the API over ten thousand and a million clips, beside what Postgres takes for the same statements. */
export function benchApi(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport[]> {
  return withBenchPortal(async (bench) => {
    const reports: BenchReport[] = [];
    const oneClient = new Map<string, number[]>();
    let there = 0;
    for (const size of SIZES) {
      say(`api: ${size} clips are put there`);
      await seedBenchClips(bench.db, there + 1, size);
      there = size;
      const figures: Figure[] = [];
      for (const one of CALLS_MEASURED) {
        say(`api: ${one.name} of ${size}`);
        const measured = await measure(bench, one, signal);
        figures.push(...measured.figures);
        for (const { what, value, unit } of measured.figures) say(`${what}: ${value.toFixed(2)} ${unit}`);
        oneClient.set(one.name, [...(oneClient.get(one.name) ?? []), measured.oneClientMs]);
      }
      reports.push({ title: `The API over ${size.toLocaleString('en')} clips, every asset signed`, figures });
    }
    const growth = [...oneClient].flatMap(([name, [small = 0, large = 0]]): Figure[] => [
      { what: `${name}: 10,000`, value: small, unit: 'ms' },
      {
        what: `${name}: 1,000,000`,
        value: large,
        unit: 'ms',
        against: `${name}: 10,000`,
        ...(name === NARROWED_FACETS ? {} : { atMost: small * EXPECTED.overSmall }),
      },
    ]);
    return [...reports, { title: 'A hundred times the rows, one client, p50', figures: growth }];
  });
}
