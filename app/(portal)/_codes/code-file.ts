import {
  type CodeWindowFile,
  type CodeWindowJson,
  codeWindowFileSchema,
} from '#lib/code-windows/code-window-schemas.ts';
import { type CodeFault, faultsOf } from './code-faults.ts';

/** Sixty buttons with everything on them are a tenth of it. */
const MAX_FILE_BYTES = 1024 * 1024;

/** The text of a file that says what is on a window: nothing of whose it is. */
export function fileText({ name, buttons }: Pick<CodeWindowJson, 'name' | 'buttons'>): string {
  const file = { format: 'heartbeat-code-window', version: 1, name, buttons } satisfies CodeWindowFile;
  return `${JSON.stringify(file, null, 2)}\n`;
}

export const fileName = ({ name }: Pick<CodeWindowJson, 'name'>): string =>
  `${name.replaceAll(/[^\p{L}\p{N} _-]/gu, '_')}.json`;

export type ReadCodeFile =
  | { kind: 'read'; file: CodeWindowFile }
  | { kind: 'no-json' }
  /** With what stands on the buttons, as far as they have a name. */
  | { kind: 'faults'; faults: CodeFault[]; labels: (string | null)[] };

function jsonIn(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

const labelOf = (button: unknown): string | null =>
  typeof button === 'object' && button !== null && 'label' in button && typeof button.label === 'string'
    ? button.label.slice(0, 40)
    : null;

const labelsIn = (value: unknown): (string | null)[] =>
  typeof value === 'object' && value !== null && 'buttons' in value && Array.isArray(value.buttons)
    ? value.buttons.map(labelOf)
    : [];

/** Reads what `fileText` wrote, here or elsewhere, or by hand. */
export function readCodeFile(text: string): ReadCodeFile {
  const json = text.length > MAX_FILE_BYTES ? null : jsonIn(text.replace(/^\uFEFF/, ''));
  if (!json) return { kind: 'no-json' };
  const parsed = codeWindowFileSchema.safeParse(json.value);
  if (parsed.success) return { kind: 'read', file: parsed.data };
  return { kind: 'faults', faults: faultsOf(parsed.error), labels: labelsIn(json.value) };
}

/** Gives the reader a file of this text. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
