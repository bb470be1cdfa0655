import {
  parseAsFloat,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { useCallback, useMemo } from 'react';
import { inOrder } from '#app/_client/clip-query.ts';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { byGamePlayFilter, PLAY_FILTER_NAMES, type PlayFilterPatch, readPlayFilters } from '#app/_client/play-query.ts';

export const TABS = ['plays', 'rink', 'stats', 'clocks'] as const;
export type GameTab = (typeof TABS)[number];

/** How far what is played, and kept, of a play reaches before and behind it. */
export interface PlayWindow {
  leadS: number;
  lagS: number;
}

/** How far a window reaches beyond its play at most, as clips of plays do. */
export const MAX_BEYOND_S = 30;
const within = (seconds: number) => Math.min(MAX_BEYOND_S, Math.max(0, seconds));

const anyOf = parseAsNativeArrayOf(parseAsString);
const PARSERS = {
  ...byGamePlayFilter(() => anyOf),
  rink: parseAsString,
  /** Words that are looked for in the plays that are there. */
  q: parseAsString.withDefault(''),
  play: parseAsInteger,
  lead: parseAsFloat.withDefault(LEAD_S),
  lag: parseAsFloat.withDefault(LAG_S),
  tab: parseAsStringLiteral(TABS).withDefault('plays'),
};

/** The URL is the page's state: what narrows the plays, which one is looked at, how far its window reaches, the tab. */
export function useGameUrlState() {
  const [params, setParams] = useQueryStates(PARSERS, { history: 'push' });
  const { q, play, lead, lag, tab, ...named } = params;
  const key = JSON.stringify(named);
  const { filters, faults } = useMemo(() => readPlayFilters(JSON.parse(key)), [key]);
  const setFilters = useCallback(
    (patch: PlayFilterPatch) =>
      void setParams(
        Object.fromEntries(
          Object.entries(patch).map(([name, value]) => [
            name,
            value && typeof value !== 'string' ? inOrder(value) : value,
          ]),
        ),
      ),
    [setParams],
  );
  const clearFilters = useCallback(
    () => void setParams({ ...Object.fromEntries(PLAY_FILTER_NAMES.map((name) => [name, null])), q: null }),
    [setParams],
  );
  const setHere = useCallback(
    (here: { q?: string | null; play?: number | null; lead?: number; lag?: number; tab?: GameTab }) =>
      void setParams(here, { history: 'replace' }),
    [setParams],
  );
  return {
    ...{ filters, faults, words: q, playId: play, tab, setFilters, clearFilters, setHere },
    window: useMemo((): PlayWindow => ({ leadS: within(lead), lagS: within(lag) }), [lead, lag]),
  };
}
export type GameUrlState = ReturnType<typeof useGameUrlState>;
