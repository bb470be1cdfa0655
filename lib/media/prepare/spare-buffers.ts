/** Sizes are rounded up to this, so that the buffer of one segment fits the next. */
const STEP_BYTES = 512 * 1024;

/**
 * Buffers for the segments of a stream, each used again once its segment is written: some megabytes at a time, new every
 * time, make V8 look through all of its heap for what is done with, again and again (a third of the time of a copy).
 */
export interface SpareBuffers {
  /** A buffer of this many bytes, with anything in it. */
  take(sizeBytes: number): Buffer;
  /** Nobody reads it any more. One that was not taken here, or is back already, is left alone. */
  giveBack(buffer: Buffer): void;
}

export function spareBuffers(): SpareBuffers {
  const lent = new Set<ArrayBufferLike>();
  let spare: ArrayBufferLike[] = [];
  return {
    take: (sizeBytes) => {
      const fitting = spare.find(({ byteLength }) => byteLength >= sizeBytes);
      spare = spare.filter((one) => one !== fitting);
      const memory = fitting ?? Buffer.allocUnsafeSlow(Math.ceil(sizeBytes / STEP_BYTES) * STEP_BYTES).buffer;
      lent.add(memory);
      return Buffer.from(memory, 0, sizeBytes);
    },
    giveBack: ({ buffer }) => {
      if (lent.delete(buffer)) spare.push(buffer);
    },
  };
}
