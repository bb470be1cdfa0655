import type { UserContext } from '#lib/auth/user-context.ts';
import type { ClipFilter } from '#lib/clips/clip-filter-schemas.ts';
import { selectClip, selectClipPage } from '#lib/clips/clip-repo.ts';
import { selectFacets } from '#lib/clips/facet-repo.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import { selectOverview } from '#lib/stats/stats-repo.ts';
import type { Reference } from './api-reference.ts';

export const EVERYTHING: UserContext = {
  ...{ userId: '', role: 'admin', name: 'Bench', teamAccess: ['ALL'], preferences: {} },
};

const page = (tx: DbOrTx, limit: number, filter: ClipFilter = {}) => {
  const include = { assets: true, tags: true };
  return selectClipPage(tx, EVERYTHING, { filter, sort: '-created_at', limit, offset: 0, after: null, include });
};

/** One call of the API, what stands behind it, and what is expected of it at one client over the most clips. */
export interface MeasuredCall {
  name: string;
  path: string;
  /** The repository function behind it. */
  sql(tx: DbOrTx): Promise<unknown>;
  /** The same rows by the shortest way. */
  reference?(by: Reference): Promise<void>;
  /** Beside it a request is sent that reads nothing. */
  besideTrivial?: true;
  atMostMs?: number;
  /** How many times what the reference takes. */
  atMostReferences?: number;
}

export const MEASURED_CALLS: readonly MeasuredCall[] = [
  { name: 'list of 24', path: '/clips?limit=24', sql: (tx) => page(tx, 24) },
  {
    name: 'list of 100',
    path: '/clips?limit=100',
    sql: (tx) => page(tx, 100),
    reference: (by) => by.page(100),
    atMostReferences: 4,
  },
  {
    name: 'list of one event',
    path: '/clips?limit=100&event_type=event-7',
    sql: (tx) => page(tx, 100, { event_type: ['event-7'] }),
  },
  {
    name: 'one clip',
    path: '/clips/bench-5000',
    sql: (tx) => selectClip(tx, EVERYTHING, 'bench-5000', { assets: true, slices: true, tags: true, indexes: false }),
    reference: (by) => by.one('bench-5000'),
    besideTrivial: true,
  },
  { name: 'stats', path: '/clips/stats/overview', sql: (tx) => selectOverview(tx, EVERYTHING, {}), atMostMs: 5 },
  { name: 'facets', path: '/clips/facets', sql: (tx) => selectFacets(tx, EVERYTHING, {}), atMostMs: 5 },
  {
    name: 'facets of one event',
    path: '/clips/facets?event_type=event-7',
    sql: (tx) => selectFacets(tx, EVERYTHING, { event_type: ['event-7'] }),
    atMostMs: 30,
  },
  { name: 'search', path: '/clips?limit=24&q=player+7', sql: (tx) => page(tx, 24, { q: 'player 7' }) },
  { name: 'search with a slip', path: '/clips?limit=24&q=plyaer+7', sql: (tx) => page(tx, 24, { q: 'plyaer 7' }) },
  {
    name: 'search in a team',
    path: '/clips?limit=24&q=player+7&team_code=MTL',
    sql: (tx) => page(tx, 24, { q: 'player 7', team_code: ['MTL'] }),
  },
];
