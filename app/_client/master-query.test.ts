import { describe, expect, it } from 'vitest';
import { listMastersQuerySchema } from '#lib/masters/master-schemas.ts';
import {
  failedOf,
  masterListInput,
  masterQueryText,
  mastersHref,
  NO_MASTER_FILTERS,
  readMasterQuery,
} from './master-query.ts';

describe('the masters list in the URL', () => {
  it('reads what the API accepts, and leaves out the rest', () => {
    expect(
      readMasterQuery({ team_code: 'mtl', season: '2025-2027', game_id: '20031', status: 'ready', page: '3' }),
    ).toEqual({ team_code: 'MTL', season: '', game_id: '20031', status: 'ready', page: 3 });
    expect(readMasterQuery({ status: 'gone', page: '0', team_code: ['MTL', 'LAV'] })).toEqual(NO_MASTER_FILTERS);
  });

  it('comes back from its own address', () => {
    const query = { team_code: 'MTL', season: '2025-2026', game_id: '', status: 'failed', page: 2 } as const;
    const href = mastersHref(query);
    expect(readMasterQuery(Object.fromEntries(new URL(href, 'https://x').searchParams))).toEqual(query);
    expect(mastersHref(NO_MASTER_FILTERS)).toBe('/admin/masters');
  });

  it('asks the API for one page', () => {
    const query = { ...NO_MASTER_FILTERS, game_id: '20031', page: 3 };
    const page = { game_id: '20031', sort: 'game', deleted: 'false', limit: 50 };
    expect(listMastersQuerySchema.parse(masterListInput(query))).toEqual({
      ...page,
      status: ['uploading', 'ready'],
      offset: 100,
    });
    expect(masterQueryText(query)).toBe('game_id=20031&status=uploading&status=ready&sort=game&limit=50&offset=100');
    // Failed uploads stand aside, under the same filters.
    expect(listMastersQuerySchema.parse(masterListInput(failedOf(query)))).toEqual({
      ...page,
      status: ['failed'],
      offset: 0,
    });
  });
});
