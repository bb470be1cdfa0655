import { createHash } from 'node:crypto';
import type { Clip } from './clip.ts';
import { EDITED_FIELDS, type EditedField } from './clip-field-schemas.ts';

/**
 * The version of what people may edit: a hash of those facts and the tags, 16 hex digits. Cutting, signing and reading
 * leave it as it is, and a row that HeartBeat's own programs change needs no counter of ours.
 */
export function versionOf(clip: Pick<Clip, EditedField | 'tags'>): string {
  const facts = EDITED_FIELDS.map((field) => clip[field]);
  const text = JSON.stringify([facts, clip.tags.toSorted()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
