import { describe, expect, it } from 'vitest';
import { FILTER_NAMES, listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { readQuery } from '#lib/http/read-input.ts';
import { clipHref, clipQueryText, clipsHref, filterText, oneFilter, readClipQuery } from './clip-query.ts';

describe('readClipQuery', () => {
  it('reads every filter and the order, and leaves other parameters alone', () => {
    const { query, faults } = readClipQuery({
      event_type: 'pass',
      period: '2',
      date_from: '2025-10-01',
      sort: 'game_date',
      view: 'table',
      utm_source: 'mail',
    });
    expect(query).toEqual({
      filters: { event_type: ['pass'], period: ['2'], date_from: '2025-10-01' },
      sort: 'game_date',
    });
    expect(faults).toEqual([]);
  });

  it.each([
    ['period', 'abc'],
    ['period', '0'],
    ['season', '2025-2027'],
    ['date_from', '2025-02-30'],
    ['status', 'done'],
    ['sort', 'player_name'],
    ['team_code', 'M'],
    ['q', 'a\u202Eb'],
    ['q', 'x'.repeat(201)],
    ['master_id', '1'],
  ])('names %s=%s as a fault and goes on without it', (name, value) => {
    const { query, faults } = readClipQuery({ [name]: value, event_type: 'pass' });
    expect(faults).toEqual([name]);
    expect(query).toEqual({ filters: { event_type: ['pass'] }, sort: '-created_at' });
  });

  it('drops an end before its beginning', () => {
    const { query, faults } = readClipQuery({ date_from: '2025-10-11', date_to: '2025-10-10' });
    expect(query.filters).toEqual({ date_from: '2025-10-11' });
    expect(faults).toEqual(['date_to']);
  });

  it('takes several values of the filters that mean "any of", each once and in one order', () => {
    const { query, faults } = readClipQuery({ event_type: ['shot', 'goal', '', 'shot'], period: ['3', '1'] });
    expect(query.filters).toEqual({ event_type: ['goal', 'shot'], period: ['1', '3'] });
    expect(faults).toEqual([]);
  });

  it('names a filter of which one value cannot be read, and keeps the others', () => {
    const { query, faults } = readClipQuery({ status: ['ready', 'done', 'failed'] });
    expect(query.filters).toEqual({ status: ['failed', 'ready'] });
    expect(faults).toEqual(['status']);
  });

  it('goes on without a filter that has more values than the API takes', () => {
    const { query, faults } = readClipQuery({ tag: Array.from({ length: 51 }, (_, n) => `tag ${n}`) });
    expect(query.filters).toEqual({});
    expect(faults).toEqual(['tag']);
  });

  it('refuses any other parameter given twice, and takes empty ones as not given', () => {
    const { query, faults } = readClipQuery({
      q: ['one', 'two'],
      date_from: ['2025-10-01', '2025-10-02'],
      sort: ['game_date', '-game_date'],
      zone: '',
      tag: null,
      master_id: [''],
    });
    expect(query).toEqual({ filters: {}, sort: '-created_at' });
    expect(faults).toEqual(['date_from', 'q', 'sort']);
  });

  it('takes any word for a word', () => {
    expect(readClipQuery({ q: ['several'] }).query.filters).toEqual({ q: 'several' });
  });
});

describe('clipQueryText', () => {
  it('is the same for the same list, whatever the order of the parameters', () => {
    const one = readClipQuery({ zone: 'oz', player_id: '8480018', q: 'à côté & plus' }).query;
    const two = readClipQuery({ q: 'à côté & plus', player_id: '8480018', zone: 'oz', sort: '-created_at' }).query;
    expect(clipQueryText(one)).toBe(clipQueryText(two));
  });

  it('repeats a parameter for each value, in the same order whatever was chosen first', () => {
    expect(clipQueryText({ filters: { event_type: ['shot', 'goal'] }, sort: '-created_at' })).toBe(
      'event_type=goal&event_type=shot',
    );
    expect(clipQueryText({ filters: { event_type: [], zone: ['oz'] }, sort: '-created_at' })).toBe('zone=oz');
  });

  it('comes back as it was written', () => {
    const { query } = readClipQuery({ q: 'a=b&c#d?', tag: ['power-play entry', 'a&b=c'], sort: 'created_at' });
    const params = new URLSearchParams(clipQueryText(query));
    expect(readClipQuery({ q: params.get('q'), tag: params.getAll('tag'), sort: params.get('sort') }).query).toEqual(
      query,
    );
  });

  it('is a query that the API accepts, for every filter', () => {
    const values = {
      ...Object.fromEntries(FILTER_NAMES.map((name) => [name, 'words'])),
      team_code: 'MTL',
      game_id: '20031',
      season: '2025-2026',
      date_from: '2025-10-01',
      date_to: '2025-10-31',
      period: '4',
      status: 'ready',
      master_id: '0198c1a2-7b7e-7c3f-8a55-3d2f1c0b9a87',
    };
    const { query, faults } = readClipQuery({ ...values, sort: '-game_date' });
    expect(faults).toEqual([]);
    const url = new URL(`http://localhost/api/v2/clips?${clipQueryText(query)}`);
    expect(() => readQuery(listClipsQuerySchema, url)).not.toThrow();
    expect([...url.searchParams.keys()].sort()).toEqual([...FILTER_NAMES, 'sort'].sort());
  });
});

describe('links', () => {
  it('lead to the list and to a clip of the list', () => {
    expect(clipsHref({})).toBe('/clips');
    expect(clipsHref({ filters: { event_type: ['zone entry'] } })).toBe('/clips?event_type=zone+entry');
    expect(clipHref('mtl-20031-p1-0007', { filters: {}, sort: '-created_at' })).toBe('/clips/mtl-20031-p1-0007');
    expect(clipHref('c1', { filters: { period: ['1'] }, sort: 'game_date' })).toBe('/clips/c1?period=1&sort=game_date');
  });

  it('narrow by one value', () => {
    expect(clipsHref({ filters: oneFilter('zone', 'oz') })).toBe('/clips?zone=oz');
    expect(clipsHref({ filters: oneFilter('master_id', 'x') })).toBe('/clips?master_id=x');
  });

  it('ask for facets by the filters alone', () => {
    expect(filterText({ period: ['3', '1'] })).toBe('period=1&period=3');
  });
});
