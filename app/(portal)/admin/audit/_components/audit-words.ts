import { audit } from '#app/_i18n/en/audit.ts';

type ActionKey = keyof typeof audit.action;

/** The catalogue's name of an action: its dots would be levels there. `null` for one that this version does not know. */
export const actionKeyOf = (action: string): ActionKey | null => {
  const key = action.replaceAll('.', '_');
  return Object.hasOwn(audit.action, key) ? (key as ActionKey) : null;
};

export interface ChangedField {
  name: string;
  before: string | null;
  after: string | null;
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Field by field what was, and what is. */
export function changedFields({
  before,
  after,
}: {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names.map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }));
}
