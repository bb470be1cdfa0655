import { describe, expect, it } from 'vitest';
import { frameRateOf } from '#app/_client/timecode.ts';
import { EMPTY_FACTS } from '#app/(portal)/watch/_components/fact-draft.ts';
import { cutRequest, draftForMaster, formFieldOf, rangeOfDraft } from './cut-draft.ts';

const MASTER = {
  id: '7ad49cfa-f211-4cf2-b42c-4f841d169a38',
  filename: 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4',
  team_code: 'MTL',
  season: '2025-2026',
  game_id: '20031',
  period: null,
  duration_s: 60,
  gaps: [],
};
const rate = frameRateOf(25);
const draft = draftForMaster(MASTER, EMPTY_FACTS);
const facts = { ...draft.facts, player_id: '8480018', event_type: 'shot' };

describe('draftForMaster', () => {
  it('fills in what the name says', () => {
    expect(draft.facts).toMatchObject({ opponent_code: 'CHI', game_date: '2025-10-11', period: '1' });
  });

  it('finds the other team, whichever comes first', () => {
    expect(draftForMaster({ ...MASTER, team_code: 'CHI' }, EMPTY_FACTS).facts.opponent_code).toBe('MTL');
    expect(draftForMaster({ ...MASTER, team_code: 'LAV' }, EMPTY_FACTS).facts.opponent_code).toBe('');
  });

  it('believes the master over its name', () => {
    expect(draftForMaster({ ...MASTER, period: 3 }, EMPTY_FACTS).facts.period).toBe('3');
  });
});

describe('cutRequest', () => {
  it('makes the body from timecodes and seconds', () => {
    const { body } = cutRequest(
      { ...draft, facts, start: '00:00:10:05', end: '18,2', tags: 'rush, , top six' },
      MASTER,
      rate,
    );
    expect(body).toEqual({
      master_id: MASTER.id,
      team_code: 'MTL',
      season: '2025-2026',
      game_id: '20031',
      start_timecode_s: 10.2,
      end_timecode_s: 18.2,
      player_id: '8480018',
      event_type: 'shot',
      opponent_code: 'CHI',
      game_date: '2025-10-11',
      period: 1,
      tags: ['rush', 'top six'],
      cut: 'now',
    });
  });

  it('names every field that is in the way at once', () => {
    const { faults } = cutRequest({ ...draft, start: '00:00:10:25', end: '', tags: 'x'.repeat(101) }, MASTER, rate);
    expect(faults).toEqual({
      start: 'timecode',
      end: 'timecode',
      player_id: 'refused',
      event_type: 'refused',
      tags: 'tags',
    });
  });

  it.each([
    ['20', '10', 'end_before_start'],
    ['50', '61', 'beyond_master'],
  ])('from %s to %s is %s', (start, end, fault) => {
    expect(cutRequest({ ...draft, facts, start, end }, MASTER, rate).faults).toEqual({ end: fault });
  });
});

it('tells the range while one types', () => {
  expect(rangeOfDraft({ ...draft, start: '10', end: '18' }, rate)).toEqual({ startS: 10, endS: 18 });
  expect(rangeOfDraft({ ...draft, start: '18', end: '10' }, rate)).toBeNull();
  expect(rangeOfDraft({ ...draft, start: 'x', end: '10' }, rate)).toBeNull();
});

it('finds the field of an API path', () => {
  expect(['start_timecode_s', 'tags.3', 'player_id'].map(formFieldOf)).toEqual(['start', 'tags', 'player_id']);
});
