import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const base = {
  restoreMocks: true,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // A busy machine must not decide whether a test passes: what `expect.poll` asks for may come late.
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  test: {
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
