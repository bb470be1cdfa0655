import { create } from 'content-disposition';

const MAX_NAME_LENGTH = 200;

/** A name that is safe in a header and on any disk: no control or bidirectional characters, no folders. */
export function cleanDownloadName(name: string): string {
  const cleaned = name
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069/\\]/gu, '_')
    .trim();
  return [...cleaned].slice(0, MAX_NAME_LENGTH).join('') || 'download';
}

/** `Content-Disposition: attachment` for a file name (RFC 6266); every store sends the same. */
export const attachmentDisposition = (name: string): string => create(cleanDownloadName(name));
