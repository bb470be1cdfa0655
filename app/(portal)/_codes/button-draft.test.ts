import { describe, expect, it } from 'vitest';
import type { CodeButton } from '#lib/code-windows/code-window-schemas.ts';
import { buttonOfDraft, capOfKey, draftOfButton, factsOfButton, keyOfPress, moved, newDraft } from './button-draft.ts';

const SHOT: CodeButton = {
  ...{ label: 'Shot', key: 'Shift+s', color: 'red', event_type: 'shot', lead_s: 2.5, lag_s: 0, tags: ['a', 'b c'] },
  ...{ player_id: '8', player_name: null, outcome: 'failed', zone: null, strength: '5v4' },
};

describe('a button in the editor', () => {
  it('comes back as it was', () => {
    expect(buttonOfDraft(draftOfButton(SHOT, 1))).toEqual(SHOT);
  });

  it('says nothing for what is not typed', () => {
    const button = buttonOfDraft({ ...newDraft(1), lead: ' ', tags: ' , x,' });
    expect(button).toMatchObject({ label: '', key: null, event_type: '', player_id: null, lag_s: 5, tags: ['x'] });
    expect(button.lead_s).toBeNaN();
  });

  it('says its facts, and nobody else’s name beside its player', () => {
    expect(factsOfButton(SHOT)).toEqual({
      ...{ event_type: 'shot', player_id: '8', player_name: '', outcome: 'failed', strength: '5v4' },
    });
    expect(factsOfButton({ ...SHOT, player_id: null, outcome: null, strength: null })).toEqual({ event_type: 'shot' });
  });

  it('is moved within the list', () => {
    const list = [1, 2, 3].map(newDraft);
    const ids = (drafts: readonly { draftId: number }[]) => drafts.map(({ draftId }) => draftId);
    expect(ids(moved(list, 0, 1))).toEqual([2, 1, 3]);
    expect(ids(moved(list, 2, -1))).toEqual([1, 3, 2]);
    expect(ids(moved(list, 0, -1))).toEqual([1, 2, 3]);
    expect(ids(moved(list, 2, 1))).toEqual([1, 2, 3]);
  });
});

describe('a key', () => {
  it.each([
    ['s', false, 's'],
    ['S', true, 'Shift+s'],
    ['S', false, 's'],
    ['1', false, null],
    ['Enter', false, null],
    ['é', false, null],
  ])('%j with Shift %j is %j', (key, shiftKey, name) => {
    expect(keyOfPress({ key, shiftKey })).toBe(name);
  });

  it('is printed as it is pressed', () => {
    expect(['s', 'Shift+s'].map(capOfKey)).toEqual(['S', 'Shift S']);
  });
});
