import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenditionIndex } from '#lib/delivery/delivery-index.ts';
import { mediaPlaylist, multivariantPlaylist } from '#lib/delivery/playlist-text.ts';
import { storyboardVtt } from '#lib/delivery/storyboard-text.ts';
import type { CutFile, CutResult } from '#lib/media/media-types.ts';
import { type ProbedStream, probeSchema } from '#lib/media/probe/probe-json.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import { OWN_FILE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { runTool } from '#lib/media/tools/run-ffmpeg.ts';
import { posterSize } from './colour-filters.ts';
import { type CutPlan, POSTER_FILE } from './ffmpeg-args.ts';
import { withIFrames } from './i-frames.ts';
import { requireTimes } from './made-times.ts';
import { codecsByRendition, renditionIndexOf } from './rendition-index.ts';

/** `clip.mp4`, as it was made. */
export interface MeasuredClip {
  frameCount: number;
  durationS: number;
  /** Seconds of sound by the frames that there are: a frame of AAC has 1024 samples (ISO/IEC 14496-3). Null without sound. */
  soundS: number | null;
}

type FileFacts = Partial<Omit<CutFile, 'fileName' | 'path' | 'sizeBytes'>> & Pick<CutFile, 'assetType' | 'contentType'>;

const HLS_TYPE = 'application/vnd.apple.mpegurl';

/** What the delivery names of a file that has no such property: none. */
const NOTHING = { durationS: null, width: null, height: null, codec: null, bitrateKbps: null, index: null };

/**
 * Writes the playlists and the storyboard's cues beside what ffmpeg has made, and measures every file that is delivered.
 * Throws when ffmpeg's output is not what it was told to make.
 * @param options.isSliced leaves out the renditions: the one that there is was made for `clip.mp4`.
 * @param shownAtS when each frame belongs to be shown, in seconds from the clip's first moment.
 */
export async function measureFiles(
  plan: CutPlan,
  clip: MeasuredClip,
  shownAtS: readonly number[],
  { workDir, signal, isSliced }: { workDir: string; signal: AbortSignal | undefined; isSliced: boolean },
): Promise<Omit<CutResult, 'audioNote' | 'gaps'>> {
  await requireTimes('clip.mp4', shownAtS, { workDir, signal });
  const codecs = codecsByRendition(await readFile(join(workDir, 'ffmpeg.m3u8'), 'utf8'));
  const frameRate = toNumber(plan.video.frameRate);
  const renditions = await Promise.all(
    plan.rungs.map(async ({ name, width, height }) => {
      const text = await readFile(join(workDir, `${name}.m3u8`), 'utf8');
      const frames = await requireTimes(`${name}.m4s`, shownAtS, { workDir, signal });
      const shape = { codecs: codecs.get(name) ?? '', width, height, frameRate };
      if (!shape.codecs) throw new Error(`ffmpeg left rendition ${name} out of its own playlist.`);
      const index = renditionIndexOf(text, shape, { frames, durationS: plan.durationS });
      return { name, index: withIFrames(index, frames) };
    }),
  );
  const storyboard = { ...plan.storyboard, durationS: clip.durationS, intervalS: plan.storyboard.intervalS };
  const delivered = isSliced ? [] : renditions;
  const texts = [
    ...delivered.map((rendition) => ({ fileName: `${rendition.name}.m3u8`, text: mediaPlaylist(rendition, same) })),
    ...(isSliced ? [] : [{ fileName: 'playlist.m3u8', text: multivariantPlaylist(renditions, same) }]),
    { fileName: 'grid.vtt', text: storyboardVtt(storyboard, 'grid.jpg') },
  ];
  await Promise.all(texts.map(({ fileName, text }) => writeFile(join(workDir, fileName), text)));

  const file = fileMeasurer(workDir);
  const [top] = renditions;
  if (!top) throw new Error('A cut has at least one rendition.');
  const poster = await posterFile(workDir, posterSize(plan.video));
  if (!poster) throw new Error(`ffmpeg left ${POSTER_FILE} out.`);
  const grid = { width: storyboard.columns * storyboard.tileWidth, height: storyboard.rows * storyboard.tileHeight };
  const { durationS } = clip;
  const files = await Promise.all([
    file('clip.mp4', { assetType: 'mp4', contentType: 'video/mp4', durationS, ...shapeOf(top.index) }),
    ...delivered.flatMap(({ name, index }) => [
      file(`${name}.m4s`, { assetType: 'hls_segment', contentType: 'video/mp4', durationS, ...shapeOf(index), index }),
      file(`${name}.m3u8`, { assetType: 'hls_playlist', contentType: HLS_TYPE, durationS, ...shapeOf(index) }),
    ]),
    ...(isSliced
      ? []
      : [
          file('playlist.m3u8', { assetType: 'hls_playlist', contentType: HLS_TYPE, durationS, ...shapeOf(top.index) }),
        ]),
    poster,
    file('grid.jpg', {
      assetType: 'thumbnail_grid',
      contentType: 'image/jpeg',
      ...grid,
      codec: 'mjpeg',
      index: storyboard,
    }),
    file('grid.vtt', { assetType: 'thumbnail_grid', contentType: 'text/vtt', durationS }),
  ]);
  return { files, frameCount: clip.frameCount, frameRate: plan.video.frameRate, durationS };
}

const same = (fileName: string): string => fileName;

const shapeOf = (index: RenditionIndex) => ({
  width: index.width,
  height: index.height,
  codec: index.codecs,
  bitrateKbps: Math.round(index.averageBandwidthBps / 1000),
});

const fileMeasurer =
  (workDir: string) =>
  async (fileName: string, facts: FileFacts): Promise<CutFile> => {
    const path = join(workDir, fileName);
    const { size } = await stat(path);
    if (size === 0) throw new Error(`ffmpeg left ${fileName} empty.`);
    return { ...NOTHING, ...facts, fileName, path, sizeBytes: size };
  };

/** Reads `clip.mp4` back. Throws when it has no frames. */
export async function measureClip(workDir: string, signal?: AbortSignal): Promise<MeasuredClip> {
  const streams = await probeOwn(workDir, OWN_FILE_INPUT_ARGS, 'clip.mp4', signal);
  const video = streams.find((stream) => stream.codec_type === 'video');
  if (!video?.nb_frames || !video.duration) throw new Error('clip.mp4 has no frames.');
  const sound = streams.find((stream) => stream.codec_type === 'audio');
  const soundS = sound?.nb_frames && sound.sample_rate ? (sound.nb_frames * 1024) / sound.sample_rate : null;
  return { frameCount: video.nb_frames, durationS: video.duration, soundS };
}

/** The poster as ffmpeg was told to make it; `null` when it has met no frame to make it of. */
export async function posterFile(workDir: string, size: { width: number; height: number }): Promise<CutFile | null> {
  if (!existsSync(join(workDir, POSTER_FILE))) return null;
  const facts = { assetType: 'thumbnail', contentType: 'image/jpeg', ...size, codec: 'mjpeg' } as const;
  return fileMeasurer(workDir)(POSTER_FILE, facts);
}

async function probeOwn(
  workDir: string,
  inputArgs: readonly string[],
  fileName: string,
  signal?: AbortSignal,
): Promise<ProbedStream[]> {
  const { stdout } = await runTool('ffprobe', ['-v', 'error', ...inputArgs, '-show_streams', '-of', 'json', fileName], {
    signal,
    cwd: workDir,
  });
  return probeSchema.parse(JSON.parse(stdout)).streams;
}
