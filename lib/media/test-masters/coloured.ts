/* For tests: masters of four pure colours, one a quarter, as cameras and recorders mean and tag them. */

export const tags = (matrix: string, primaries: string, transfer: string) => [
  ...['-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer],
];
export const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4', '-pix_fmt', 'yuv420p'];
export const EXACT = 'flags=accurate_rnd+full_chroma_int';
export const SHADES = ['0x00c000', '0xc00000', '0x0000c0', '0xe08030'];
/** On the edge of BT.709 half a step of 10 bits of BT.2020 is 7 of 255: these lie within. */
const MUTED_SHADES = ['0x40c040', '0xc04040', '0x4040c0', '0xe08050'];

const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:qp=4'];

/** BT.709 made into HDR, its white at 203 cd/m² (ITU-R BT.2408). */
export const fromSdr = (transfer: string, format: string): string =>
  [
    'zscale=tin=bt709:min=bt709:pin=bt709:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020',
    `zscale=t=${transfer}:m=bt2020nc:r=tv:npl=203,format=${format}`,
  ].join(',');

const asHdr = (transfer: string, format: string): string =>
  [
    `scale=out_color_matrix=bt709:${EXACT},format=yuv444p10`,
    'setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709',
    fromSdr(transfer, format),
  ].join(',');

/** How a master of pure colours is made: filters behind the colours, arguments, size. */
export interface ColouredMaster {
  file: string;
  size: string;
  filters: string;
  args: string[];
  shades?: string[];
}

export const COLOURED_MASTERS: Record<string, ColouredMaster> = {
  'BT.709': {
    ...{ file: 'a.mp4', size: '320x180', filters: `scale=out_color_matrix=bt709:${EXACT},format=yuv420p` },
    args: [...X264, ...tags('bt709', 'bt709', 'bt709')],
  },
  'BT.601, tagged': {
    ...{ file: 'b.mp4', size: '320x240', filters: `scale=out_color_matrix=bt601:${EXACT},format=yuv420p` },
    args: [...X264, ...tags('smpte170m', 'smpte170m', 'smpte170m')],
  },
  'SD without tags, BT.601': {
    ...{ file: 'c.ts', size: '320x180', filters: `scale=out_color_matrix=bt601:${EXACT},format=yuv420p` },
    args: X264,
  },
  'HD without tags, BT.709': {
    ...{ file: 'd.mkv', size: '1280x720', filters: `scale=out_color_matrix=bt709:${EXACT},format=yuv420p` },
    args: X264,
  },
  'full range': {
    ...{
      file: 'e.mp4',
      size: '320x180',
      filters: `scale=out_color_matrix=bt709:out_range=full:${EXACT},format=yuvj420p`,
    },
    args: [...X264.with(-1, 'yuvj420p'), ...tags('bt709', 'bt709', 'bt709')],
  },
  'H.264 RGB': {
    ...{ file: 'g.mp4', size: '320x180', filters: 'null' },
    args: ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-qp', '4', '-pix_fmt', 'bgr0'],
  },
  'interlaced MPEG-2 of a broadcast': {
    ...{ file: 'h.ts', size: '352x288', filters: `scale=out_color_matrix=bt601:${EXACT},format=yuv420p,setfield=tff` },
    args: [
      '-c:v',
      'mpeg2video',
      '-flags',
      '+ildct+ilme',
      '-qmin',
      '1',
      '-q:v',
      '1',
      ...tags('bt470bg', 'bt470bg', 'gamma28'),
    ],
  },
  'BT.2020 without HDR': {
    ...{ file: 'i.mp4', size: '320x180', shades: MUTED_SHADES },
    filters: `scale=out_color_matrix=bt709:${EXACT},format=yuv444p10,zscale=min=bt709:pin=bt709:tin=bt709:rin=tv:p=bt2020:t=bt709:m=bt2020nc,format=yuv420p10le`,
    args: [
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4', '-pix_fmt', 'yuv420p10le'],
      ...tags('bt2020nc', 'bt2020', 'bt2020-10'),
    ],
  },
  'ProRes 4444': {
    ...{ file: 'j.mov', size: '320x180', filters: `scale=out_color_matrix=bt709:${EXACT},format=yuv444p10le` },
    args: ['-c:v', 'prores_ks', '-profile:v', '4', ...tags('bt709', 'bt709', 'bt709')],
  },
  'RGB in 10 bits': {
    ...{ file: 'k.mkv', size: '320x180', filters: 'format=gbrp10le' },
    args: [...X265, '-pix_fmt', 'gbrp10le'],
  },
  '4:4:4 in 12 bits': {
    ...{ file: 'l.mp4', size: '320x180', filters: `scale=out_color_matrix=bt709:${EXACT},format=yuv444p12le` },
    args: [...X265, ...tags('bt709', 'bt709', 'bt709')],
  },
  'PQ that names its transfer alone': {
    ...{ file: 'm.ts', size: '320x180', shades: MUTED_SHADES },
    filters: `${asHdr('smpte2084', 'yuv420p10le')},setparams=colorspace=unknown:color_primaries=unknown`,
    args: [...X265.with(-1, 'log-level=error:qp=4:transfer=smpte2084'), '-color_trc', 'smpte2084'],
  },
  // Frames from an input of filters lose their tags, so that only the container has them.
  'PQ in ProRes whose own header names nothing': {
    ...{ file: 'n.mov', size: '320x180', shades: MUTED_SHADES, filters: asHdr('smpte2084', 'yuv422p10le') },
    args: ['-c:v', 'prores_ks', '-profile:v', '3', ...tags('bt2020nc', 'bt2020', 'smpte2084')],
  },
};
