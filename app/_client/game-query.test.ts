import { describe, expect, it } from 'vitest';
import { gameListInput, gamesHref, NO_GAME_FILTERS, readGameQuery } from './game-query.ts';

describe('the list of games in the URL', () => {
  it('is read and written alike', () => {
    const query = readGameQuery({ team_code: 'mtl', season: '2025-2026', opponent_code: 'CHI', q: ' oct 11 ' });
    expect(query).toEqual({ team_code: 'MTL', season: '2025-2026', opponent_code: 'CHI', q: 'oct 11' });
    expect(gamesHref(query)).toBe('/games?team_code=MTL&season=2025-2026&opponent_code=CHI&q=oct+11');
  });

  it('leaves out what would be refused', () => {
    expect(readGameQuery({ team_code: 'Montréal', season: '2025', q: ['a', 'b'] })).toEqual(NO_GAME_FILTERS);
    expect(gameListInput(NO_GAME_FILTERS)).toEqual({});
    expect(gamesHref(NO_GAME_FILTERS)).toBe('/games');
  });
});
