/*
 * EBML (RFC 8794), as far as an index of Matroska (RFC 9559) needs it: an element is its id, its length and its data.
 */

export const EBML = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  crc32: 0xbf,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
} as const;

export interface EbmlElement {
  id: number;
  /** Where its length is written, and where its data begin, in the buffer. */
  lengthAt: number;
  dataAt: number;
  /** Bytes of data; null: it lasts until something follows that is no part of it. */
  length: number | null;
}

/** The element at a place of a buffer; null when its head is not whole, or none. */
export function readElement(bytes: Buffer, at: number): EbmlElement | null {
  const idBytes = widthOf(bytes[at], 4);
  const lengthAt = at + idBytes;
  const lengthBytes = widthOf(bytes[lengthAt], 8);
  if (idBytes === 0 || lengthBytes === 0 || lengthAt + lengthBytes > bytes.length) return null;
  let length = (bytes[lengthAt] ?? 0) & (2 ** (8 - lengthBytes) - 1);
  let isUnknown = length === 2 ** (8 - lengthBytes) - 1;
  for (const byte of bytes.subarray(lengthAt + 1, lengthAt + lengthBytes)) {
    length = length * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  const dataAt = lengthAt + lengthBytes;
  return { id: bytes.readUIntBE(at, idBytes), lengthAt, dataAt, length: isUnknown ? null : length };
}

/** The elements one behind the other from a place on, as far as their heads are in the buffer. */
export function* elementsOf(bytes: Buffer, from: number, end = bytes.length): Generator<EbmlElement> {
  let at = from;
  while (at < end) {
    const element = readElement(bytes, at);
    if (!element) return;
    yield element;
    if (element.length === null) return;
    at = element.dataAt + element.length;
  }
}

/** An unsigned number, the data of an element; null when they are not in the buffer, or no number. */
export function readUnsigned(bytes: Buffer, { dataAt, length }: EbmlElement): number | null {
  if (length === null || length < 1 || length > 8 || dataAt + length > bytes.length) return null;
  const number = bytes.subarray(dataAt, dataAt + length).reduce((value, byte) => value * 256 + byte, 0);
  return Number.isSafeInteger(number) ? number : null;
}

/** The zeros before the first one bit of the first byte tell how many bytes follow. */
function widthOf(byte: number | undefined, most: number): number {
  if (!byte) return 0;
  const width = Math.clz32(byte) - 23;
  return width <= most ? width : 0;
}

/** An element with its data; the length takes four bytes. */
export function writeElement(id: number, data: Buffer): Buffer {
  const name = Buffer.from(id.toString(16).padStart(2, '0'), 'hex');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(0x10000000 + data.length);
  return Buffer.concat([name, length, data]);
}

/** An element whose data are an unsigned number, of eight bytes. */
export function writeUnsigned(id: number, value: number): Buffer {
  const data = Buffer.alloc(8);
  data.writeBigUInt64BE(BigInt(value));
  return writeElement(id, data);
}
