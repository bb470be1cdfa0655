import { UsageError } from '#scripts/cli/one-line.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { benchApi } from './api.ts';
import { type BenchReport, drawReport } from './bench-report.ts';
import { benchCut } from './cut.ts';
import { benchDelivery } from './delivery.ts';
import { benchReach } from './reach.ts';
import { benchUpload } from './upload.ts';

/** Each topic measures in one run and compares within it: machines are noisy, ratios are not. */
const TOPICS: Record<
  string,
  (say: (line: string) => void, signal: AbortSignal) => Promise<BenchReport | BenchReport[]>
> = {
  api: benchApi,
  cut: benchCut,
  delivery: benchDelivery,
  reach: benchReach,
  upload: benchUpload,
};

await runCommand({
  usage: 'npm run bench --',
  summary: `Benchmarks with their ratios. Topics: ${Object.keys(TOPICS).join(', ')}; all of them when none is named.`,
  patienceMs: 30_000,
  define: (command) => void command.argument('[topics...]'),
  parse: (_options, topics) => {
    const unknown = topics.filter((topic) => !Object.hasOwn(TOPICS, topic));
    if (unknown.length > 0) throw new UsageError(`There is no benchmark called ${unknown.join(', ')}.`);
    return topics.length > 0 ? topics : Object.keys(TOPICS);
  },
  run: async (topics, io) => {
    for (const topic of topics) {
      io.reporter.start(`Measuring ${topic} …`);
      const reports = await TOPICS[topic]?.((line) => io.reporter.update(line), io.signal);
      io.reporter.succeed(topic);
      for (const report of [reports ?? []].flat()) for (const line of drawReport(report)) io.print(line);
    }
  },
});
