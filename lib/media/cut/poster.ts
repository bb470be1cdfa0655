import { withMatroskaIndex } from '#lib/media/containers/matroska-index.ts';
import { type CutFile, MediaError, type PosterRequest } from '#lib/media/media-types.ts';
import { type ProbedMaster, probeMaster } from '#lib/media/probe/probe-master.ts';
import { MASTER_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { serveSource } from '#lib/media/tools/loopback-source.ts';
import { seconds, seekArgs } from '#lib/media/tools/time-args.ts';
import { deinterlacingFilters, normalColour, normalizingFilters, posterSize, stillFilters } from './colour-filters.ts';
import { POSTER_FILE } from './ffmpeg-args.ts';
import { posterFile } from './files.ts';

/** @param atS reading of the master's clock. */
function posterArgs(url: string, { facts, videoIndex }: ProbedMaster, atS: number): string[] {
  const { colour } = facts.video;
  const size = posterSize(facts.video);
  const filters = [
    // The reading is rounded, and the frame that is shown at it may be a hair later on its own clock.
    `select=gte(t\\,${seconds(atS - 0.001)})`,
    ...deinterlacingFilters(facts.video),
    ...normalizingFilters(colour, size),
    ...stillFilters(normalColour(colour), size),
  ];
  return [
    // One thread: several would decode as many frames more.
    ...['-y', '-v', 'error', ...MASTER_INPUT_ARGS, '-threads', '1', ...seekArgs(atS), '-copyts', '-i', url],
    ...['-map', `0:${videoIndex}`, '-vf', filters.join(','), '-frames:v', '1', '-q:v', '3'],
    ...['-f', 'image2', '-update', '1', POSTER_FILE],
  ];
}

/** Masters whose headers a worker remembers: the clips of a game have few, and each would ask for as much as its picture. */
const MOST_KNOWN = 16;

/** Makes posters, and reads the headers of a master once for those that follow one another. */
export function createPosterMaker(): (request: PosterRequest) => Promise<CutFile> {
  const known = new Map<string, ProbedMaster>();
  return (request) =>
    makePoster(request, async (loopback, sizeBytes) => {
      const { masterKey } = request;
      const master = (masterKey !== null && known.get(masterKey)) || (await probeMaster(loopback, sizeBytes));
      if (masterKey === null) return master;
      known.delete(masterKey);
      known.set(masterKey, master);
      const [oldest] = known.keys();
      if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
      return master;
    });
}

/**
 * One frame of a clip, long before the clip is cut: one seek, and what is decoded from the key frame to it. The cut makes
 * another in its place, from the clip's own frames.
 *
 * Throws `MediaError`: `no_picture` where nothing is shown there, `source_unreadable` (retryable) when the store fails,
 * whatever a probe throws; and the signal's reason when aborted.
 */
async function makePoster(
  { source, atS, workDir, signal }: Omit<PosterRequest, 'masterKey'>,
  probe: typeof probeMaster,
): Promise<CutFile> {
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal });
  try {
    const master = await probe(loopback, source.sizeBytes);
    await loopback.run('ffmpeg', posterArgs(loopback.url, master, master.originS + atS), { cwd: workDir });
    const file = await posterFile(workDir, posterSize(master.facts.video));
    if (!file) throw new MediaError('no_picture', `The master shows nothing at ${atS.toFixed(1)} s.`);
    return file;
  } catch (error) {
    signal?.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}
