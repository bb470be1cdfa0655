import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#lib/logger.ts';

/** Something that every worker does again and again, beside its jobs: it costs next to nothing when another has just done it. */
export interface Round {
  /** What it does, for the log of a fault. */
  name: string;
  /** From the end of one to the beginning of the next. */
  everyMs: number;
  run(): Promise<unknown>;
}

export interface Timetable {
  /** Does one of them now, between its times. */
  runNow(name: string): void;
  /** Starts none any more, and waits for those under way. */
  stop(): Promise<void>;
}

/**
 * Goes its rounds: each once before this returns, then by the clock, and never twice at the same time. A fault is logged,
 * and the next round comes as if nothing had been.
 */
export async function startTimetable(rounds: readonly Round[], logger: Logger): Promise<Timetable> {
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  const askedAgain = new Set<string>();
  const go = async ({ name, run }: Round): Promise<void> => {
    do {
      askedAgain.delete(name);
      await run().catch((err: unknown) => logger.warn({ err, round: name }, 'a round of the worker failed'));
    } while (askedAgain.has(name) && !stopping.signal.aborted);
    underWay.delete(name);
  };
  const begin = (round: Round): Promise<void> => {
    const done = underWay.get(round.name) ?? go(round);
    underWay.set(round.name, done);
    return done;
  };
  const keepGoing = async (round: Round) => {
    for (;;) {
      await sleep(round.everyMs, undefined, { signal: stopping.signal });
      await begin(round);
    }
  };
  await Promise.all(rounds.map(begin));
  // Only the end rejects it.
  const going = Promise.allSettled(rounds.map(keepGoing));
  return {
    runNow: (name) => {
      const round = rounds.find((candidate) => candidate.name === name);
      if (!round) throw new Error(`No round is called ${name}.`);
      // What is under way may have looked before what is new was there.
      if (underWay.has(name)) askedAgain.add(name);
      else if (!stopping.signal.aborted) void begin(round);
    },
    stop: async () => {
      stopping.abort();
      await going;
      await Promise.all(underWay.values());
    },
  };
}
