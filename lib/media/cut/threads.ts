import { availableParallelism } from 'node:os';

/** More threads than this cost memory and win nothing at these sizes. */
const MAX_THREADS = 8;

/** Threads of each decoder and encoder of a run. */
export const encoderThreads = (): number => Math.min(MAX_THREADS, availableParallelism());
