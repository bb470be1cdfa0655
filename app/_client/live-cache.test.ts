import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveCache } from './live-cache.ts';
import { queryKeys } from './query-keys.ts';

const AT = '2026-03-01T12:00:00.000Z';
const REEL = { type: 'reel.updated', reel_id: crypto.randomUUID(), occurred_at: AT } as const;
const GAME = {
  type: 'plays.changed',
  team_code: 'MTL',
  season: '2025-2026',
  game_id: '20031',
  occurred_at: AT,
} as const;

describe('what the stream tells of reels', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** How often lists of reels were asked for anew. */
  const listen = () => {
    const client = new QueryClient();
    const asked = vi.spyOn(client, 'invalidateQueries');
    const lists = () => asked.mock.calls.filter(([filters]) => filters?.queryKey === queryKeys.reelLists).length;
    return { live: new LiveCache(client), lists };
  };

  it('is heard however much is told of games', () => {
    const { live, lists } = listen();
    live.hear(GAME);
    live.hear(REEL);
    vi.runAllTimers();
    expect(lists()).toBe(1);
    live.hear(REEL);
    vi.runAllTimers();
    expect(lists()).toBe(2);
  });

  it('is gathered, and ends with the page', () => {
    const { live, lists } = listen();
    live.hear(REEL);
    live.hear(REEL);
    live.close();
    vi.runAllTimers();
    expect(lists()).toBe(0);
  });
});
