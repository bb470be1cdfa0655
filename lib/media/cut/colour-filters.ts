import type { ColourFacts, VideoFacts } from '#lib/media/media-types.ts';

interface Size {
  width: number;
  height: number;
}

/** BT.709 as television has it: what every rendition is, and says that it is. */
export const BT709: ColourFacts = { matrix: 'bt709', primaries: 'bt709', dynamicRange: 'sdr', isFullRange: false };

/** What white is in HDR, in cd/m² (ITU-R BT.2408, HDR reference white). */
const REFERENCE_WHITE_NITS = 203;

/** What is brighter than this is white; masters are seldom graded beyond it. */
const PEAK_NITS = 1000;

/** Matrices that are one step from BT.709's; what has another one goes through linear light. */
const NEAR_MATRICES: readonly ColourFacts['matrix'][] = [
  ...(['gbr', 'bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'] as const),
];

const TRANSFERS = { hlg: 'arib-std-b67', pq: 'smpte2084', sdr: 'bt709' } as const;

/** Writes on the frames what their numbers mean. */
const paramsOf = ({ matrix, primaries, dynamicRange, isFullRange }: ColourFacts): string =>
  `setparams=range=${isFullRange ? 'full' : 'limited'}:color_primaries=${primaries}:color_trc=${TRANSFERS[dynamicRange]}:colorspace=${matrix}`;

/** Whether the picture is more than another matrix or range away from BT.709. */
const isFar = (colour: ColourFacts): boolean =>
  colour.dynamicRange !== 'sdr' || colour.primaries !== 'bt709' || !NEAR_MATRICES.includes(colour.matrix);

/** The colours after `normalizingFilters`. */
export const normalColour = (colour: ColourFacts): ColourFacts => (isFar(colour) ? BT709 : colour);

/**
 * Brings HDR and wide colours to BT.709 by way of linear light, at the size of the largest rendition: nothing for a
 * picture that only has another matrix or range, which the scaling of each output changes on its way.
 *
 * Tone mapping leaves what is below 80 % of white as it is, and bends the highlights above into what is left (`mobius`).
 */
export function normalizingFilters(colour: ColourFacts, top: Size): string[] {
  if (!isFar(colour)) return [];
  const peak = (PEAK_NITS / REFERENCE_WHITE_NITS).toFixed(3);
  return [
    `scale=${top.width}:${top.height}`,
    // What the file leaves open zimg would take for something that leads nowhere.
    paramsOf(colour),
    `zscale=t=linear:npl=${REFERENCE_WHITE_NITS}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    ...(colour.dynamicRange === 'sdr' ? [] : [`tonemap=tonemap=mobius:param=0.8:desat=0:peak=${peak}`]),
    'zscale=t=bt709:m=bt709:r=tv',
    // It is rounded to 8 bits once, by each output.
    'format=yuv420p10le',
  ];
}

/**
 * Sizes the picture as it is, and changes its matrix and range in that size: zimg is exact to 1 of 255, and ten times as
 * fast as swscale where that is told to be exact; swscale takes sizes of odd numbers of pixels, which zimg does not.
 */
function resized(colour: ColourFacts, { width, height }: Size, to: { matrix: string; range: string }): string[] {
  const { matrix, isFullRange } = colour;
  // What the frames leave open has to be named; transfer and primaries stay what they are.
  const source = `min=${matrix}:rin=${isFullRange ? 'full' : 'limited'}:tin=bt709:pin=bt709`;
  return [`scale=${width}:${height}`, `zscale=${source}:m=${to.matrix}:r=${to.range}:t=bt709:p=bt709`];
}

/** A rendition's picture: BT.709, and tagged so. */
export const videoFilters = (colour: ColourFacts, size: Size): string[] => [
  ...resized(colour, size, { matrix: 'bt709', range: 'limited' }),
  'setsar=1',
  'format=yuv420p',
  paramsOf(BT709),
];

const POSTER_MAX_WIDTH = 640;

/** The size of a clip's poster. */
export function posterSize({ width, height }: Size): Size {
  const posterWidth = Math.min(POSTER_MAX_WIDTH, width);
  return { width: posterWidth, height: Math.max(2, Math.round((posterWidth * height) / width / 2) * 2) };
}

/** Tells fields apart, at one size only: the scaling before passes every frame of that size as it is. */
export const deinterlacingFilters = ({ isInterlaced, codedWidth, codedHeight }: VideoFacts): string[] =>
  isInterlaced
    ? [`scale=${codedWidth}:${codedHeight}:interl=-1`, 'bwdif=mode=send_frame:parity=auto:deint=interlaced']
    : [];

/** A still picture: JPEG has no tags, its readers take it for BT.601 in full range (JFIF 1.02). */
export const stillFilters = (colour: ColourFacts, size: Size): string[] => [
  ...resized(colour, size, { matrix: 'smpte170m', range: 'full' }),
  'setsar=1',
  'format=yuvj420p',
];
