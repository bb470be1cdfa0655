/** Which reels are listed. */
export const REEL_VIEWS = ['for_me', 'mine', 'all'] as const;
export type ReelView = (typeof REEL_VIEWS)[number];

/** The list as its address has it. */
export interface ReelQuery {
  view: ReelView;
  q: string;
}

/** Reads the address. @param first the view without a word in it. */
export function readReelQuery(search: Record<string, string | string[] | undefined>, first: ReelView): ReelQuery {
  const only = (name: string) => [search[name] ?? ''].flat()[0] ?? '';
  const view = REEL_VIEWS.find((known) => known === only('view')) ?? first;
  return { view, q: only('q').trim().slice(0, 200) };
}

/** What the API is asked for. */
export function reelListInput({ view, q }: ReelQuery): Record<string, string> {
  return {
    ...(view === 'for_me' ? { for_me: 'true' } : view === 'mine' ? { mine: 'true' } : {}),
    ...(q === '' ? {} : { q }),
  };
}

export const reelsHref = ({ view, q }: ReelQuery): string =>
  `/reels?${new URLSearchParams({ view, ...(q === '' ? {} : { q }) })}`;

export const reelHref = (id: string): string => `/reels/${id}`;
