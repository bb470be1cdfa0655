import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMaster } from './numbered.ts';

/* For tests: masters as recorders and editors make them that were stopped, started anew, or asked for odd things. */

const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];

const TS_PACKET_BYTES = 188;

/** The last part of a transport stream, as whoever tunes in late records it. */
export async function tunedIn(whole: string, file: string, share: number): Promise<void> {
  const bytes = await readFile(whole);
  const first = Math.floor((bytes.length * (1 - share)) / TS_PACKET_BYTES) * TS_PACKET_BYTES;
  await writeFile(file, bytes.subarray(first));
}

/** An MP4 whose first track, of 7 s at least, has two edits of two seconds: from 1 s, and from 5 s on (ISO/IEC 14496-12 §8.6.6). */
export async function withTwoEdits(whole: string, file: string): Promise<void> {
  const bytes = await readFile(whole);
  const [moov, trak, edts, elst] = ['moov', 'trak', 'edts', 'elst'].map((box) => bytes.indexOf(box) - 4);
  if (moov === undefined || trak === undefined || edts === undefined || elst === undefined) throw new Error('no box');
  const ticksS = bytes.readUInt32BE(bytes.indexOf('mdhd') + 16);
  const from = bytes.readInt32BE(elst + 20);
  const edits = [2, 2000, from + ticksS, 0x10000, 2000, from + 5 * ticksS, 0x10000];
  const list = Buffer.alloc(4 * edits.length);
  for (const [i, value] of edits.entries()) list.writeUInt32BE(value, 4 * i);
  for (const box of [elst, edts, trak, moov]) bytes.writeUInt32BE(bytes.readUInt32BE(box) + 12, box);
  await writeFile(file, Buffer.concat([bytes.subarray(0, elst + 12), list, bytes.subarray(elst + 28)]));
}

/**
 * Two recordings of 4 s at 25 fps in one transport stream, the clock of the second `offsetS` on; numbers begin anew.
 * @param second how the second is encoded otherwise.
 */
export async function joinedRecordings(
  folder: string,
  file: string,
  { offsetS, second = [] }: { offsetS: number; second?: string[] },
): Promise<string> {
  const part = async (name: string, clockS: number, more: string[]) =>
    readFile(
      await makeMaster(folder, {
        ...{ file: `${name}-${file}`, rate: '25', seconds: 4, audio: ['-c:a', 'aac'] },
        video: x264('-bf', '0', '-g', '50', ...more, '-output_ts_offset', String(clockS)),
      }),
    );
  const parts = [await part('first', 200, []), await part('second', 200 + offsetS, second)];
  await writeFile(join(folder, file), Buffer.concat(parts));
  return join(folder, file);
}

/** An MP4 whose first track has its sample description twice, as where two recordings were joined (§8.5.2); its index is behind. */
export async function withTwoDescriptions(whole: string, file: string): Promise<void> {
  const bytes = await readFile(whole);
  const boxes = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'].map((box) => bytes.indexOf(box) - 4);
  const stsd = boxes.at(-1) ?? 0;
  const entry = bytes.subarray(stsd + 16, stsd + bytes.readUInt32BE(stsd));
  for (const box of boxes) bytes.writeUInt32BE(bytes.readUInt32BE(box) + entry.length, box);
  bytes.writeUInt32BE(2, stsd + 12);
  const at = stsd + 16 + entry.length;
  await writeFile(file, Buffer.concat([bytes.subarray(0, at), entry, bytes.subarray(at)]));
}
