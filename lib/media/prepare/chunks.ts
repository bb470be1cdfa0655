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

/**
 * The parts that a master's ladder and its sheets of small pictures are made in. A part begins with a key frame: where
 * there is a `source`, with one of its own, so that every rung has segments where `source` has them.
 * @param keysS where the segments of `source` begin, ascending; `null` where there is none.
 */
export function chunksOf({ facts }: Pick<ProbedMaster, 'facts'>, keysS: readonly number[] | null): ChunkRange[] {
  const { durationS } = facts;
  const starts = [0];
  for (let nextS = CHUNK_S; nextS + SHORT_REST_S < durationS; nextS += CHUNK_S) {
    const at = keysS ? nearest(keysS, nextS) : nextS;
    if (at > (starts.at(-1) ?? 0) && at + SHORT_REST_S < durationS) starts.push(at);
  }
  return starts.map((startS, number) => ({
    ...{ number, startS, endS: starts[number + 1] ?? Math.max(durationS, startS + 1) },
  }));
}

const nearest = (values: readonly number[], wanted: number): number =>
  values.reduce((best, value) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best), 0);
