import type { Rung } from '#lib/media/cut/ladder.ts';
import type { ClaimedMaster, PrepareWork } from '#lib/media/prepare-work.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import { openWorkFolder } from '#lib/media/publish/work-folder.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { PREPARED_INIT } from '#lib/storage/port/prepared-keys.ts';
import { encodeRange, readRung } from './encode-range.ts';
import { joinSegments } from './joined-source.ts';
import { PreparationLostError, type PreparedWriter } from './write-prepared.ts';

/** So much is encoded for the headers: some pictures. */
const OPENING_S = 0.5;

export interface LadderBeginning {
  deps: { store: ObjectStore; buckets: Buckets; work: PrepareWork };
  claimed: ClaimedMaster;
  master: ProbedMaster;
  loopback: LoopbackSource;
  writer: PreparedWriter;
  signal: AbortSignal;
}

/** The first of a prepared sound, as the whole of it is not needed for a header. */
async function openSound({ deps, claimed, signal }: LadderBeginning): Promise<LoopbackSource | null> {
  const sound = await deps.work.firstSound(claimed);
  return sound && serveSource(joinSegments(deps, claimed, sound), { signal });
}

/**
 * Registers the rungs of a ladder with their headers, before any of its parts is made: parts are made by whoever comes,
 * and all of them go by the same header.
 */
export async function beginLadder(beginning: LadderBeginning, rungs: readonly Rung[]): Promise<void> {
  const { deps, claimed, master, loopback, writer } = beginning;
  const missing = rungs.filter(({ name }) => !claimed.renditions.some((known) => known.name === name));
  if (missing.length === 0) return;
  await using folder = await openWorkFolder();
  await using sound = await openSound(beginning);
  const range = { startS: 0, endS: OPENING_S, soundUrl: sound?.url ?? null, keysS: [], sheet: null };
  await encodeRange(loopback, master, { ...range, rungs, folder: folder.path });
  for (const rung of missing) {
    const made = await readRung(folder.path, rung, master);
    if (!made) throw new Error('A master begins with a picture.');
    const init = await writer.write(rung.name, PREPARED_INIT, made.init);
    const { name, width, height } = rung;
    const shape = { name, width, height, codecs: made.codecs, frameRate: toNumber(master.facts.video.frameRate) };
    if ((await deps.work.addRendition(claimed, shape, init)) === null) throw new PreparationLostError(claimed.masterId);
    writer.settle([init]);
  }
}
