import { CLIP_FIELDS, EDITED_FIELDS, type EditedField, saidOf } from '#lib/clips/clip-field-schemas.ts';
import { type ClipJson, type PatchClip, patchClipSchema } from '#lib/clips/clip-schemas.ts';

export type FactField = EditedField;
export const FACT_FIELDS = EDITED_FIELDS;

/** The facts of a clip as a form holds them: text, empty where nothing is set. */
export type FactDraft = Record<FactField, string>;

const draftFrom = (textOf: (field: FactField) => string) =>
  Object.fromEntries(FACT_FIELDS.map((field) => [field, textOf(field)])) as FactDraft;

/** What a clip says; what it does not say is not set. */
type KnownFacts = Partial<Pick<ClipJson, FactField>>;

export const EMPTY_FACTS: FactDraft = draftFrom(() => '');

const accepted = saidOf('edited');

/** Whether a clip cannot be without it. */
export const isRequired = (field: FactField): boolean => !accepted[field].safeParse(null).success;

export const draftOf = (clip: KnownFacts): FactDraft => draftFrom((field) => String(clip[field] ?? ''));

/** Text as the API takes it: trimmed, numbers as numbers, nothing as `null`. */
function sendable(field: FactField, draft: FactDraft): string | number | null {
  const text = draft[field].trim();
  if (text === '') return isRequired(field) ? '' : null;
  return CLIP_FIELDS[field].column === 'int' ? Number(text) : text;
}

/** All facts of a draft, for a request that makes a clip. What is not set is left out. */
export function factsOfDraft(draft: FactDraft): Record<string, string | number> {
  const entries = FACT_FIELDS.map((field) => [field, sendable(field, draft)] as const);
  return Object.fromEntries(entries.flatMap(([field, value]) => (value === null ? [] : [[field, value]])));
}

export type DraftResult =
  | { kind: 'unchanged' }
  | { kind: 'patch'; patch: PatchClip }
  | { kind: 'faults'; fields: ReadonlySet<string> };

/** What changed between a clip and its form: the body of a PATCH, or the fields that cannot be sent. */
export function patchOfDraft(draft: FactDraft, clip: KnownFacts): DraftResult {
  const before = draftOf(clip);
  const changed = FACT_FIELDS.filter((field) => draft[field].trim() !== before[field]);
  if (changed.length === 0) return { kind: 'unchanged' };
  const parsed = patchClipSchema.safeParse(Object.fromEntries(changed.map((field) => [field, sendable(field, draft)])));
  if (parsed.success) return { kind: 'patch', patch: parsed.data };
  return { kind: 'faults', fields: new Set(parsed.error.issues.map(({ path }) => String(path[0]))) };
}

export interface RebasedDraft {
  draft: FactDraft;
  /** Fields that both changed, each to something else: the typed text stays, and this is what the other one made of it. */
  contested: Partial<Record<FactField, string>>;
}

/** Carries what was typed over to a clip that somebody else has changed since the form was opened. */
export function rebaseDraft(draft: FactDraft, opened: KnownFacts, fresh: KnownFacts): RebasedDraft {
  const [before, now] = [draftOf(opened), draftOf(fresh)];
  const isTyped = (field: FactField) => draft[field].trim() !== before[field];
  const contested = FACT_FIELDS.filter(
    (field) => isTyped(field) && now[field] !== before[field] && now[field] !== draft[field].trim(),
  );
  return {
    draft: draftFrom((field) => (isTyped(field) ? draft[field] : now[field])),
    contested: Object.fromEntries(contested.map((field) => [field, now[field]])),
  };
}
