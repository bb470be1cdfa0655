import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rung } from '#lib/media/cut/ladder.ts';
import { encoderThreads } from '#lib/media/cut/threads.ts';
import { isDamaged, locateDamage } from '#lib/media/frames/decode-piece.ts';
import { findStart } from '#lib/media/frames/edges.ts';
import { MediaError } from '#lib/media/media-types.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { type ChunkPlan, chunkArgs, chunkFile, sheetArgs } from './chunk-args.ts';
import { readHead } from './fragment-times.ts';
import { openFragments } from './read-boxes.ts';
import { type MadeSegment, segmentsOf } from './segments.ts';
import { spareBuffers } from './spare-buffers.ts';

/** Encodes a range of a master into the files of its rungs and its sheet, in a folder. */
export async function encodeRange(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { folder, ...range }: Omit<ChunkPlan, 'master' | 'url' | 'seekS' | 'threads'> & { folder: string },
): Promise<void> {
  const { seekS } = await findStart(loopback, master, range.startS);
  const plan: ChunkPlan = { ...range, master, url: loopback.url, seekS, threads: encoderThreads() };
  const { stderrTail } = await loopback.run('ffmpeg', chunkArgs(plan), { cwd: folder, isPatient: true });
  if (await isDamaged(loopback, stderrTail)) throw await damagedIn(loopback, master, plan, stderrTail);
  if (plan.sheet) await loopback.run('ffmpeg', sheetArgs(plan.sheet), { cwd: folder });
}

async function damagedIn(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { startS, endS }: ChunkPlan,
  technical: string,
): Promise<MediaError> {
  const [spot] = await locateDamage(loopback, master, { startS, endS: endS ?? master.facts.durationS });
  const words = `The master is damaged near ${(spot?.startS ?? startS).toFixed(1)} s. Copy it again, or export it again.`;
  return new MediaError('undecodable', words, { technical, flaws: spot ? { damage: [spot] } : {} });
}

/** What was made of one rung: its header, and its segments one by one; `null` where a part has no picture. */
export async function readRung(
  folder: string,
  rung: Rung,
  master: ProbedMaster,
): Promise<{ init: Buffer; codecs: string; segments: AsyncIterable<MadeSegment> } | null> {
  const file = join(folder, chunkFile(rung));
  const { size } = await stat(file);
  // A part of some minutes is seldom more than a few segments: none is used again.
  const spares = spareBuffers();
  const stream = size === 0 ? null : await openFragments(createReadStream(file), spares);
  if (!stream) return null;
  const head = readHead(stream.init);
  const made = { frameRate: toNumber(master.facts.video.frameRate), hasCopiedSound: false, hasZero: false };
  return { init: stream.init, codecs: head.codecs, segments: segmentsOf(stream.fragments, head, made, spares) };
}
