/*
 * Pictures in a container that is taken, coded in a way that is not. Only what is known to be unreadable is told here,
 * from a table; whatever else there is the whole check decides, after the upload.
 */

import { latin1 } from '#lib/storage/port/foreign-files.ts';

/** As the containers write them: Matroska's CodecID, the sample entries of ISO base media, the handlers of AVI. */
const UNREAD = new Set(
  [
    'V_VP8 V_VP9 V_AV1 V_THEORA V_MJPEG V_FFV1 V_DIRAC V_REAL/RV40 V_AVS2 V_AVS3 V_MPEGI/ISO/VVC',
    'vp08 vp09 av01 mjpa mjpb jpeg CFHD mjp2 dvc dvcp dvpp dv5n dv5p dvh5 dvh6 icod SVQ1 SVQ3 rle png brxq brst vvc1 vvi1',
    'MJPG mjpg DVSD dvsd cvid IV50 HFYU FFV1 CFHD VP80 VP90 AV01 WMV3 WVC1 MSVC tscc',
  ].flatMap((names) => names.split(' ').filter(Boolean)),
);

/** Most words of ISO base media have four letters; those of fewer are filled with blanks. */
const isUnread = (name: string): boolean => UNREAD.has(name.trimEnd());

/** Where a word begins, each time that it is there. */
function* placesOf(word: string, text: string): Generator<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) yield at;
}

/** CodecID is element 0x86, its length one byte (RFC 9559 §5.1.4.1.21). */
const matroskaCodecs = (text: string): string[] =>
  [...placesOf('\x86', text)].flatMap((at) => {
    const length = text.charCodeAt(at + 1) & 0x7f;
    const name = text.slice(at + 2, at + 2 + length);
    return /^V_[A-Z0-9_/]+$/.test(name) ? [name] : [];
  });

/** The first sample entry of each track, 12 bytes behind the name of its table (ISO/IEC 14496-12 §8.5.2). */
const isoCodecs = (text: string): string[] =>
  [...placesOf('stsd', text)].map((at) => text.slice(at + 16, at + 20)).filter((name) => name.length === 4);

/** A stream's header names its kind and its handler, one behind the other (AVISTREAMHEADER). */
const aviCodecs = (text: string): string[] => [...placesOf('vids', text)].map((at) => text.slice(at + 4, at + 8));

/** Whether the first bytes of a file name a codec of its picture that cannot be read, and no other. */
export function hasUnreadPicture(head: Uint8Array, container: 'mp4' | 'mkv' | 'avi' | 'ts' | 'mpg'): boolean {
  const text = latin1(head);
  if (container === 'mkv') return every(matroskaCodecs(text));
  if (container === 'avi') return every(aviCodecs(text));
  // The sound's entries are among these: one that is unread is the picture's.
  return container === 'mp4' && isoCodecs(text).some(isUnread) && !isoCodecs(text).some(isReadPicture);
}

const every = (names: readonly string[]): boolean => names.length > 0 && names.every(isUnread);

const isReadPicture = (name: string): boolean =>
  /^(avc[1-4]|hvc1|hev1|mp4v|m2v1|mpg2|ap(c[osnh]|4[hx])|AVdn|AVdh)$/.test(name);
