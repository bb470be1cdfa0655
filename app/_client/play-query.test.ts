import { describe, expect, it } from 'vitest';
import { gameHref } from './game-href.ts';
import { gamePlaysText, playFilterText, readPlayFilters } from './play-query.ts';

const GAME = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };

describe('filters of plays in the URL', () => {
  it('are read by the API’s own rules, in one order, each value once', () => {
    const params = { name: ['shot', 'goal', 'shot'], period: '2', rink: '69,-17,89,17', kind: 'shift', q: 'x' };
    expect(readPlayFilters(params)).toEqual({
      filters: { name: ['goal', 'shot'], period: ['2'], rink: '69,-17,89,17', kind: ['shift'] },
      faults: [],
    });
  });

  it('say what cannot be read, and leave it out', () => {
    const params = { period: ['1', 'ninth'], rink: '1,2,3', kind: 'goal', zone: '' };
    expect(readPlayFilters(params)).toEqual({ filters: { period: ['1'] }, faults: ['kind', 'period', 'rink'] });
    expect(readPlayFilters({ rink: ['1,2,3,4', '5,6,7,8'] })).toEqual({ filters: {}, faults: ['rink'] });
  });

  it('are written as they are read', () => {
    const { filters } = readPlayFilters({ zone: ['oz', 'dz'], name: 'shot', rink: '1,2,3,4' });
    const text = playFilterText(filters);
    expect(text).toBe('name=shot&zone=dz&zone=oz&rink=1%2C2%2C3%2C4');
    expect(gamePlaysText(GAME, filters)).toBe(`team_code=MTL&season=2025-2026&game_id=20031&kind=event&${text}`);
    expect(gamePlaysText(GAME, { kind: ['shift'] })).toContain('&kind=shift');
    expect(gameHref(GAME, text)).toBe(`/games/MTL/2025-2026/20031?${text}`);
    expect(gameHref(GAME)).toBe('/games/MTL/2025-2026/20031');
  });
});
