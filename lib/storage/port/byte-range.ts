import parseRange from 'range-parser';

/** What a `Range` header asks of an object of `sizeBytes`. */
export type RangeVerdict =
  | { kind: 'whole' }
  | { kind: 'unsatisfiable' }
  | { kind: 'part'; first: number; last: number };

const WHOLE: RangeVerdict = { kind: 'whole' };

/**
 * One range is served; several, another unit or nonsense count as no `Range` at all (RFC 9110 §14.2 allows that).
 * A suffix longer than the object means the whole of it (§14.1.2), which the parser would call unsatisfiable.
 */
export function judgeRange(header: string | null, sizeBytes: number): RangeVerdict {
  if (header === null) return WHOLE;
  const suffix = /^\s*bytes\s*=\s*-(\d+)\s*$/.exec(header)?.[1];
  const normal = suffix !== undefined && Number(suffix) > sizeBytes ? 'bytes=0-' : header;
  const ranges = parseRange(sizeBytes, normal);
  if (ranges === -2) return WHOLE;
  if (ranges === -1) return /^\s*bytes\s*=/.test(header) ? { kind: 'unsatisfiable' } : WHOLE;
  const [only, another] = ranges;
  if (ranges.type.trim() !== 'bytes' || !only || another) return WHOLE;
  return { kind: 'part', first: only.start, last: only.end };
}
