import fc from 'fast-check';

/** What is killed, by SIGKILL: a process of the portal, one backend of Postgres, or all of Postgres. */
export const VICTIMS = ['web', 'worker-1', 'worker-2', 'backend', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface Kill {
  victim: Victim;
  /** Since the kill before it. */
  afterMs: number;
  /** How long the victim stays away before it is started again. */
  awayMs: number;
}

const kill: fc.Arbitrary<Kill> = fc.record({
  victim: fc.constantFrom(...VICTIMS),
  afterMs: fc.integer({ min: 200, max: 4000 }),
  awayMs: fc.integer({ min: 0, max: 2500 }),
});

/** The same seed gives the same kills: victims, pauses, absences. */
export const planKills = (seed: number, count: number): Kill[] => fc.sample(kill, { seed, numRuns: count });
