import { describe, expect, it } from 'vitest';
import { draftOf, EMPTY_FACTS, factsOfDraft, patchOfDraft, rebaseDraft } from './fact-draft.ts';

const CLIP = {
  player_id: '8480018',
  player_name: 'Nick Suzuki',
  event_type: 'shot',
  opponent_code: 'CHI',
  game_date: '2025-10-11',
  period: 2,
  outcome: null,
  zone: 'oz',
  strength: null,
};

describe('a draft of facts', () => {
  it('holds what the clip says', () => {
    expect(draftOf(CLIP)).toMatchObject({ player_id: '8480018', period: '2', outcome: '' });
  });

  it('sends only what changed, and unsets with null', () => {
    const draft = { ...draftOf(CLIP), event_type: ' goal ', zone: '', period: '3', opponent_code: 'det' };
    expect(patchOfDraft(draft, CLIP)).toEqual({
      kind: 'patch',
      patch: { event_type: 'goal', zone: null, period: 3, opponent_code: 'DET' },
    });
  });

  it('sends nothing when nothing changed', () => {
    expect(patchOfDraft(draftOf(CLIP), CLIP)).toEqual({ kind: 'unchanged' });
  });

  it('names the fields that the API would refuse', () => {
    const draft = { ...draftOf(CLIP), player_id: ' ', opponent_code: 'CHICAGO', game_date: '2025-02-30' };
    const result = patchOfDraft(draft, CLIP);
    expect(result.kind === 'faults' && [...result.fields].sort()).toEqual(['game_date', 'opponent_code', 'player_id']);
  });

  it('leaves out what a new clip does not say', () => {
    expect(factsOfDraft({ ...EMPTY_FACTS, player_id: '14', event_type: 'hit', period: '1' })).toEqual({
      player_id: '14',
      event_type: 'hit',
      period: 1,
    });
  });
});

describe('a draft of a clip that somebody else has changed', () => {
  it('keeps what was typed, takes what was not, and tells where the two differ', () => {
    const typed = { ...draftOf(CLIP), zone: 'dz', outcome: 'failed', event_type: 'goal' };
    const theirs = { ...CLIP, zone: 'nz', period: 3, event_type: 'goal' };
    const { draft, contested } = rebaseDraft(typed, CLIP, theirs);
    expect(draft).toEqual({ ...draftOf(theirs), zone: 'dz', outcome: 'failed' });
    expect(contested).toEqual({ zone: 'nz' });
    expect(patchOfDraft(draft, theirs)).toEqual({ kind: 'patch', patch: { zone: 'dz', outcome: 'failed' } });
  });
});
