import { describe, expect, it } from 'vitest';
import { KEY_TABLE } from '#app/(portal)/watch/_components/player-keys.ts';
import { RESERVED_KEYS } from '#lib/code-windows/code-window-schemas.ts';
import { fileName, fileText, readCodeFile } from './code-file.ts';
import { defaultButtons } from './default-buttons.ts';

const WINDOW = { name: 'Power play / ours', buttons: defaultButtons((event) => event) };
const changed = (change: (file: { buttons: Record<string, unknown>[] }) => void): string => {
  const file = JSON.parse(fileText(WINDOW));
  change(file);
  return JSON.stringify(file);
};

describe('a file of a code window', () => {
  it('is read back the same, whose it was left out', () => {
    expect(readCodeFile(fileText({ ...WINDOW, ...{ id: 'x', team_code: 'MTL' } }))).toEqual({
      kind: 'read',
      file: { format: 'heartbeat-code-window', version: 1, ...WINDOW },
    });
    expect(readCodeFile(`\uFEFF${fileText(WINDOW)}`).kind).toBe('read');
    expect(fileName(WINDOW)).toBe('Power play _ ours.json');
  });

  it.each(['', '{', 'label,key', ' '.repeat(1024 * 1024 + 1)])('is refused when it is no JSON', (text) => {
    expect(readCodeFile(text)).toEqual({ kind: 'no-json' });
  });

  it('says which button is wrong, and in what', () => {
    const text = changed(({ buttons: [first = {}, second = {}, third = {}] }) => {
      first.key = 'u';
      second.lead_s = 31;
      second.sound = 'on';
      third.label = first.label;
    });
    const read = readCodeFile(text);
    expect(read.kind === 'faults' && read.faults).toEqual([
      { button: 0, field: 'key' },
      { button: 1, field: 'lead_s' },
      { button: 1, field: 'unknown' },
      { button: 2, field: 'label' },
    ]);
    expect(read.kind === 'faults' && read.labels.slice(0, 3)).toEqual(['shot', 'chance', 'shot']);
  });

  it.each<[unknown, string[]]>([
    [{ format: 'timeline' }, ['format']],
    [{ version: 2 }, ['version']],
    [{ name: '' }, ['name']],
    [{ buttons: [] }, ['buttons']],
    [{ buttons: 'x' }, ['buttons']],
    [{ more: 1 }, ['unknown']],
  ])('with %j is none', (change, fields) => {
    const read = readCodeFile(JSON.stringify({ ...JSON.parse(fileText(WINDOW)), ...(change as object) }));
    expect(read.kind === 'faults' && read.faults.map(({ field }) => field)).toEqual(fields);
  });

  it.each(['[]', 'null', '"x"'])('is not %s', (text) => {
    expect(readCodeFile(text).kind).toBe('faults');
  });
});

describe('the keys of buttons', () => {
  it('are none that the player has', () => {
    const letters = KEY_TABLE.flatMap(({ bindings }) => bindings)
      .filter(({ key }) => /^[a-z]$/.test(key))
      .flatMap(({ key, shift }) => [...(shift ? [] : [key]), ...(shift === false ? [] : [`Shift+${key}`])]);
    expect(letters.length).toBeGreaterThan(5);
    expect(letters.filter((key) => !RESERVED_KEYS.has(key))).toEqual([]);
  });
});
