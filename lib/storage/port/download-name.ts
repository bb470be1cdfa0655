import { create } from 'content-disposition';

const MAX_NAME_LENGTH = 200;

/** A name that is safe in a header and on any disk: no control or bidirectional characters, no folders. */
export function cleanDownloadName(name: string): string {
  const cleaned = name
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069/\\]/gu, '_')
    .trim();
  // A name that is too long is cut before its suffix: the suffix says what opens it.
  const [suffix = ''] = /\.[A-Za-z0-9]{1,8}$/.exec(cleaned) ?? [];
  const stem = [...cleaned.slice(0, cleaned.length - suffix.length)].slice(0, MAX_NAME_LENGTH - suffix.length);
  return stem.join('') + suffix || 'download';
}

/** The same name for clients that know no `filename*`: accents fall off, the rest becomes "_". */
const asciiName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[^ -~]/gu, '_');

/** `Content-Disposition: attachment` for a file name (RFC 6266); every store sends the same. */
export function attachmentDisposition(name: string): string {
  const cleaned = cleanDownloadName(name);
  return create(cleaned, { fallback: asciiName(cleaned) });
}
