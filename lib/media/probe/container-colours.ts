import { PROBE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { type ProbedStream, probeSchema } from './probe-json.ts';

const unsaid = (word: string | undefined): boolean => word === undefined || word === 'unknown';

/**
 * A stream with the colours that its container names where the picture's own header names none. ffmpeg's decoder of
 * ProRes lets the header have the last word even when that is "unspecified"; players go by the container.
 */
export async function withContainerColours(loopback: LoopbackSource, stream: ProbedStream): Promise<ProbedStream> {
  const { color_transfer, color_space, color_primaries } = stream;
  if (stream.codec_name !== 'prores' || ![color_transfer, color_space, color_primaries].some(unsaid)) return stream;
  const { stdout } = await loopback.run('ffprobe', [
    ...['-v', 'error', ...PROBE_INPUT_ARGS, '-nofind_stream_info', '-show_streams', '-of', 'json', loopback.url],
  ]);
  const said = probeSchema.parse(JSON.parse(stdout)).streams.find(({ index }) => index === stream.index);
  const pick = (own: string | undefined, outer: string | undefined) => (unsaid(own) ? (outer ?? own) : own);
  return {
    ...stream,
    color_transfer: pick(color_transfer, said?.color_transfer),
    color_space: pick(color_space, said?.color_space),
    color_primaries: pick(color_primaries, said?.color_primaries),
  };
}
