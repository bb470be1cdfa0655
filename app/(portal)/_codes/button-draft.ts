import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { EMPTY_FACTS, type FactDraft, type FactField } from '#app/(portal)/watch/_components/fact-draft.ts';
import type { ButtonColor, CodeButton } from '#lib/code-windows/code-window-schemas.ts';

/** The facts that a button says of its clips. */
export const BUTTON_FACTS = ['event_type', 'player_id', 'outcome', 'zone', 'strength'] as const satisfies FactField[];
const KEPT_FACTS = [...BUTTON_FACTS, 'player_name'] as const;

/** A button as the editor holds it: what is typed is text. */
export interface ButtonDraft {
  /** Names it in the editor alone. */
  draftId: number;
  label: string;
  key: string | null;
  color: ButtonColor;
  lead: string;
  lag: string;
  /** Separated by commas. */
  tags: string;
  facts: FactDraft;
}

/** The facts that a button has, as those of a form. */
export function factsOfButton(button: CodeButton): Partial<FactDraft> {
  const said = KEPT_FACTS.flatMap((field) => {
    const value = button[field];
    return value ? [[field, value] as const] : [];
  });
  const facts: Partial<FactDraft> = Object.fromEntries(said);
  // Nobody else's name stays beside the number.
  return button.player_id ? { player_name: '', ...facts } : facts;
}

export const draftOfButton = (button: CodeButton, draftId: number): ButtonDraft => ({
  ...{ draftId, label: button.label, key: button.key ?? null, color: button.color },
  ...{ lead: String(button.lead_s), lag: String(button.lag_s), tags: button.tags.join(', ') },
  facts: { ...EMPTY_FACTS, ...factsOfButton(button) },
});

export const newDraft = (draftId: number): ButtonDraft => ({
  ...{ draftId, label: '', key: null, color: 'grey', lead: String(LEAD_S), lag: String(LAG_S), tags: '' },
  facts: EMPTY_FACTS,
});

const secondsOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** What a draft says, for the schema to judge. */
export function buttonOfDraft({ label, key, color, lead, lag, tags, facts }: ButtonDraft) {
  const { event_type, ...others } = Object.fromEntries(KEPT_FACTS.map((field) => [field, facts[field].trim()]));
  return {
    ...{ label, key, color, event_type, lead_s: secondsOf(lead), lag_s: secondsOf(lag) },
    tags: tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    ...Object.fromEntries(Object.entries(others).map(([field, value]) => [field, value || null])),
  };
}

/** The list with one button moved a place up or down; one at the end stays. */
export function moved(drafts: readonly ButtonDraft[], index: number, by: 1 | -1): readonly ButtonDraft[] {
  const [one, other] = [drafts[index], drafts[index + by]];
  if (!one || !other) return drafts;
  return drafts.with(index, other).with(index + by, one);
}

/** A key as a press names it: a letter, with or without Shift; `null` for any other. */
export function keyOfPress({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string | null {
  const letter = key.toLowerCase();
  if (!/^[a-z]$/.test(letter)) return null;
  return shiftKey ? `Shift+${letter}` : letter;
}

/** A key as it is printed: `Shift S`. */
export const capOfKey = (key: string): string =>
  key.startsWith('Shift+') ? `Shift ${key.slice(6).toUpperCase()}` : key.toUpperCase();
