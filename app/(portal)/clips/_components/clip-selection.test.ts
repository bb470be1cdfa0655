import { describe, expect, it } from 'vitest';
import { extendTo, NOTHING_SELECTED, type Selection, toggleClip, toggleLoaded } from './clip-selection.ts';

const LOADED = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: Selection) => [...selection.ids].sort().join('');
const ticked = (...some: string[]) => some.reduce((old, id) => toggleClip(old, LOADED, id), NOTHING_SELECTED);

describe('a selection', () => {
  it('ticks and unticks', () => {
    expect(ids(ticked('a', 'c', 'a'))).toBe('c');
  });

  it('reaches with Shift from the clip that was ticked last, either way', () => {
    expect(ids(extendTo(ticked('d'), LOADED, 'b'))).toBe('bcd');
    expect(ids(extendTo(ticked('b'), LOADED, 'd'))).toBe('bcd');
    expect(ids(extendTo(extendTo(ticked('a'), LOADED, 'b'), LOADED, 'd'))).toBe('abcd');
  });

  it('unticks a range from a clip that was unticked', () => {
    const unticked = toggleClip(toggleLoaded(NOTHING_SELECTED, LOADED), LOADED, 'b');
    expect(ids(extendTo(unticked, LOADED, 'd'))).toBe('ae');
  });

  it('is one clip with Shift where there is nothing to start from', () => {
    expect(ids(extendTo(NOTHING_SELECTED, LOADED, 'c'))).toBe('c');
    expect(ids(extendTo(ticked('c'), ['x', 'y'], 'y'))).toBe('cy');
  });

  it('of all that is loaded goes on and off; of everything leaves the others when one is unticked', () => {
    expect(ids(toggleLoaded(ticked('b'), LOADED))).toBe('abcde');
    expect(ids(toggleLoaded(toggleLoaded(ticked('b'), LOADED), LOADED))).toBe('');
    const rest = toggleClip({ ...NOTHING_SELECTED, everything: true }, LOADED, 'b');
    expect([ids(rest), rest.everything]).toEqual(['acde', false]);
  });
});
