import { z } from 'zod';
import { OWN_FILE_INPUT_ARGS } from './confinement.ts';
import type { RenditionIndex } from './media-types.ts';
import { runTool } from './run-ffmpeg.ts';

/** `ffprobe -show_entries packet=pos,size,flags -of json`: a packet of a fragmented MP4 is a sample, where it lies in the file. */
const placesSchema = z.object({
  packets: z.array(z.object({ pos: z.coerce.number(), size: z.coerce.number(), flags: z.string() })),
});

/**
 * Says of each segment how far its first picture reaches: so many bytes from its start are its movie fragment and one
 * key frame, which a player shows that goes through a clip by key frames alone.
 *
 * @param fileName the rendition's fragmented MP4 in `workDir`.
 * @throws MediaError `ffmpeg_failed`; Error when a segment begins with no key frame.
 */
export async function withIFrames(
  index: RenditionIndex,
  { workDir, fileName, signal }: { workDir: string; fileName: string; signal?: AbortSignal | undefined },
): Promise<RenditionIndex> {
  const args = ['-v', 'error', ...OWN_FILE_INPUT_ARGS, '-select_streams', 'v:0'];
  const { stdout } = await runTool(
    'ffprobe',
    [...args, '-show_entries', 'packet=pos,size,flags', '-of', 'json', fileName],
    { signal, cwd: workDir },
  );
  const keys = placesSchema.parse(JSON.parse(stdout)).packets.filter(({ flags }) => flags.startsWith('K'));
  const segments = index.segments.map((segment) => {
    const end = segment.offset + segment.length;
    const key = keys.find(({ pos }) => pos >= segment.offset && pos < end);
    if (!key) throw new Error(`A segment of ${fileName} has no key frame.`);
    return { ...segment, iFrameLength: key.pos + key.size - segment.offset };
  });
  return { ...index, segments };
}
