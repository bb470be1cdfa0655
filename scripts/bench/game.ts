import path from 'node:path';
import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport, Figure } from './bench-report.ts';
import type { GameRun } from './game-asks.ts';
import { openGameReference } from './game-calls.ts';
import { gameFile } from './game-file.ts';
import { measureClips, measureFilms, measureImports } from './game-film.ts';
import { measurePage } from './game-page.ts';
import { type CallTimes, measureCalls } from './game-reads.ts';
import { seedGames } from './seed-games.ts';
import { makePeriod, withLake } from './slices-lake.ts';

/** Rows of a file of plays; with the shifts that are derived from them a game has a thousand plays more. */
const ROWS = 4000;
/** Copies of the game: with them there are 50,000 plays, and five million. */
const SMALL_GAMES = 10;
const LARGE_GAMES = 1008;
const DEFAULT_MINUTES = 20;
/** A hundred times the plays. */
const GROWTH_MOST = 1.3;

export interface GameOptions {
  /** Length of each master. */
  minutes?: number;
  /** Copies of the game, for a short run. */
  games?: number;
}

function growthOf([small, large]: readonly CallTimes[], sizes: readonly string[]): BenchReport {
  const figures = [...(large ?? [])].flatMap(([name, value]): Figure[] => {
    const [few, many] = sizes.map((size) => `${name}: ${size}`);
    const base = small?.get(name) ?? Number.NaN;
    // A season has more games then.
    const atMost = name.includes('season') ? {} : { atMost: base * GROWTH_MOST };
    return [
      { what: few ?? '', value: base, unit: 'ms' },
      { what: many ?? '', value, unit: 'ms', against: few ?? '', ...atMost },
    ];
  });
  return { title: 'A hundred times the plays, one client, p50', figures };
}

async function measureReads(run: GameRun, games: number): Promise<BenchReport[]> {
  const reference = openGameReference(run.bench.portal.postgres.url);
  const reports: BenchReport[] = [];
  const times: CallTimes[] = [];
  const sizes: string[] = [];
  let there = 0;
  try {
    for (const size of [SMALL_GAMES, games]) {
      await seedGames(run.bench.db, there + 1, size, run.say);
      there = size;
      const plays = await run.bench.db.play.count();
      sizes.push(`${plays.toLocaleString('en')} plays`);
      const measured = await measureCalls({ ...run, say: (line) => run.say(`${line}, of ${plays} plays`) }, reference);
      reports.push({
        title: `Reading, ${plays.toLocaleString('en')} plays of ${size + 1} games`,
        figures: measured.figures,
      });
      times.push(measured.times);
    }
    return [...reports, growthOf(times, sizes)];
  } finally {
    await reference.close();
  }
}

/** A game from its upload to its clips, and the lists of plays over fifty thousand of them and five million. */
export function benchGame(
  say: (line: string) => void,
  signal: AbortSignal,
  { minutes = DEFAULT_MINUTES, games = LARGE_GAMES }: GameOptions = {},
): Promise<BenchReport[]> {
  return withBenchPortal(async (bench) => {
    const run: GameRun = { bench, signal, say: (line) => say(`game: ${line}`) };
    const file = gameFile(ROWS, minutes * 60);
    run.say('making a master');
    const period = await makePeriod(path.join(bench.dataDir, 'period.mp4'), minutes, signal);
    const films = await withLake(bench, period, run, (ingest) => measureFilms(run, ingest, file, minutes));
    const writes = {
      title: 'Files of plays, and clips of plays',
      figures: [...(await measureImports(run, file, ROWS)), ...(await measureClips(run))],
    };
    for (const { what, value, unit } of [...films.figures, ...writes.figures])
      run.say(`${what}: ${value.toFixed(2)} ${unit}`);
    return [films, writes, ...(await measureReads(run, games)), await measurePage(run)];
  });
}
