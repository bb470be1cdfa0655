import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { SheetShape } from '#lib/delivery/storyboard-text.ts';
import { messageOf } from '#lib/errors.ts';
import { withMatroskaIndex } from '#lib/media/containers/matroska-index.ts';
import type { Rung } from '#lib/media/cut/ladder.ts';
import { isMediaError, MediaError } from '#lib/media/media-types.ts';
import type { ChunkWork, ClaimedChunk, PreparedSegment, PreparedSheet } from '#lib/media/prepare-work.ts';
import { type ProbedMaster, probeMaster } from '#lib/media/probe/probe-master.ts';
import { openWorkFolder } from '#lib/media/publish/work-folder.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { STORYBOARD, segmentName, sheetName } from '#lib/storage/port/prepared-keys.ts';
import { rungsOf } from './chunks.ts';
import { encodeRange, readRung } from './encode-range.ts';
import { joinSegments } from './joined-source.ts';
import { openPreparedSource, type PrepareAttempt, type PrepareDeps } from './open-source.ts';
import { SHEET_FILE, sheetOf } from './sheet.ts';
import {
  isPreparationLostError,
  openPreparedWriter,
  PreparationLostError,
  type PreparedWriter,
} from './write-prepared.ts';

export type ChunkDeps = Pick<PrepareDeps, 'store' | 'buckets' | 'logger'> & { chunks: ChunkWork };

/** Numbers of segments that a part may use: what the shortest segments make of a minute and half a longest one, and some. */
const NUMBERS_A_CHUNK = 100;
const WRITES_AT_ONCE = 8;

interface Encoding {
  deps: ChunkDeps;
  chunk: ClaimedChunk;
  writer: PreparedWriter;
  signal: AbortSignal;
}

/** Writes what was made of one rung. */
async function publishRung(
  { chunk, writer }: Encoding,
  rung: Rung,
  master: ProbedMaster,
  folder: string,
): Promise<[id: number, segments: PreparedSegment[]]> {
  const known = chunk.rungs.find(({ name }) => name === rung.name);
  if (!known) throw new Error(`A ladder has no ${rung.name}.`);
  const made = await readRung(folder, rung, master);
  if (!made) return [known.id, []];
  if (encodeCrc32c(updateCrc32c(0, made.init)) !== known.init.crc32c) {
    throw new MediaError('ffmpeg_failed', 'Another ffmpeg has made other parts of this ladder.', { retryable: true });
  }
  const writes = new PQueue({ concurrency: WRITES_AT_ONCE });
  const written: Promise<PreparedSegment>[] = [];
  for await (const { bytes, wholeToS: _, ...times } of made.segments) {
    const number = chunk.number * NUMBERS_A_CHUNK + times.number;
    if (times.number >= NUMBERS_A_CHUNK) throw new Error('A part of a ladder has too many segments.');
    await writes.onSizeLessThan(WRITES_AT_ONCE);
    const write = async () => ({ ...times, number, ...(await writer.write(rung.name, segmentName(number), bytes)) });
    written.push(writes.add(write));
  }
  return [known.id, await Promise.all(written)];
}

/** Writes the sheet of small pictures; `null` where the part has no picture. */
async function publishSheet(
  { chunk, writer }: Encoding,
  shape: SheetShape,
  folder: string,
): Promise<PreparedSheet | null> {
  const bytes = await readFile(join(folder, SHEET_FILE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes && { ...shape, ...(await writer.write(STORYBOARD, sheetName(chunk.number), bytes)) };
}

/** What has the sound of this part, as a file of its own. */
const openSound = ({ deps, chunk, signal }: Encoding): Promise<LoopbackSource> | null =>
  chunk.rungs.length > 0 && chunk.sound && chunk.sound.segments.length > 0
    ? serveSource(joinSegments(deps, chunk, chunk.sound), { signal })
    : null;

async function encodeChunk(encoding: Encoding): Promise<boolean> {
  const { deps, chunk, signal } = encoding;
  const source = await openPreparedSource(deps, chunk);
  await using folder = await openWorkFolder();
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal });
  await using sound = await openSound(encoding);
  try {
    const master = await probeMaster(loopback, source.sizeBytes);
    master.facts.durationS = chunk.durationS ?? chunk.endS;
    const rungs = rungsOf(master, chunk.kind ?? 'ladder');
    const sheet = sheetOf(chunk, master.facts.video);
    const range = { startS: chunk.startS, endS: chunk.isLast ? null : chunk.endS, soundUrl: sound?.url ?? null };
    await encodeRange(loopback, master, { ...range, rungs, keysS: chunk.keysS, sheet, folder: folder.path });
    const segments: [number, PreparedSegment[]][] = [];
    for (const rung of rungs) segments.push(await publishRung(encoding, rung, master, folder.path));
    const made = { segments: new Map(segments), sheet: await publishSheet(encoding, sheet, folder.path) };
    return await deps.chunks.publish(chunk, made);
  } catch (error) {
    signal.throwIfAborted();
    throw loopback.fault() ?? sound?.fault() ?? error;
  }
}

/** Decides what a failed attempt means; rethrows what another attempt may mend. */
async function settleFailure(deps: ChunkDeps, chunk: ClaimedChunk, attempt: PrepareAttempt, error: unknown) {
  const { logger, chunks } = deps;
  const facts = { master_id: chunk.masterId, chunk: chunk.number, err: error };
  const technical = isMediaError(error) ? error.technical : undefined;
  if (isPreparationLostError(error)) {
    logger.info(facts, 'another worker makes this part of a ladder, or its master was deleted');
    return;
  }
  const isFinal = isMediaError(error) && !error.retryable;
  if (isFinal || (attempt.isLastAttempt && !attempt.signal.aborted)) {
    logger.error({ ...facts, technical }, 'a ladder cannot be made');
    await chunks.fail(
      chunk,
      isMediaError(error) ? error.message : 'The portal could not store or read what it needed.',
    );
    return;
  }
  logger.warn({ ...facts, technical, reason: messageOf(error) }, 'an attempt at a part of a ladder failed');
  throw error;
}

/**
 * Encodes one part of a master's ladder, all its rungs and a sheet of small pictures from one decode, and registers it. Safe to run again at any point,
 * by any worker, beside others at other parts: the last to claim a part wins.
 * @throws whatever another attempt may mend, so that the queue retries.
 */
export async function prepareChunk(deps: ChunkDeps, attempt: PrepareAttempt & { number: number }): Promise<void> {
  const { signal, masterId, number } = attempt;
  const chunk = await deps.chunks.claim(masterId, number, randomUUID());
  if (!chunk) return;
  const writer = openPreparedWriter({ ...deps, holdsClaim: () => deps.chunks.holdsClaim(chunk) }, chunk, signal);
  try {
    if (!(await encodeChunk({ deps, chunk, writer, signal }))) throw new PreparationLostError(masterId);
  } catch (error) {
    await writer.discard().catch((err) => deps.logger.warn({ err, master_id: masterId }, 'objects were left behind'));
    await settleFailure(deps, chunk, attempt, error);
  }
}
