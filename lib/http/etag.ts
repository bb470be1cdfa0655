import { createHash } from 'node:crypto';
import { AppError, badRequest } from '#lib/errors.ts';

/**
 * Tags have two halves, `"<version>-<hash of the body>"`. `If-None-Match` compares all of it, because a body changes with
 * every signing window. `If-Match` compares the version alone, because an edit is stale only when facts have changed.
 * A resource without versions has the hash alone.
 */
const HASH_CHARS = 20;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARS);

/** The `ETag` of a JSON text. @param version of what the text shows, letters and digits; `null` where there is none. */
export const entityTag = (body: string, version: string | null): string =>
  version === null ? `"${hashOf(body)}"` : `"${version}-${hashOf(body)}"`;

/** The versions that a client takes for the newest, or `*`: whatever is there. */
export type IfMatch = '*' | readonly string[];

/** The opaque part of a tag may hold a comma: a list cannot be split at commas. */
const TAG_LIST = /^[ \t]*(?:W\/)?"[\x21\x23-\x7e]*"[ \t]*(?:,[ \t]*(?:W\/)?"[\x21\x23-\x7e]*"[ \t]*)*$/;
const OPAQUE_PART = /"([\x21\x23-\x7e]*)"/g;

/** The opaque parts of a list of entity tags (RFC 9110 §8.8.3); `null` for what is no such list. */
function readTags(header: string): string[] | null {
  if (!TAG_LIST.test(header)) return null;
  return [...header.matchAll(OPAQUE_PART)].map(([, tag = '']) => tag);
}

/**
 * The `If-Match` header, or `null` without one. A tag that a proxy made weak (`W/`) by compressing the answer counts:
 * versions are compared, not bytes. @throws AppError 400
 */
export function readIfMatch(request: Request): IfMatch | null {
  const header = request.headers.get('if-match');
  if (header === null) return null;
  if (header.trim() === '*') return '*';
  const tags = readTags(header);
  if (!tags) throw badRequest([{ path: 'If-Match', message: 'The header is * or a list of quoted entity tags.' }]);
  return tags.map((tag) => tag.split('-', 1)[0] ?? '');
}

/** @throws AppError 412 `stale_edit` when the thing has changed since; the current version is in the answer's ETag. */
export function refuseStaleEdit(ifMatch: IfMatch | null, version: string): void {
  if (ifMatch === null || ifMatch === '*' || ifMatch.includes(version)) return;
  throw new AppError({
    status: 412,
    code: 'stale_edit',
    detail: `It was changed meanwhile and is at version ${version} now. Read it again, then decide.`,
    headers: { ETag: `"${version}"` },
  });
}

/** Whether a reader has this very answer already (`If-None-Match`, compared weakly). */
export function isNotModified(request: Request, etag: string): boolean {
  const header = request.headers.get('if-none-match');
  if (header === null) return false;
  return header.trim() === '*' || (readTags(header)?.some((tag) => `"${tag}"` === etag) ?? false);
}
