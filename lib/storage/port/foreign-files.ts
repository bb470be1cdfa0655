/*
 * What people choose beside or instead of a video that can be a master: told by the name's suffix or by the first bytes,
 * before anything of it is sent.
 */

/** What each kind is, and what to do, as the API says it; the screens have it in their catalogue. */
export const FOREIGN_FILES = {
  picture: 'This is a picture, not a video.',
  sound: 'This is sound without a picture. Send the video that it belongs to.',
  archive: 'This is an archive. Unpack it, and send the video that is in it.',
  playlist: 'This is a list that says where a video lies, not the video. Send the video itself.',
  project: 'This is a project of an editing program, not a video. Export the video from it, as MP4 or MOV.',
  sidecar: 'This is a small file that a camera or macOS keeps beside a video. Send the video itself.',
  document: 'This is a document or a web page, not a video.',
  blank: 'The file begins with nothing but zeros: it was never written to its end. Copy it again.',
  mxf: 'MXF cannot be read here. Export it as MOV in ProRes or DNxHD, or as MP4 in H.264.',
  windows_media: 'Windows Media (WMV, ASF, WTV) cannot be read here. Export it as MP4 in H.264.',
  flash: 'Flash video (FLV) cannot be read here. Remux or export it as MP4.',
  webm: 'WebM, whose picture is VP8, VP9 or AV1, cannot be read here. Export it as MP4 in H.264.',
  camera_raw: 'This is raw footage of a camera (R3D, BRAW, CRM …). Export it as MOV in ProRes, or as MP4 in H.264.',
  bare_stream: 'This is a picture’s stream without a container, which says no times. Put it into MP4, MOV or MKV.',
  unread_codec:
    'The picture is coded in a way that cannot be read here (VP9, AV1, Motion JPEG, CineForm …). Export it as H.264, HEVC, ProRes or DNxHD.',
  other_video: 'This kind of video cannot be read here. Export it as MP4 in H.264.',
} as const;
export type ForeignFile = keyof typeof FOREIGN_FILES;

const SUFFIXES: Record<Exclude<ForeignFile, 'blank' | 'unread_codec'>, string> = {
  picture: 'jpg jpeg jpe png gif bmp tif tiff webp heic heif avif jp2 jxl psd thm',
  sound: 'm4a m4b mp3 aac ac3 eac3 wav wave bwf rf64 aif aiff aifc flac ogg oga opus wma mka caf dts amr',
  archive: 'zip rar 7z tar gz tgz bz2 xz zst iso dmg',
  playlist: 'm3u8 m3u mpd pls xspf asx edl mpls strm url webloc',
  project: 'prproj aep fcpx drp imovi veg kdenl mlt osp blend',
  sidecar: 'xml xmp srt vtt ass sub idx cpi clpi bdm bdmv modd moff ctg dat sidx md5 nfo',
  document: 'txt csv pdf html htm json doc docx xls xlsx pptx md log rtf',
  mxf: 'mxf gxf',
  windows_media: 'wmv asf wtv dvrms wm',
  flash: 'flv swf f4f',
  webm: 'webm',
  camera_raw: 'r3d braw crm ari arx dng cine nev rdc',
  bare_stream: 'h264 264 avc h265 265 hevc m2v m1v mpv vc1 obu ivf y4m yuv',
  other_video: 'ogv ogm rm rmvb dv dif nut nsv amv bik vp6 vp9 av1 mjpeg mjpg divx xvid',
};

const KIND_OF_SUFFIX: ReadonlyMap<string, ForeignFile> = new Map(
  Object.entries(SUFFIXES).flatMap(([kind, suffixes]) =>
    suffixes.split(' ').map((suffix): [string, ForeignFile] => [suffix, kind as ForeignFile]),
  ),
);

/** What a file is by its name's suffix (in lower case, without the dot), when that says what else than a master. */
export const foreignBySuffix = (suffix: string): ForeignFile | null => KIND_OF_SUFFIX.get(suffix) ?? null;

/** Major brands of ISO base media files that are no film (registered at mp4ra.org; ISO/IEC 23008-12 for pictures). */
const BRANDS: readonly (readonly [ForeignFile, string])[] = [
  ['sound', 'M4A M4B M4P F4A F4B'],
  ['picture', 'heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 avif avis jxl jp2 jpx jpm'],
  ['camera_raw', 'crx'],
];

/** First bytes, each from its place on, in Latin-1. */
const SIGNATURES: readonly (readonly [ForeignFile, number, string])[] = [
  ['picture', 0, '\x89PNG'],
  ['picture', 0, '\xff\xd8\xff'],
  ['picture', 0, 'GIF8'],
  ['picture', 0, 'BM'],
  ['picture', 0, 'II*\0'],
  ['picture', 0, 'MM\0*'],
  ['picture', 0, '8BPS'],
  ['picture', 4, 'jP  '],
  ['picture', 4, 'JXL '],
  ['picture', 8, 'WEBP'],
  ['sound', 8, 'WAVE'],
  ['sound', 0, 'RF64'],
  ['sound', 0, 'BW64'],
  ['sound', 8, 'AIFF'],
  ['sound', 8, 'AIFC'],
  ['sound', 0, 'ID3'],
  ['sound', 0, '\xff\xfb'],
  ['sound', 0, '\xff\xf1'],
  ['sound', 0, '\xff\xf9'],
  ['sound', 0, 'fLaC'],
  ['sound', 0, 'caff'],
  ['sound', 0, '#!AMR'],
  ['sound', 0, '\x0b\x77'],
  ['archive', 0, 'PK\x03\x04'],
  ['archive', 0, 'Rar!'],
  ['archive', 0, "7z\xbc\xaf'\x1c"],
  ['archive', 0, '\x1f\x8b'],
  ['archive', 0, 'BZh'],
  ['archive', 0, '\xfd7zXZ'],
  ['playlist', 0, '#EXTM3U'],
  ['playlist', 0, 'ffconcat'],
  ['playlist', 0, '[playlist]'],
  ['sidecar', 0, '\0\x05\x16\x07'],
  ['sidecar', 0, 'MPLS0'],
  ['sidecar', 0, 'INDX0'],
  ['sidecar', 0, 'HDMV0'],
  ['sidecar', 0, 'WEBVTT'],
  ['document', 0, '%PDF'],
  ['document', 0, '<!DOCTYPE html'],
  ['document', 0, '<!doctype html'],
  ['document', 0, '<html'],
  ['mxf', 0, '\x06\x0e\x2b\x34'],
  ['mxf', 0, '\0\0\0\0\x01\xbc'],
  ['windows_media', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  ['windows_media', 0, '\xb7\xd8\0\x20\x37\x49\xda\x11'],
  ['flash', 0, 'FLV\x01'],
  ['flash', 0, 'FWS'],
  ['flash', 0, 'CWS'],
  ['camera_raw', 4, 'RED1'],
  ['camera_raw', 4, 'RED2'],
  ['camera_raw', 0, 'ARRI'],
  ['bare_stream', 0, 'DKIF'],
  ['bare_stream', 0, 'YUV4MPEG2'],
  ['bare_stream', 0, '\0\0\x01\xb3'],
  ['bare_stream', 0, '\0\0\0\x01'],
  ['bare_stream', 0, '\0\0\x01\x67'],
  ['bare_stream', 0, '\0\0\x01\x40'],
  ['other_video', 0, 'OggS'],
  ['other_video', 0, '.RMF'],
  ['other_video', 0, 'nut/multimedia container'],
  ['other_video', 0, '\x1f\x07\0'],
];

/** Further than any of these reaches, and than the header of a Matroska file. */
const LONGEST_SIGNATURE_BYTES = 128;

/** Bytes as letters, one each. */
export const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** What a file is by its first bytes, when they are those of something else than a film in a container that is taken. */
export function foreignByBytes(head: Uint8Array): ForeignFile | null {
  if (head.length > 0 && head.every((byte) => byte === 0)) return 'blank';
  const text = latin1(head.subarray(0, LONGEST_SIGNATURE_BYTES));
  if (text.startsWith('ftyp', 4)) return kindOfBrand(text.slice(8, 12));
  if (text.startsWith('\x1a\x45\xdf\xa3')) return isWebm(text) ? 'webm' : null;
  return SIGNATURES.find(([, at, bytes]) => text.startsWith(bytes, at))?.[0] ?? null;
}

const kindOfBrand = (major: string): ForeignFile | null =>
  BRANDS.find(([, brands]) => brands.split(' ').includes(major.trimEnd()))?.[0] ?? null;

/** The document type in an EBML header, element 0x4282 (RFC 8794 §11.2.6). */
function isWebm(text: string): boolean {
  const at = text.indexOf('B\x82');
  return at >= 0 && at < 64 && text.slice(at, at + 12).includes('webm');
}
