import { describe, expect, it } from 'vitest';
import {
  actionOfKey,
  type ElementFacts,
  isKeyTaken,
  KEY_TABLE,
  type KeyPress,
  type PlayerAction,
} from './player-keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  altGraph: false,
  repeat: false,
  ...more,
});

const element = (tag: string, more: Partial<ElementFacts> = {}): ElementFacts => ({
  tag,
  role: null,
  type: null,
  isContentEditable: false,
  ...more,
});

describe('actionOfKey', () => {
  const table: [string, Partial<KeyPress>, PlayerAction][] = [
    [' ', {}, { kind: 'toggle-play' }],
    ['k', {}, { kind: 'toggle-play' }],
    ['K', {}, { kind: 'toggle-play' }],
    ['j', {}, { kind: 'seek-by', seconds: -5 }],
    ['l', {}, { kind: 'seek-by', seconds: 5 }],
    ['ArrowLeft', {}, { kind: 'seek-by', seconds: -5 }],
    ['ArrowRight', {}, { kind: 'seek-by', seconds: 5 }],
    ['J', { shiftKey: true }, { kind: 'seek-by', seconds: -1 }],
    ['L', { shiftKey: true }, { kind: 'seek-by', seconds: 1 }],
    ['ArrowLeft', { shiftKey: true }, { kind: 'seek-by', seconds: -1 }],
    ['ArrowRight', { shiftKey: true }, { kind: 'seek-by', seconds: 1 }],
    [',', {}, { kind: 'step-frame', direction: -1 }],
    ['.', {}, { kind: 'step-frame', direction: 1 }],
    ['<', { shiftKey: true }, { kind: 'change-speed', direction: -1 }],
    ['<', {}, { kind: 'change-speed', direction: -1 }],
    ['>', { shiftKey: true }, { kind: 'change-speed', direction: 1 }],
    ['0', {}, { kind: 'seek-tenth', tenth: 0 }],
    ['9', { shiftKey: true }, { kind: 'seek-tenth', tenth: 9 }],
    ['[', {}, { kind: 'loop-start' }],
    [']', {}, { kind: 'loop-end' }],
    ['\\', {}, { kind: 'loop-off' }],
    ['n', {}, { kind: 'next-clip' }],
    ['p', {}, { kind: 'previous-clip' }],
    ['f', {}, { kind: 'toggle-fullscreen' }],
    ['m', {}, { kind: 'toggle-mute' }],
    ['?', { shiftKey: true }, { kind: 'show-keys' }],
  ];

  it.each(table)('%j with %j', (key, modifiers, action) => {
    expect(actionOfKey(press(key, modifiers))).toEqual(action);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('leaves every key alone with %s', (modifier) => {
    for (const { bindings } of KEY_TABLE) {
      for (const { key, shift } of bindings) {
        expect(actionOfKey(press(key, { shiftKey: shift ?? false, [modifier]: true }))).toBeNull();
      }
    }
  });

  it('takes a bracket that needs AltGr, which reports Ctrl and Alt', () => {
    const altGr = { ctrlKey: true, altKey: true, altGraph: true };
    expect(actionOfKey(press('[', altGr))).toEqual({ kind: 'loop-start' });
  });

  it('repeats steps and seeks while a key is held, and nothing else', () => {
    expect(actionOfKey(press('.', { repeat: true }))).toEqual({ kind: 'step-frame', direction: 1 });
    expect(actionOfKey(press('ArrowRight', { repeat: true }))).toEqual({ kind: 'seek-by', seconds: 5 });
    expect(actionOfKey(press(' ', { repeat: true }))).toBeNull();
    expect(actionOfKey(press('n', { repeat: true }))).toBeNull();
  });

  it.each(['a', 'Tab', 'Enter', 'Escape', 'ArrowUp', 'F5', 'Dead'])('has nothing for %s', (key) => {
    expect(actionOfKey(press(key))).toBeNull();
  });

  it('never binds one press twice', () => {
    const seen = new Set<string>();
    for (const { bindings } of KEY_TABLE) {
      for (const { key, shift } of bindings) {
        for (const state of shift === undefined ? [true, false] : [shift]) {
          expect(seen.has(`${key} ${state}`)).toBe(false);
          seen.add(`${key} ${state}`);
        }
      }
    }
  });
});

describe('isKeyTaken', () => {
  it.each([
    element('input'),
    element('input', { type: 'search' }),
    element('textarea'),
    element('select'),
    element('div', { isContentEditable: true }),
    element('div', { role: 'combobox' }),
    element('div', { role: 'dialog' }),
    element('div', { role: 'menu' }),
    element('div', { role: 'listbox' }),
  ])('every key inside %j', (where) => {
    expect(isKeyTaken([element('span'), where, element('body')], 'k')).toBe(true);
  });

  it('Space on a focused button or link, and only Space', () => {
    for (const where of [element('button'), element('media-play-button', { role: 'button' }), element('a')]) {
      expect(isKeyTaken([where], ' ')).toBe(true);
      expect(isKeyTaken([where], 'k')).toBe(false);
    }
  });

  it('arrows on the volume slider, not on the seek bar', () => {
    const slider = element('input', { type: 'range' });
    expect(isKeyTaken([slider, element('media-volume-range')], 'ArrowLeft')).toBe(true);
    expect(isKeyTaken([slider, element('media-time-range')], 'ArrowLeft')).toBe(false);
  });

  it('what ticks a box, or takes the next of a group of choices', () => {
    const [box, choice] = [element('input', { type: 'checkbox' }), element('input', { type: 'radio' })];
    const keys = [' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 's'];
    expect(keys.filter((key) => isKeyTaken([box], key))).toEqual([' ']);
    expect(keys.filter((key) => isKeyTaken([choice], key))).toEqual(['ArrowUp', 'ArrowDown']);
  });

  it('nothing on the page itself', () => {
    expect(isKeyTaken([element('body'), element('html')], ' ')).toBe(false);
  });
});
