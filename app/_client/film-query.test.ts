import { expect, it } from 'vitest';
import { filmListInput, filmsHref, isFiltered, NO_FILM_FILTERS, readFilmQuery } from './film-query.ts';

it('reads what a list may be narrowed by, and leaves out the rest', () => {
  const query = readFilmQuery({ team_code: ' mtl ', season: '2025-2026', game_id: '20031', cursor: 'abc', page: '2' });
  expect(query).toEqual({ team_code: 'MTL', season: '2025-2026', game_id: '20031', cursor: 'abc' });
  expect(readFilmQuery({ team_code: 'M', season: '2025', game_id: '../1', cursor: ['a', 'b'] })).toEqual(
    NO_FILM_FILTERS,
  );
});

it('writes it as an address', () => {
  expect(filmsHref(NO_FILM_FILTERS)).toBe('/masters');
  const query = { ...NO_FILM_FILTERS, season: '2025-2026', cursor: 'a.b' };
  expect(filmsHref(query)).toBe('/masters?season=2025-2026&cursor=a.b');
  expect(filmListInput(query)).toEqual({ season: '2025-2026', cursor: 'a.b' });
  expect([query, { ...query, season: '' }].map(isFiltered)).toEqual([true, false]);
});
