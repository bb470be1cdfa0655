import path from 'node:path';
import { UsageError } from '#scripts/cli/one-line.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { type ApiOptions, benchApi } from './api.ts';
import { type BenchReport, drawReport } from './bench-report.ts';
import { benchChaos } from './chaos.ts';
import { benchCut } from './cut.ts';
import { benchDelivery } from './delivery.ts';
import { benchExport } from './export.ts';
import { benchFirstFrame } from './first-frame.ts';
import { benchGame, type GameOptions } from './game.ts';
import { benchLoad, LOAD_PARTS, type LoadOptions } from './load.ts';
import { benchReach } from './reach.ts';
import { benchReels } from './reels.ts';
import { benchSlices, type SlicesOptions } from './slices.ts';
import { benchUpload } from './upload.ts';
import { benchViews } from './views.ts';

/** What a run may ask for; topics that know nothing of an option pass it over. */
interface BenchOptions extends LoadOptions, ApiOptions, SlicesOptions, GameOptions {
  /** Of what is done at random, so that it can be done again. */
  seed?: number;
}

/** Each topic measures in one run and compares within it: machines are noisy, ratios are not. */
const TOPICS: Record<
  string,
  (say: (line: string) => void, signal: AbortSignal, options: BenchOptions) => Promise<BenchReport | BenchReport[]>
> = {
  api: benchApi,
  chaos: benchChaos,
  cut: benchCut,
  delivery: benchDelivery,
  export: benchExport,
  'first-frame': benchFirstFrame,
  game: benchGame,
  load: benchLoad,
  reach: benchReach,
  reels: benchReels,
  slices: benchSlices,
  upload: benchUpload,
  views: benchViews,
};

const readWhole = (value: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new UsageError(`${value} is no whole number.`);
  return number;
};

const readMinutes = (value: string): number => {
  const minutes = readWhole(value);
  if (minutes < 1 || minutes > 60) throw new UsageError('--minutes is 1 to 60.');
  return minutes;
};

const MAX_SECONDS = 3600;

const readSeconds = (value: string): number => {
  const seconds = Number(value);
  if (!(seconds >= 5 && seconds <= MAX_SECONDS)) throw new UsageError(`--seconds is 5 to ${MAX_SECONDS}.`);
  return seconds;
};

const readParts = (value: string): string[] => {
  const parts = value.split(',');
  const unknown = parts.filter((part) => !LOAD_PARTS.includes(part));
  if (unknown.length > 0) throw new UsageError(`The load has no part called ${unknown.join(', ')}.`);
  return parts;
};

await runCommand({
  usage: 'npm run bench --',
  summary: `Benchmarks with their ratios. Topics: ${Object.keys(TOPICS).join(', ')}; all of them when none is named.`,
  patienceMs: 30_000,
  define: (command) =>
    void command
      .argument('[topics...]')
      .option('--seed <number>', 'of what is done at random', readWhole)
      .option('--clips <number>', 'api: the most clips, for a short run', readWhole)
      .option('--against <folder>', 'api: an older checkout, measured in turn', (folder) => path.resolve(folder))
      .option('--minutes <number>', 'slices, game: of each master; slices 2 and game 20 unless told', readMinutes)
      .option('--games <number>', 'game: the most games, for a short run', readWhole)
      .option('--seconds <number>', 'load: of each part, for a short run', readSeconds)
      .option('--parts <names>', `load: some of ${LOAD_PARTS.join(',')}`, readParts)
      .option('--profile <folder>', 'load: where the web writes CPU profiles', (folder) => path.resolve(folder)),
  parse: (options: BenchOptions, topics) => {
    const unknown = topics.filter((topic) => !Object.hasOwn(TOPICS, topic));
    if (unknown.length > 0) throw new UsageError(`There is no benchmark called ${unknown.join(', ')}.`);
    return { options, topics: topics.length > 0 ? topics : Object.keys(TOPICS) };
  },
  run: async ({ options, topics }, io) => {
    for (const topic of topics) {
      io.reporter.start(`Measuring ${topic} …`);
      const reports = await TOPICS[topic]?.((line) => io.reporter.update(line), io.signal, options);
      io.reporter.succeed(topic);
      for (const report of [reports ?? []].flat()) for (const line of drawReport(report)) io.print(line);
    }
  },
});
