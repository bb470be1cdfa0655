import { steadyHead } from './steady-head.ts';

/** One box of a fragmented MP4's top level (ISO/IEC 14496-12 §4.2). */
export interface TopBox {
  type: string;
  bytes: Buffer;
}

/** No fragment of ours is near it; a length beyond is none. */
const MAX_BOX_BYTES = 256 * 1024 ** 2;

const HEADER_BYTES = 8;

/**
 * The boxes of a stream, each whole; one that is not whole at the stream's end is left out, as whoever made the stream
 * knows why it ends. Throws when the stream is none of boxes.
 */
export async function* readBoxes(stream: AsyncIterable<Buffer>): AsyncGenerator<TopBox> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wantedBytes = HEADER_BYTES;
  for await (const chunk of stream) {
    held.push(chunk);
    heldBytes += chunk.length;
    while (heldBytes >= wantedBytes) {
      const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
      const boxBytes = all.readUInt32BE(0);
      if (boxBytes < HEADER_BYTES || boxBytes > MAX_BOX_BYTES) throw new Error(`A box of ${boxBytes} bytes is none.`);
      if (heldBytes >= boxBytes) {
        yield { type: all.toString('latin1', 4, 8), bytes: all.subarray(0, boxBytes) };
        heldBytes -= boxBytes;
        held = [all.subarray(boxBytes)];
        wantedBytes = HEADER_BYTES;
      } else {
        held = [all];
        wantedBytes = boxBytes;
      }
    }
  }
}

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

/** Tells the parts of a fragmented MP4 as it comes; `null` when it ends before there is a picture in it. */
export async function openFragments(stream: AsyncIterable<Buffer>): Promise<FragmentedStream | null> {
  const boxes = readBoxes(stream);
  const head: Buffer[] = [];
  for (;;) {
    const next = await boxes.next();
    if (next.done) return null;
    if (next.value.type === 'moof') {
      return { init: steadyHead(Buffer.concat(head)), fragments: fragmentsOf(next.value, boxes) };
    }
    head.push(next.value.bytes);
  }
}

async function* fragmentsOf(first: TopBox, rest: AsyncIterable<TopBox>): AsyncGenerator<Fragment> {
  let index = first.bytes;
  for await (const { type, bytes } of rest) {
    if (type === 'moof') index = bytes;
    if (type === 'mdat') yield { index, bytes: Buffer.concat([index, bytes]) };
  }
}
