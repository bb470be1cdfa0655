import { describe, expect, it } from 'vitest';
import { nhlGame } from '#lib/plays/play-files-fixture.ts';
import { checkedPlace, placeOfFile } from './place-of-file.ts';

const SEQUENCE = 'playsequence-20251011-NHL-MTLvsCHI-20252026-20031.csv';

describe('the game that a file is of', () => {
  it.each([SEQUENCE, `12_${SEQUENCE}`, SEQUENCE.replace('.csv', ' (1).csv'), SEQUENCE.replace('NHL', 'AHL East')])(
    'stands in its name: %s',
    (name) => {
      const game = { team_code: 'CHI', season: '2025-2026', game_id: '20031' };
      expect(placeOfFile(name, null, ['CHI', 'LAV'])).toEqual({ ...game, teams: ['CHI'] });
    },
  );

  it('stands in the play-by-play of the NHL, whatever its name', () => {
    const text = JSON.stringify(nhlGame());
    const game = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };
    expect(placeOfFile('game.json', text, ['MTL'])).toEqual({ ...game, teams: ['MTL'] });
    expect(placeOfFile(SEQUENCE, '{"plays": [', ['MTL'])).toEqual({ ...game, teams: ['MTL'] });
  });

  it('is asked for where it is unclear: both teams are theirs, or nothing is said', () => {
    expect(placeOfFile(SEQUENCE, null, ['ALL'])).toMatchObject({ team_code: '', teams: ['MTL', 'CHI'] });
    expect(placeOfFile('third period.xml', null, ['ALL'])).toEqual({
      ...{ team_code: '', season: '', game_id: '', teams: [] },
    });
    expect(placeOfFile('third period.xml', null, ['MTL'])).toMatchObject({ team_code: 'MTL' });
    // The file of two others' game.
    expect(placeOfFile(SEQUENCE, null, ['LAV'])).toMatchObject({ team_code: '', teams: [] });
  });

  it('is one when all of its parts are', () => {
    const game = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };
    expect(checkedPlace(game)).toEqual({ game, refused: new Set() });
    expect(checkedPlace({ team_code: '', season: '2025-2027', game_id: '20031' })).toEqual({
      ...{ game: null, refused: new Set(['team_code', 'season']) },
    });
  });
});
