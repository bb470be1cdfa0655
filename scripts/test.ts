import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { messageOf } from '#lib/errors.ts';
import { buildWeb, ROOT } from './portal/build-web.ts';
import { ensureTools, wishForHeadlessShell } from './portal/ensure-tools.ts';
import { findHeavyPages } from './portal/page-scripts.ts';

/** What one check found. */
interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by name, so that the last lines of a long log say it again. */
  faults?: string[];
}

interface Check {
  name: string;
  run(): Promise<Verdict & { output?: string }>;
  /** Reads the sources alone, mostly on one core: runs beside others of its kind, and says what it has to say at its end. */
  isStatic?: boolean;
}

const REPORTS = path.join(ROOT, 'node_modules', '.test-reports');
const bin = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);
const only = process.argv.slice(2);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs a tool with its output shown as it comes. */
const tool = async (command: string, args: string[], env: Record<string, string> = {}): Promise<boolean> => {
  const { exitCode } = await execa(command, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    cancelSignal: stopping.signal,
  });
  stopping.signal.throwIfAborted();
  return exitCode === 0;
};

const verdictOf = (passed: boolean): Verdict => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** A tool that reads the sources, and whose exit code is the whole answer, counts as one test. */
const single = (name: string, command: string, args: string[]): Check => ({
  name,
  isStatic: true,
  run: async () => {
    const { exitCode, all } = await execa(command, args, {
      cwd: ROOT,
      all: true,
      stdin: 'ignore',
      reject: false,
      cancelSignal: stopping.signal,
    });
    stopping.signal.throwIfAborted();
    return { ...verdictOf(exitCode === 0), output: all };
  },
});

/** A report that says all is well under a failing exit code is not believed: something broke outside of every test. */
const believing = (verdict: Verdict, ok: boolean): Verdict =>
  !ok && verdict.failed === 0
    ? { ...verdict, failed: 1, faults: ['outside of every test: the errors are told above, under "Unhandled"'] }
    : verdict;

/** What is read of vitest's report. */
interface VitestFile {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

async function runVitest(): Promise<Verdict> {
  const file = path.join(REPORTS, 'vitest.json');
  const ok = await tool(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`]);
  const report = JSON.parse(await readFile(file, 'utf8'));
  const faults = (report.testResults as VitestFile[]).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const where = path.relative(ROOT, name);
    // A file that fails before its first test has no test to name.
    if (failed.length === 0 && status === 'failed') return [`${where}: ${message.split('\n')[0]}`];
    return failed.map((test) => `${where} › ${test.fullName}: ${test.failureMessages[0]?.split('\n')[0] ?? ''}`);
  });
  return believing(
    { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, faults },
    ok,
  );
}

/** What is read of Playwright's report; a suite is a file, or a group in one. */
interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; line: number; ok: boolean }[];
}

const faultsOf = ({ suites = [], specs }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line} › ${title}`),
  ...suites.flatMap(faultsOf),
];

async function runPlaywright(): Promise<Verdict> {
  const file = path.join(REPORTS, 'playwright.json');
  const ok = await tool(bin('playwright'), ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const { stats, suites } = JSON.parse(await readFile(file, 'utf8'));
  const verdict = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  // A test that passed at the second try is not a pass here: the configuration allows none.
  return believing({ ...verdict, faults: (suites as PlaywrightSuite[]).flatMap(faultsOf) }, ok);
}

const CHECKS: Check[] = [
  single('format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']),
  single('lint of rooms', process.execPath, ['scripts/lint/check-rooms.ts']),
  single('types', bin('tsc'), ['-p', '.']),
  single('unused code', bin('knip'), []),
  { name: 'unit and database', run: runVitest },
  {
    name: 'build',
    run: async () => {
      await buildWeb({ signal: stopping.signal });
      const faults = await findHeavyPages();
      return { ...verdictOf(faults.length === 0), faults, output: faults.join('\n') };
    },
  },
  {
    name: 'browser',
    run: async () => {
      await wishForHeadlessShell(say);
      return runPlaywright();
    },
  },
];

async function runCheck({ name, run, isStatic }: Check): Promise<Verdict & { name: string; seconds: number }> {
  if (!isStatic) say(`\n── ${name}`);
  const startedMs = performance.now();
  const { output, ...verdict } = await run().catch((error) => {
    stopping.signal.throwIfAborted();
    return { ...verdictOf(false), output: messageOf(error) };
  });
  if (isStatic) say(`\n── ${name}`);
  if (output) say(output);
  return { name, ...verdict, seconds: (performance.now() - startedMs) / 1000 };
}

try {
  await ensureTools(['ffmpeg', 'chromium', 'caddy', 'psql'], say);
  await rm(REPORTS, { recursive: true, force: true });
  await mkdir(REPORTS, { recursive: true });
  const wanted = only.length === 0 ? CHECKS : CHECKS.filter(({ name }) => only.some((word) => name.includes(word)));
  if (wanted.length === 0)
    throw new Error(`No check is called ${only.join(', ')}: ${CHECKS.map(({ name }) => name).join(', ')}.`);
  const results = await Promise.all(wanted.filter(({ isStatic }) => isStatic).map(runCheck));
  for (const check of wanted.filter(({ isStatic }) => !isStatic)) results.push(await runCheck(check));
  say('');
  for (const { name, passed, failed, seconds, faults = [] } of results) {
    say(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`);
    for (const fault of faults) say(`         ${fault}`);
  }
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  say(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
} catch (error) {
  say(`error: ${messageOf(error)}`);
  process.exitCode = stopping.signal.aborted ? 130 : 1;
}
