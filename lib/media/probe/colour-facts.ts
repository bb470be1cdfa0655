import type { ColourFacts } from '#lib/media/media-types.ts';
import { MediaError } from '#lib/media/media-types.ts';
import type { ProbedStream } from './probe-json.ts';

/** Below this many lines an untagged picture is BT.601, from it on BT.709: what Chromium assumes. */
const LEAST_HD_LINES = 720;

/** The matrices that a stream may name (ITU-T H.273, table 4), as ffprobe prints them. */
const MATRICES = ['gbr', 'bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'ycgco', 'bt2020nc', 'bt2020c'] as const;

/**
 * Primaries that reach beyond BT.709 so far that colours pale when they are taken for it. Those of BT.601 are not among
 * them: they are so close that nobody tells them apart, and many a file names them without meaning it.
 */
const WIDE_PRIMARIES = ['bt2020', 'smpte431', 'smpte432'] as const;

const known = <T extends string>(names: readonly T[], name: string | undefined): T | undefined =>
  names.find((candidate) => candidate === name);

const isRgb = (pixelFormat: string): boolean =>
  /^(gbra?p|rgb|bgr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8)/.test(pixelFormat);

/**
 * How the numbers of a picture mean colours: by its tags; what they leave open follows from the others, and at last
 * from its height.
 */
export function colourFactsOf(stream: ProbedStream, height: number): ColourFacts {
  const pixelFormat = stream.pix_fmt ?? '';
  const dynamicRange = dynamicRangeOf(stream);
  const primaries = known(WIDE_PRIMARIES, stream.color_primaries) ?? (dynamicRange === 'sdr' ? 'bt709' : 'bt2020');
  const matrix = isRgb(pixelFormat) ? 'gbr' : (known(MATRICES, stream.color_space) ?? likelyMatrix(stream, height));
  return {
    matrix,
    primaries,
    dynamicRange,
    isFullRange: matrix === 'gbr' || stream.color_range === 'pc' || pixelFormat.startsWith('yuvj'),
  };
}

function dynamicRangeOf({ color_transfer: transfer }: ProbedStream): ColourFacts['dynamicRange'] {
  if (transfer === 'arib-std-b67') return 'hlg';
  return transfer === 'smpte2084' ? 'pq' : 'sdr';
}

function likelyMatrix(stream: ProbedStream, height: number): ColourFacts['matrix'] {
  if (stream.color_primaries === 'bt2020' || dynamicRangeOf(stream) !== 'sdr') return 'bt2020nc';
  if (stream.color_primaries === 'bt709') return 'bt709';
  if (/^(smpte170m|bt470bg)$/.test(stream.color_primaries ?? '')) return 'smpte170m';
  return height < LEAST_HD_LINES ? 'smpte170m' : 'bt709';
}

/**
 * A Dolby Vision picture whose base layer is nothing to anybody else: profile 5, and those from 8 on that name no
 * standard that it complies with (Dolby Vision Streams Within the ISO Base Media File Format, 2.4, table "bl_signal_compatibility_id").
 * @throws MediaError `unsupported_codec`
 */
export function requireReadableColours(stream: ProbedStream): void {
  const record = stream.side_data_list.find(({ dv_profile }) => dv_profile !== undefined);
  const profile = record?.dv_profile;
  if (profile === undefined) return;
  const isBaseOwn = profile === 5 || (profile >= 8 && record?.dv_bl_signal_compatibility_id === 0);
  if (!isBaseOwn) return;
  throw new MediaError(
    'unsupported_codec',
    `The picture is Dolby Vision, profile ${profile}, whose colours no other player can show. Export it as HDR10, HLG or SDR.`,
  );
}
