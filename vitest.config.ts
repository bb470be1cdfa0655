import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { COMPILE_CACHE } from './scripts/portal/compile-cache.ts';

const base = {
  restoreMocks: true,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
  // A busy machine must not decide whether a test passes: what `expect.poll` asks for may come late.
  expect: { poll: { timeout: 20_000 } },
};

/** These take half a minute and more each, most of them waiting: begun last, one of them would end the run alone. */
const LONG = [
  'lib/media/cut/slow-cut.test.ts',
  'lib/media/cut/odd-masters.test.ts',
  'lib/media/inspect/inspect-master.test.ts',
  'lib/media/cut/colour.test.ts',
  'lib/media/cut/cut-clip.test.ts',
  'lib/media/cut/odd-clocks.test.ts',
  'lib/media/cut/sound.test.ts',
  'lib/runtime/prepare-odd-masters.db.test.ts',
  'lib/runtime/prepare-faults.db.test.ts',
  'lib/runtime/prepare-ladder.db.test.ts',
  'lib/runtime/prepare-master.db.test.ts',
  'lib/runtime/worker-away.db.test.ts',
  'lib/masters/uploads.db.test.ts',
  'scripts/media/google-commands.db.test.ts',
  'scripts/lint/linear-patterns.test.ts',
  'lib/db/database-away.db.test.ts',
];

/** Long files first, the others as vitest has them: by what they took before, or by their size in a fresh clone. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((file) => moduleId.endsWith(`/${file}`));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    // Vitest leaves one core idle; much of what the tests wait for is time-outs and other processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          ...base,
          name: 'unit',
          include: ['lib/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...base,
          name: 'database',
          include: ['lib/**/*.db.test.ts', 'scripts/**/*.db.test.ts'],
          globalSetup: ['lib/db/test-postgres.setup.ts'],
        },
      },
    ],
  },
});
