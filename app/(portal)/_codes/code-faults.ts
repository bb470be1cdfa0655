import type { z } from 'zod';

/** Fields of a button, and of a file, of which the catalogue says what they have to be. */
export const FAULT_FIELDS = [
  ...['label', 'key', 'color', 'event_type', 'lead_s', 'lag_s', 'tags'],
  ...['player_id', 'player_name', 'outcome', 'zone', 'strength', 'name', 'buttons', 'format', 'version', 'unknown'],
] as const;
export type FaultField = (typeof FAULT_FIELDS)[number];

/** One field that is refused, and on which button; `null` for what is the window's own. */
export interface CodeFault {
  button: number | null;
  field: FaultField;
}

const isFaultField = (name: unknown): name is FaultField => (FAULT_FIELDS as readonly unknown[]).includes(name);

function faultAt(path: readonly PropertyKey[], isUnknown: boolean): CodeFault {
  const [first, index, name] = path;
  if (first !== 'buttons' || typeof index !== 'number') {
    return { button: null, field: !isUnknown && isFaultField(first) ? first : 'unknown' };
  }
  return { button: index, field: !isUnknown && isFaultField(name) ? name : 'unknown' };
}

/** What a schema refused, each field once, in the order of the buttons. */
export function faultsOf(error: Pick<z.ZodError, 'issues'>): CodeFault[] {
  const faults = error.issues.map(({ path, code }) => faultAt(path, code === 'unrecognized_keys'));
  const each = new Map(faults.map((fault) => [`${fault.button} ${fault.field}`, fault]));
  return [...each.values()].toSorted((a, b) => (a.button ?? -1) - (b.button ?? -1));
}
