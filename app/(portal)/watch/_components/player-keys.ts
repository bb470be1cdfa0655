/**
 * The player's keys: one table, read by the handler and by the help dialog.
 * Keys are named by what they type (`event.key`), not by where they lie, so that `[` or `<` works on a French layout too.
 */

export type PlayerAction =
  | { kind: 'toggle-play' }
  | { kind: 'seek-by'; seconds: number }
  | { kind: 'step-frame'; direction: 1 | -1 }
  | { kind: 'change-speed'; direction: 1 | -1 }
  | { kind: 'seek-tenth'; tenth: number }
  | { kind: 'loop-start' | 'loop-end' | 'loop-off' }
  | { kind: 'previous-clip' | 'next-clip' }
  | { kind: 'toggle-fullscreen' | 'toggle-mute' | 'show-keys' };

interface KeyBinding {
  key: string;
  action: PlayerAction;
  /** `true`: only with Shift; `false`: only without; left out: Shift does not matter (it is how the sign is typed). */
  shift?: boolean;
  /** Whether a held key acts again and again. */
  repeats?: boolean;
}

export interface KeyTableRow {
  /** Message key under `clip.keys`. */
  id:
    | 'play'
    | 'seek5'
    | 'seek1'
    | 'frame'
    | 'speed'
    | 'tenths'
    | 'loop'
    | 'neighbours'
    | 'fullscreen'
    | 'mute'
    | 'help';
  /** What is printed on the keys, for the help dialog. */
  caps: readonly string[];
  bindings: readonly KeyBinding[];
}

const seek = (seconds: number, shift: boolean, keys: string[]): KeyBinding[] =>
  keys.map((key) => ({ key, shift, repeats: true, action: { kind: 'seek-by', seconds } }));

const DIGITS = Array.from({ length: 10 }, (_, tenth) => tenth);

export const KEY_TABLE: readonly KeyTableRow[] = [
  {
    id: 'play',
    caps: ['Space', 'K'],
    bindings: [' ', 'k'].map((key) => ({ key, shift: false, action: { kind: 'toggle-play' } })),
  },
  {
    id: 'seek5',
    caps: ['J', 'L', '←', '→'],
    bindings: [...seek(-5, false, ['j', 'ArrowLeft']), ...seek(5, false, ['l', 'ArrowRight'])],
  },
  {
    id: 'seek1',
    caps: ['Shift J', 'Shift L', 'Shift ←', 'Shift →'],
    bindings: [...seek(-1, true, ['j', 'ArrowLeft']), ...seek(1, true, ['l', 'ArrowRight'])],
  },
  {
    id: 'frame',
    caps: [',', '.'],
    bindings: [
      { key: ',', repeats: true, action: { kind: 'step-frame', direction: -1 } },
      { key: '.', repeats: true, action: { kind: 'step-frame', direction: 1 } },
    ],
  },
  {
    id: 'speed',
    caps: ['<', '>'],
    bindings: [
      { key: '<', repeats: true, action: { kind: 'change-speed', direction: -1 } },
      { key: '>', repeats: true, action: { kind: 'change-speed', direction: 1 } },
    ],
  },
  {
    id: 'tenths',
    caps: ['0', '…', '9'],
    bindings: DIGITS.map((tenth) => ({ key: String(tenth), action: { kind: 'seek-tenth', tenth } })),
  },
  {
    id: 'loop',
    caps: ['[', ']', '\\'],
    bindings: [
      { key: '[', action: { kind: 'loop-start' } },
      { key: ']', action: { kind: 'loop-end' } },
      { key: '\\', action: { kind: 'loop-off' } },
    ],
  },
  {
    id: 'neighbours',
    caps: ['N', 'P'],
    bindings: [
      { key: 'n', shift: false, action: { kind: 'next-clip' } },
      { key: 'p', shift: false, action: { kind: 'previous-clip' } },
    ],
  },
  { id: 'fullscreen', caps: ['F'], bindings: [{ key: 'f', shift: false, action: { kind: 'toggle-fullscreen' } }] },
  { id: 'mute', caps: ['M'], bindings: [{ key: 'm', shift: false, action: { kind: 'toggle-mute' } }] },
  { id: 'help', caps: ['?'], bindings: [{ key: '?', action: { kind: 'show-keys' } }] },
];

/** What the table needs of a `KeyboardEvent`. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** AltGr: how `[`, `]` and `\` are typed on many layouts, although it reports Ctrl and Alt. */
  altGraph: boolean;
  repeat: boolean;
}

/** A single letter means the same with Caps Lock on. */
const normalised = (key: string) => (key.length === 1 ? key.toLowerCase() : key);

/** The action of a key press, or `null` when the table has none for it. */
export function actionOfKey(press: KeyPress): PlayerAction | null {
  if ((press.ctrlKey || press.metaKey || press.altKey) && !press.altGraph) return null;
  const key = normalised(press.key);
  for (const { bindings } of KEY_TABLE) {
    for (const binding of bindings) {
      if (binding.key !== key) continue;
      if (binding.shift !== undefined && binding.shift !== press.shiftKey) continue;
      return press.repeat && !binding.repeats ? null : binding.action;
    }
  }
  return null;
}

/** What decides whether an element keeps its keys to itself. */
export interface ElementFacts {
  /** Lower case. */
  tag: string;
  role: string | null;
  /** `type` of an input. */
  type: string | null;
  isContentEditable: boolean;
}

/** Inputs in which nobody types. */
const INPUTS_WITHOUT_TEXT = new Set(['range', 'checkbox', 'radio', 'button', 'submit', 'reset', 'color', 'file']);
const TEXT_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);
/** While one of these is open, its own keys rule. */
const LAYER_ROLES = new Set([
  'dialog',
  'alertdialog',
  'menu',
  'menubar',
  'listbox',
  'tree',
  'grid',
  'radiogroup',
  'tablist',
]);
const PRESSED_TAGS = new Set(['button', 'a', 'summary', 'select']);
const PRESSED_ROLES = new Set([
  'button',
  'link',
  'checkbox',
  'switch',
  'radio',
  'tab',
  'option',
  'menuitem',
  'menuitemradio',
]);

const takesText = ({ tag, role, type, isContentEditable }: ElementFacts) =>
  isContentEditable ||
  tag === 'textarea' ||
  tag === 'select' ||
  (tag === 'input' && !INPUTS_WITHOUT_TEXT.has(type ?? 'text')) ||
  TEXT_ROLES.has(role ?? '');

/** What an input that takes no text does by a key: a box is ticked, and of a group of choices the next one is taken. */
const isOfInput = ({ tag, type }: ElementFacts, key: string) =>
  tag === 'input' &&
  ((type === 'checkbox' && key === ' ') || (type === 'radio' && (key === 'ArrowUp' || key === 'ArrowDown')));

/**
 * Whether the elements that a key press walks through (innermost first) want it for themselves: text fields and open
 * layers take every key, a focused button takes Space and Enter, a box Space, a
 * group of choices the arrows up and down (those to the sides are the film's), and the volume slider its arrows.
 */
export function isKeyTaken(path: readonly ElementFacts[], key: string): boolean {
  return path.some(
    (element) =>
      takesText(element) ||
      LAYER_ROLES.has(element.role ?? '') ||
      isOfInput(element, key) ||
      ((key === ' ' || key === 'Enter') && (PRESSED_TAGS.has(element.tag) || PRESSED_ROLES.has(element.role ?? ''))) ||
      (key.startsWith('Arrow') && element.tag === 'media-volume-range'),
  );
}
