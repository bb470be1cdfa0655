import type { SpareBuffers } from './spare-buffers.ts';
import { steadyHead } from './steady-head.ts';

/** No fragment of ours is near it; a length beyond is none. */
const MAX_BOX_BYTES = 256 * 1024 ** 2;

/** Length and type of a box (ISO/IEC 14496-12 §4.2). */
const HEADER_BYTES = 8;

/** What a player is given first, and then the fragments, each of its index and its samples. */
export interface FragmentedStream {
  init: Buffer;
  fragments: AsyncIterable<Fragment>;
}

export interface Fragment {
  /** The `moof` alone. */
  index: Buffer;
  /** Both boxes. */
  bytes: Buffer;
}

/** What is read of a stream by the byte. */
interface ByteReader {
  /** Fills a buffer from `at` on; false when the stream ends before. */
  fill(into: Buffer, at: number): Promise<boolean>;
}

function byteReader(stream: AsyncIterable<Buffer>): ByteReader {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    fill: async (into, at) => {
      for (let filled = at; filled < into.length; ) {
        if (rest.length === 0) {
          const next = await chunks.next();
          if (next.done) return false;
          rest = next.value;
        }
        const taken = rest.copy(into, filled);
        rest = rest.subarray(taken);
        filled += taken;
      }
      return true;
    },
  };
}

interface BoxHeader {
  type: string;
  sizeBytes: number;
  bytes: Buffer;
}

/** `null` at the stream's end. */
async function readHeader(reader: ByteReader): Promise<BoxHeader | null> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  if (!(await reader.fill(bytes, 0))) return null;
  const sizeBytes = bytes.readUInt32BE(0);
  if (sizeBytes < HEADER_BYTES || sizeBytes > MAX_BOX_BYTES) throw new Error(`A box of ${sizeBytes} bytes is none.`);
  return { type: bytes.toString('latin1', 4, 8), sizeBytes, bytes };
}

/** Fills a buffer with a whole box, behind what is there already; false when the stream ends in it. */
function fillBox(reader: ByteReader, { bytes }: BoxHeader, into: Buffer, at = 0): Promise<boolean> {
  bytes.copy(into, at);
  return reader.fill(into, at + HEADER_BYTES);
}

async function readBox(reader: ByteReader, header: BoxHeader): Promise<Buffer | null> {
  const box = Buffer.allocUnsafe(header.sizeBytes);
  return (await fillBox(reader, header, box)) ? box : null;
}

/**
 * Tells the parts of a fragmented MP4 as it comes; `null` when it ends before there is a picture in it. What is not whole
 * at the stream's end is left out, as whoever made the stream knows why it ends. Throws when it is none of boxes.
 * @param spares where the fragments' buffers are taken from: whoever is done with one may give it back.
 */
export async function openFragments(
  stream: AsyncIterable<Buffer>,
  spares: Pick<SpareBuffers, 'take'>,
): Promise<FragmentedStream | null> {
  const reader = byteReader(stream);
  const head: Buffer[] = [];
  for (;;) {
    const header = await readHeader(reader);
    const box = header && (await readBox(reader, header));
    if (!box) return null;
    if (header.type === 'moof')
      return { init: steadyHead(Buffer.concat(head)), fragments: fragmentsOf(box, reader, spares) };
    head.push(box);
  }
}

async function* fragmentsOf(
  first: Buffer,
  reader: ByteReader,
  spares: Pick<SpareBuffers, 'take'>,
): AsyncGenerator<Fragment> {
  let index = first;
  for (;;) {
    const header = await readHeader(reader);
    if (header?.type === 'mdat') {
      // Its bytes are copied once.
      const bytes = spares.take(index.length + header.sizeBytes);
      index.copy(bytes);
      if (!(await fillBox(reader, header, bytes, index.length))) return;
      yield { index, bytes };
      continue;
    }
    const box = header && (await readBox(reader, header));
    if (!box) return;
    if (header.type === 'moof') index = box;
  }
}
