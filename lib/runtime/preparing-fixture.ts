import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createChunkWork } from '#lib/masters/chunk-repo.ts';
import { createPrepareWork } from '#lib/masters/prepare-repo.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { prepareChunk } from '#lib/media/prepare/prepare-chunk.ts';
import { prepareMaster } from '#lib/media/prepare/prepare-master.ts';
import type { ChunkWork, PrepareWork } from '#lib/media/prepare-work.ts';
import { fileSource, frameNumbers } from '#lib/media/test-masters/numbered.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { PREPARED_INIT, preparedRef, STORYBOARD, segmentName, sheetName } from '#lib/storage/port/prepared-keys.ts';
import { BUCKETS, masterRow, type PortalFixture } from './portal-fixture.ts';

const run = promisify(execFile);

let serial = 0;

/**
 * Puts a file into the lake as a checked master that is to be prepared.
 * @param whole what its check saw, when that is another file: a check does not look everywhere.
 */
export async function putMaster(portal: PortalFixture, file: string, whole = file): Promise<string> {
  const facts = await inspectMaster(fileSource(whole), { filename: basename(whole) });
  serial += 1;
  const row = masterRow({ filename: `${serial}-${basename(file)}`, durationS: facts.durationS });
  const written = await portal.store.write(parseGsUri(BUCKETS, row.lakeUri), createReadStream(file), {
    contentType: 'video/mp4',
  });
  const { generation, crc32c, sizeBytes } = written;
  await portal.db.master.create({
    data: { ...row, generation, crc32c, sizeBytes: BigInt(sizeBytes), preparation: { create: {} } },
  });
  return row.id;
}

export const workOf = ({ db, deps }: PortalFixture): PrepareWork =>
  createPrepareWork({ db, buckets: BUCKETS, queue: deps.queue });

interface AttemptOptions {
  store?: ObjectStore;
  work?: PrepareWork;
  signal?: AbortSignal;
  isLastAttempt?: boolean;
}

/** One worker's attempt at a master; `store` and `work` may stand in its way. */
export const prepare = (portal: PortalFixture, masterId: string, options: AttemptOptions = {}): Promise<void> => {
  const { store = portal.store, work = workOf(portal), ...attempt } = options;
  const { buckets, logger } = portal.deps;
  const signal = new AbortController().signal;
  return prepareMaster({ store, buckets, logger, work }, { masterId, signal, isLastAttempt: false, ...attempt });
};

/** One worker's attempt at a part of a ladder. */
export const encodePart = (
  portal: PortalFixture,
  masterId: string,
  { number, ...options }: Omit<AttemptOptions, 'work'> & { number: number; chunks?: ChunkWork },
): Promise<void> => {
  const { store = portal.store, chunks = createChunkWork(portal.db), ...attempt } = options;
  const { buckets, logger } = portal.deps;
  const signal = new AbortController().signal;
  return prepareChunk(
    { store, buckets, logger, chunks },
    { masterId, number, signal, isLastAttempt: false, ...attempt },
  );
};

/** Every part of a master's ladder that is planned and not made. */
export async function encodeParts(portal: PortalFixture, masterId: string): Promise<void> {
  const parts = await portal.db.preparationChunk.findMany({ where: { masterId, isDone: false } });
  for (const { number } of parts) await encodePart(portal, masterId, { number });
}

/** The preparation of a master with all its rows. */
export const preparation = ({ db }: PortalFixture, masterId: string) =>
  db.masterPreparation.findUniqueOrThrow({
    where: { masterId },
    include: {
      renditions: { include: { segments: { orderBy: { number: 'asc' } } }, orderBy: { name: 'asc' } },
      chunks: { orderBy: { number: 'asc' } },
      sheets: { orderBy: { number: 'asc' } },
    },
  });

/** The rows of one rendition. */
export async function rendition(portal: PortalFixture, masterId: string, name: string) {
  const { renditions } = await preparation(portal, masterId);
  const found = renditions.find((one) => one.name === name);
  if (!found) throw new Error(`Master ${masterId} has no rendition ${name}.`);
  return found;
}

/** Where the objects of a master of these tests lie. */
export const placeOf = (masterId: string) => ({ masterId, teamCode: 'MTL', season: '2025-2026', gameId: '20031' });

const bytesOf = async (portal: PortalFixture, masterId: string, name: string, fileName: string) => {
  const ref = preparedRef(BUCKETS, placeOf(masterId), { folder: name, fileName });
  const [bytes, facts] = [await buffer(await portal.store.read(ref)), await portal.store.stat(ref)];
  return { bytes, facts };
};

/**
 * The header and some segments of a rendition in one file, as a player puts them together; every object is as its row
 * says. All segments, when none are named.
 */
export async function joined(
  portal: PortalFixture,
  masterId: string,
  { name, numbers, file }: { name: string; numbers?: number[]; file: string },
): Promise<string> {
  const { segments, ...row } = await rendition(portal, masterId, name);
  const init = await bytesOf(portal, masterId, name, PREPARED_INIT);
  const parts = [init.bytes];
  const said = [[row.initGeneration, row.initSizeBytes, row.initCrc32c]];
  const there = [init.facts];
  for (const segment of segments.filter(({ number }) => numbers?.includes(number) ?? true)) {
    const { bytes, facts } = await bytesOf(portal, masterId, name, segmentName(segment.number));
    parts.push(bytes);
    there.push(facts);
    said.push([segment.generation, segment.sizeBytes, segment.crc32c]);
  }
  const found = there.map((facts) => [facts?.generation, facts?.sizeBytes, facts?.crc32c]);
  if (JSON.stringify(said) !== JSON.stringify(found)) throw new Error(`${said} is registered, and ${found} is there.`);
  await writeFile(file, Buffer.concat(parts));
  return file;
}

/** The numbers of the frames that a part's sheet shows, cell by cell; every object is as its row says. */
export async function sheetNumbers(portal: PortalFixture, masterId: string, number: number, folder: string) {
  const row = await portal.db.preparedSheet.findUniqueOrThrow({ where: { masterId_number: { masterId, number } } });
  const { bytes, facts } = await bytesOf(portal, masterId, STORYBOARD, sheetName(number));
  const said = [row.generation, row.sizeBytes, row.crc32c];
  const found = [facts?.generation, facts?.sizeBytes, facts?.crc32c];
  if (String(said) !== String(found)) throw new Error(`${said} is registered, and ${found} is there.`);
  await writeFile(join(folder, 'sheet.jpg'), bytes);
  const cells = Math.ceil((row.endS - row.startS) / row.intervalS);
  const rows = Math.ceil(cells / row.columns);
  const { width, height } = await sizeOf(join(folder, 'sheet.jpg'));
  expectSize([width, height], [row.columns * row.cellWidth, rows * row.cellHeight]);
  await run('ffmpeg', [
    ...['-y', '-v', 'error', '-i', join(folder, 'sheet.jpg'), '-vf', `untile=${row.columns}x${rows}`],
    ...['-fps_mode', 'passthrough', '-c:v', 'ffv1', join(folder, 'cells.mkv')],
  ]);
  return { row, numbers: (await frameNumbers(join(folder, 'cells.mkv'))).slice(0, cells) };
}

async function sizeOf(file: string): Promise<{ width: number; height: number }> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=width,height', '-of', 'json', file];
  return JSON.parse((await run('ffprobe', args)).stdout).streams[0];
}

function expectSize(found: number[], wanted: number[]): void {
  if (String(found) !== String(wanted)) throw new Error(`A sheet is ${found}, and should be ${wanted}.`);
}

/** When the packets of a stream of a prepared file are shown or heard, in seconds from timecode zero, ascending. */
export async function timesOf(file: string, stream: 'v' | 'a', zeroS: number): Promise<number[]> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', stream, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file],
  ]);
  const times = stdout.split('\n').flatMap((line) => (line.trim() ? [Number.parseFloat(line) - zeroS] : []));
  return times.sort((a, b) => a - b);
}
