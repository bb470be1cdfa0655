import { describe, expect, it } from 'vitest';
import { createCodeWindowSchema, MAX_BUTTONS } from './code-window-schemas.ts';

const BUTTON = { label: 'Shot', event_type: 'shot', lead_s: 3, lag_s: 5 };
const faultsOf = (...buttons: object[]) => {
  const { error } = createCodeWindowSchema.safeParse({ team_code: 'MTL', name: 'x', buttons });
  return error?.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`) ?? [];
};

describe('the buttons of a code window', () => {
  it('have a label and a key of their own', () => {
    const other = { ...BUTTON, label: 'Goal' };
    expect(faultsOf({ ...BUTTON, key: 'h' }, { ...other, key: 'Shift+h' })).toEqual([]);
    expect(faultsOf({ ...BUTTON, key: null }, other)).toEqual([]);
    expect(faultsOf(BUTTON, BUTTON)).toEqual(['1.label: Another button has this name.']);
    expect(faultsOf({ ...BUTTON, key: 'h' }, { ...other, key: 'h' })).toEqual(['1.key: Another button has this key.']);
  });

  it.each(['k', 'u', 'Shift+j', 'x', 'c', 's'])('do not take %s from the player and the pages', (key) => {
    expect(faultsOf({ ...BUTTON, key })).toEqual(['0.key: The player or its page has this key already.']);
  });

  it.each(['', 'S', '1', 'Enter', 'Ctrl+s', 'é', ' '])('have no key %j', (key) => {
    expect(faultsOf({ ...BUTTON, key })).toEqual([
      '0.key: A key is one letter, a to z, with or without Shift+ in front.',
    ]);
  });

  it.each([
    [{ lead_s: -1 }, '0.lead_s'],
    [{ lag_s: 31 }, '0.lag_s'],
    [{ lead_s: 0, lag_s: 0 }, '0.lag_s'],
    [{ label: 'x'.repeat(41) }, '0.label'],
    [{ label: '  ' }, '0.label'],
    [{ event_type: undefined }, '0.event_type'],
    [{ color: 'mauve' }, '0.color'],
    [{ tags: ['x'.repeat(101)] }, '0.tags.0'],
    [{ sound: 'on' }, '0'],
  ])('are refused with %j', (change, at) => {
    expect(faultsOf({ ...BUTTON, ...change }).map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([at]);
  });

  it(`are 1 to ${MAX_BUTTONS}`, () => {
    const buttons = (count: number) => Array.from({ length: count }, (_, index) => ({ ...BUTTON, label: `${index}` }));
    expect(faultsOf(...buttons(MAX_BUTTONS))).toEqual([]);
    expect(faultsOf(...buttons(MAX_BUTTONS + 1))).toHaveLength(1);
    expect(faultsOf()).toEqual([': A window has at least one button.']);
  });
});
