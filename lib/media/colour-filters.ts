import type { ColourFacts } from './media-types.ts';

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

/** swscale's names of the matrices that it knows; the others are zimg's alone. */
const SWSCALE_MATRICES: Partial<Record<ColourFacts['matrix'], string>> = {
  gbr: 'auto',
  bt709: 'bt709',
  fcc: 'fcc',
  bt470bg: 'bt470',
  smpte170m: 'smpte170m',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
};

const TRANSFERS = { hlg: 'arib-std-b67', pq: 'smpte2084', sdr: 'bt709' } as const;

/** Writes on the frames what their numbers mean. */
const paramsOf = ({ matrix, primaries, dynamicRange, isFullRange }: ColourFacts): string =>
  `setparams=range=${isFullRange ? 'full' : 'limited'}:color_primaries=${primaries}:color_trc=${TRANSFERS[dynamicRange]}:colorspace=${matrix}`;

/** Rounds to the nearest, and reads the chroma of every pixel: within 1 of 255 where the defaults are 3 off. */
const EXACT = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp';

/** Whether the picture is more than another matrix or range away from BT.709. */
const isFar = (colour: ColourFacts): boolean =>
  colour.dynamicRange !== 'sdr' || colour.primaries !== 'bt709' || !SWSCALE_MATRICES[colour.matrix];

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
    'format=yuv420p',
  ];
}

const sourceOf = (colour: ColourFacts): string =>
  `in_color_matrix=${SWSCALE_MATRICES[colour.matrix]}:in_range=${colour.isFullRange ? 'full' : 'limited'}`;

/** A rendition's picture: BT.709, and tagged so. */
export const videoFilters = (colour: ColourFacts, { width, height }: Size): string[] => [
  `scale=${width}:${height}:${sourceOf(colour)}:out_color_matrix=bt709:out_range=limited:${EXACT}`,
  'setsar=1',
  'format=yuv420p',
  paramsOf(BT709),
];

/** A still picture: JPEG has no tags, its readers take it for BT.601 in full range (JFIF 1.02). */
export const stillFilters = (colour: ColourFacts, { width, height }: Size): string[] => [
  `scale=${width}:${height}:${sourceOf(colour)}:out_color_matrix=bt601:out_range=full:${EXACT}`,
  'setsar=1',
  'format=yuvj420p',
];
