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
import { byGamePlayFilter, PLAY_FILTER_NAMES, type PlayFilterPatch, readPlayFilters } from '#app/_client/play-query.ts';
import { type AskedLeadLag, MAX_BESIDE_S } from '#lib/plays/lead-lag-schemas.ts';
import type { PlayWindow } from './play-window.ts';

export const TABS = ['plays', 'rink', 'stats', 'notes', 'clocks'] as const;
export type GameTab = (typeof TABS)[number];

const within = (seconds: number) => Math.min(MAX_BESIDE_S, Math.max(0, seconds));

const anyOf = parseAsNativeArrayOf(parseAsString);
const PARSERS = {
  ...byGamePlayFilter(() => anyOf),
  rink: parseAsString,
  /** Words that are looked for in the plays that are there. */
  q: parseAsString.withDefault(''),
  play: parseAsInteger,
  lead: parseAsFloat,
  lag: parseAsFloat,
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
    (here: { q?: string | null; play?: number | null; lead?: number | null; lag?: number | null; tab?: GameTab }) =>
      void setParams(here, { history: 'replace' }),
    [setParams],
  );
  return {
    ...{ filters, faults, words: q, playId: play, tab, setFilters, clearFilters, setHere },
    /** The window that somebody has set for all plays; what is left out, their kinds say. */
    asked: useMemo(
      (): AskedLeadLag => ({
        ...(lead === null ? {} : { lead_s: within(lead) }),
        ...(lag === null ? {} : { lag_s: within(lag) }),
      }),
      [lead, lag],
    ),
  };
}
/** With the window of the play that is looked at. */
export type GameUrlState = ReturnType<typeof useGameUrlState> & { window: PlayWindow };
