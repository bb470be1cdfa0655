import type { ISOFile } from 'mp4box';

/** Units that say how the pictures are coded: a sequence's, a picture's (ITU-T H.264 table 7-1). */
const SET_TYPES = new Set([7, 8]);

/** How the pictures of a track are coded, as its header says. */
export interface ParameterSets {
  /** Of the length before each unit. */
  lengthBytes: number;
  /** The sets themselves. */
  known: ReadonlySet<string>;
}

/** Where the samples of a track lie in a fragment, one behind the other. */
export interface SampleBytes {
  first: number;
  sizes: readonly number[];
}

/** Zeros behind a unit are none of it (§B.1.1). */
function textOf(unit: Uint8Array): string {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return Buffer.from(unit.buffer, unit.byteOffset, end).toString('base64');
}

/** What a header says; `null` where it is not one of H.264. */
export function parameterSetsOf(file: ISOFile): ParameterSets | null {
  const [box] = file.getBoxes('avcC', true);
  if (!box) return null;
  const { SPS, PPS, lengthSizeMinusOne } = box;
  return { lengthBytes: lengthSizeMinusOne + 1, known: new Set([...SPS, ...PPS].map(({ data }) => textOf(data))) };
}

/**
 * Whether pictures bring parameter sets along that their header has not: two recordings were joined, of which browsers
 * would decode the second by what the header says of the first.
 */
export function bringOtherSets(bytes: Buffer, samples: SampleBytes, { lengthBytes, known }: ParameterSets): boolean {
  let at = samples.first;
  for (const size of samples.sizes) {
    const end = Math.min(at + size, bytes.length);
    while (at + lengthBytes < end) {
      const unit = at + lengthBytes;
      const next = unit + bytes.readUIntBE(at, lengthBytes);
      const isSet = SET_TYPES.has((bytes[unit] ?? 0) & 0x1f);
      if (isSet && next <= end && !known.has(textOf(bytes.subarray(unit, next)))) return true;
      at = next;
    }
    at = end;
  }
  return false;
}
