import type { MasterFacts } from '#lib/media/media-types.ts';
import { MediaError } from '#lib/media/media-types.ts';
import { probeMaster } from '#lib/media/probe/probe-master.ts';
import { serveSource } from '#lib/media/tools/loopback-source.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { measuringArgs } from './film-args.ts';
import { type Loudness, readLoudness } from './loudness.ts';

/** The piece of a clip that a film shows, as its file has it. */
export interface FoundPiece {
  facts: MasterFacts;
  videoIndex: number;
  soundIndex: number | null;
  loudness: Loudness;
  inS: number;
  lengthS: number;
}

/** Less than this is no picture at any rate. */
const SHORTEST_S = 0.02;

/**
 * Looks at the file of a clip, and listens to the piece of it that is shown.
 * @throws MediaError whatever a probe throws; `beyond_master` where the file ends before the piece begins.
 */
export async function findPiece(
  source: ByteSource,
  { inS, outS }: { inS: number; outS: number | null },
  signal: AbortSignal,
): Promise<FoundPiece> {
  await using loopback = await serveSource(source, { signal });
  try {
    const { facts, videoIndex, soundTracks } = await probeMaster(loopback, source.sizeBytes);
    const lengthS = Math.min(outS ?? facts.durationS, facts.durationS) - inS;
    if (!(lengthS >= SHORTEST_S))
      throw new MediaError('beyond_master', 'The file of the clip ends before the item begins.');
    const soundIndex = soundTracks[0]?.index ?? null;
    const found = { facts, videoIndex, soundIndex, inS, lengthS };
    if (soundIndex === null) return { ...found, loudness: null };
    const args = measuringArgs({ url: loopback.url, inS, lengthS }, soundIndex);
    const { stderrTail } = await loopback.run('ffmpeg', args);
    return { ...found, loudness: readLoudness(stderrTail) };
  } catch (error) {
    signal.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}
