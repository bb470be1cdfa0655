import { type ClipJson, type PatchClip, patchClipSchema } from '#lib/clips/clip-schemas.ts';

export const FACT_FIELDS = [
  'player_id',
  'player_name',
  'event_type',
  'opponent_code',
  'game_date',
  'period',
  'outcome',
  'zone',
  'strength',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

/** The facts of a clip as a form holds them: text, empty where nothing is set. */
export type FactDraft = Record<FactField, string>;

export const EMPTY_FACTS: FactDraft = {
  player_id: '',
  player_name: '',
  event_type: '',
  opponent_code: '',
  game_date: '',
  period: '',
  outcome: '',
  zone: '',
  strength: '',
};

export function draftOf(clip: Pick<ClipJson, FactField>): FactDraft {
  const entries = FACT_FIELDS.map((field) => [field, String(clip[field] ?? '')] as const);
  return { ...EMPTY_FACTS, ...Object.fromEntries(entries) };
}

/** Text as the API takes it: trimmed, numbers as numbers, nothing as `null`. */
function sendable(field: FactField, draft: FactDraft): string | number | null {
  const text = draft[field].trim();
  if (text === '') return field === 'player_id' || field === 'event_type' ? '' : null;
  return field === 'period' ? Number(text) : text;
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
export function patchOfDraft(draft: FactDraft, clip: Pick<ClipJson, FactField>): DraftResult {
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
export function rebaseDraft(
  draft: FactDraft,
  opened: Pick<ClipJson, FactField>,
  fresh: Pick<ClipJson, FactField>,
): RebasedDraft {
  const [before, now] = [draftOf(opened), draftOf(fresh)];
  const isTyped = (field: FactField) => draft[field].trim() !== before[field];
  const kept = FACT_FIELDS.map((field) => [field, isTyped(field) ? draft[field] : now[field]] as const);
  const contested = FACT_FIELDS.filter(
    (field) => isTyped(field) && now[field] !== before[field] && now[field] !== draft[field].trim(),
  );
  return {
    draft: { ...EMPTY_FACTS, ...Object.fromEntries(kept) },
    contested: Object.fromEntries(contested.map((field) => [field, now[field]])),
  };
}
