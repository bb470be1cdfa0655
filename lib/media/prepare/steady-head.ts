import { createFile, MP4BoxBuffer } from 'mp4box';

/** Tags of the descriptors in an `esds` box (ISO/IEC 14496-1 §7.2.2.1). */
const ES_DESCRIPTOR = 0x03;
const DECODER_CONFIG = 0x04;

/** Size, type, version and flags of a box. */
const FULL_BOX_BYTES = 12;
/** The id of the stream, and flags that are 0. */
const ES_FACTS_BYTES = 3;
/** What kind of stream it is; how large its buffer and its bit rates are comes behind (§7.2.6.6). */
const KIND_BYTES = 2;
const RATES_BYTES = 11;

/** Where what a descriptor says begins; its length is written in bytes of seven bits. */
function insideOf(bytes: Buffer, at: number, tag: number): number {
  if (bytes[at] !== tag) throw new Error(`A descriptor ${tag} is missing in an esds box.`);
  let inside = at + 1;
  while (((bytes[inside] ?? 0) & 0x80) !== 0) inside += 1;
  return inside + 1;
}

/**
 * The header of a fragmented MP4 without the bit rates of its sound: they are no more than what ffmpeg reckoned of as much
 * as it had read, so that two parts of one rendition would have two headers.
 */
export function steadyHead(init: Buffer): Buffer {
  const steady = Buffer.from(init);
  const file = createFile();
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(init).buffer, 0));
  for (const box of file.getBoxes('esds', false)) {
    const es = insideOf(steady, (box.start ?? 0) + FULL_BOX_BYTES, ES_DESCRIPTOR) + ES_FACTS_BYTES;
    const rates = insideOf(steady, es, DECODER_CONFIG) + KIND_BYTES;
    steady.fill(0, rates, rates + RATES_BYTES);
  }
  return steady;
}
