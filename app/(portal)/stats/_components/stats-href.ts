import { type ClipQuery, clipsHref } from '#app/_client/clip-query.ts';

/** The team and season that the whole screen is narrowed to. */
export type StatsFilter = Pick<ClipQuery['filters'], 'team_code' | 'season'>;

/** The clips behind a number: the screen's own filter, and what the number counts. */
export const behind = (filter: StatsFilter, counted: ClipQuery['filters'] = {}): string =>
  clipsHref({ filters: { ...filter, ...counted } });
