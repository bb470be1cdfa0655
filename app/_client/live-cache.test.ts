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

describe('what the stream tells of notes', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const NOTE = { note_id: crypto.randomUUID(), clip_id: null, master_id: null, reel_id: null, occurred_at: AT };
  const NOTED = { ...NOTE, type: 'note.created' } as const;

  it('asks for the notes of its place alone, once for a burst', () => {
    const client = new QueryClient();
    const [reel, clip, film] = [crypto.randomUUID(), 'a-clip', crypto.randomUUID()];
    const places = { reels: reel, clips: clip, masters: film };
    const other = queryKeys.notes('clips', 'another');
    const keys = Object.entries(places).map(([kind, id]) => queryKeys.notes(kind, id));
    for (const key of [...keys, other]) client.setQueryData(key, []);
    const isStale = (key: readonly string[]) => client.getQueryState(key)?.isInvalidated;
    const asked = vi.spyOn(client, 'invalidateQueries');
    const live = new LiveCache(client);
    for (let answers = 0; answers < 3; answers++) live.hear({ ...NOTED, clip_id: clip, reel_id: reel });
    live.hear({ ...NOTED, type: 'note.updated', clip_id: clip });
    live.hear({ ...NOTED, type: 'note.deleted', master_id: film });
    vi.runAllTimers();
    expect(keys.map(isStale)).toEqual([true, true, true]);
    expect(isStale(other)).toBe(false);
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('asks for those of a reel, too, when its items may be others', () => {
    const client = new QueryClient();
    const key = queryKeys.notes('reels', REEL.reel_id);
    client.setQueryData(key, []);
    const live = new LiveCache(client);
    live.hear(REEL);
    vi.runAllTimers();
    expect(client.getQueryState(key)?.isInvalidated).toBe(true);
    live.close();
  });
});

describe('what the stream tells of films of reels', () => {
  const [REEL_ID, FILM_ID] = [crypto.randomUUID(), crypto.randomUUID()];
  const FILM = { export_id: FILM_ID, reel_id: REEL_ID, occurred_at: AT } as const;
  const key = queryKeys.reelExports(REEL_ID);
  const known = () => {
    const client = new QueryClient();
    client.setQueryData(key, [
      { id: FILM_ID, status: 'pending', progress: 0 },
      { id: 'another', status: 'ready', progress: 100 },
    ]);
    return { client, live: new LiveCache(client) };
  };

  it('shows how far one is as it is told, and asks for nothing', () => {
    const { client, live } = known();
    live.hear({ ...FILM, type: 'export.progress', status: 'processing', progress: 40 });
    expect(client.getQueryData(key)).toEqual([
      { id: FILM_ID, status: 'processing', progress: 40 },
      { id: 'another', status: 'ready', progress: 100 },
    ]);
    expect(client.getQueryState(key)?.isInvalidated).toBe(false);
  });

  it('asks for one that is ready, has failed, is gone or was not known', () => {
    for (const type of ['export.ready', 'export.failed', 'export.deleted', 'export.created'] as const) {
      const { client, live } = known();
      live.hear({ ...FILM, type, status: 'ready', progress: 100 });
      expect(client.getQueryState(key)?.isInvalidated, type).toBe(true);
    }
    const { client, live } = known();
    live.hear({ ...FILM, export_id: crypto.randomUUID(), type: 'export.progress', status: 'processing', progress: 1 });
    expect(client.getQueryState(key)?.isInvalidated).toBe(true);
  });

  it('asks after those that are being made when nobody tells', () => {
    const { client, live } = known();
    const asked = vi.spyOn(client, 'refetchQueries').mockResolvedValue();
    live.catchUp();
    const [filters] = asked.mock.calls[0] ?? [];
    const films = client.getQueryCache().find({ queryKey: key });
    expect(films && filters?.predicate?.(films)).toBe(true);
    client.setQueryData(key, [{ id: 'another', status: 'ready', progress: 100 }]);
    expect(films && filters?.predicate?.(films)).toBe(false);
  });
});
