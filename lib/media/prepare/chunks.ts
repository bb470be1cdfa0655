import { type Rung, renditionLadder } from '#lib/media/cut/ladder.ts';
import type { ChunkRange, PreparationKind } from '#lib/media/prepare-work.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';

/** Length of a part of a ladder: long enough that its beginning costs nothing, short enough to be done again. */
const CHUNK_S = 60;
/** A rest this short belongs to the part before. */
const SHORT_REST_S = 5;

/** What is encoded of a master: beside its own picture only what is smaller. */
export function rungsOf({ facts }: Pick<ProbedMaster, 'facts'>, kind: PreparationKind): Rung[] {
  const all = renditionLadder(facts);
  const ownSide = Math.min(facts.video.width, facts.video.height);
  return kind === 'ladder' ? all : all.filter(({ width, height }) => Math.min(width, height) < ownSide);
}

/** The parts that a master's ladder is encoded in; none where there is nothing to encode. */
export function chunksOf(master: Pick<ProbedMaster, 'facts'>, kind: PreparationKind): ChunkRange[] {
  if (rungsOf(master, kind).length === 0) return [];
  const { durationS } = master.facts;
  const count = Math.max(1, Math.ceil((durationS - SHORT_REST_S) / CHUNK_S));
  return Array.from({ length: count }, (_, number) => ({
    number,
    startS: number * CHUNK_S,
    endS: number === count - 1 ? Math.max(durationS, number * CHUNK_S + 1) : (number + 1) * CHUNK_S,
  }));
}
