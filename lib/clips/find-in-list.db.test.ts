import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, clipRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { getStatsBreakdown, getStatsOverview } from '#lib/stats/get-stats.ts';
import { clipFacetsSchema } from './clip-filter-schemas.ts';
import { findNeighbours } from './find-neighbours.ts';
import { listFacets } from './list-facets.ts';

let portal: PortalFixture;
const day = (text: string) => new Date(text);
beforeAll(async () => {
  portal = await portalFixture();
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  const rows = [
    {
      clipId: 'a',
      eventType: 'goal',
      playerId: '1',
      playerName: 'Nick',
      gameDate: day('2025-10-11'),
      opponentCode: 'CHI',
    },
    { clipId: 'b', eventType: 'goal', playerId: '2', processingStatus: 'failed' },
    { clipId: 'c', eventType: 'shot', playerId: '1', processingStatus: null },
    { clipId: 'd', eventType: 'shot', playerId: '2', teamCode: 'TOR', gameDate: day('2025-10-11') },
    { clipId: 'e', eventType: 'save', playerId: '9', teamCode: 'CHI', gameId: '20032' },
  ];
  await portal.db.clip.createMany({ data: rows.map((row, k) => clipRow({ ...row, createdAt: at(k) })) });
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'a' } });
  await portal.db.clipTag.createMany({ data: ['x', 'y'].map((tag) => ({ clipId: id, tag })) });
});
afterAll(() => portal.close());

const ADMIN = caller('admin');
const MONTREAL = caller('coach', { teamAccess: ['MTL'] });
const NICK = caller('player', { playerId: '1', teamAccess: ['MTL', 'TOR'] });

describe('facets', () => {
  const counts = async (filter: object, user = ADMIN) => {
    const { capped, ...facets } = clipFacetsSchema.parse(await listFacets(portal.deps, user, filter));
    expect(capped).toBe(false);
    return Object.fromEntries(
      Object.entries(facets).map(([field, values]) => [
        field,
        Object.fromEntries(values.map(({ value, count }) => [value, count])),
      ]),
    );
  };

  it('count each value in the caller’s reach', async () => {
    expect(await counts({})).toMatchObject({
      event_type: { goal: 2, shot: 2, save: 1 },
      team_code: { MTL: 3, TOR: 1, CHI: 1 },
      player_id: { 1: 2, 2: 2, 9: 1 },
      status: { ready: 3, failed: 1, pending: 1 },
      tag: { x: 1, y: 1 },
      opponent_code: { CHI: 1 },
      zone: {},
    });
    expect(await counts({}, MONTREAL)).toMatchObject({ team_code: { MTL: 3 }, event_type: { goal: 2, shot: 1 } });
    expect(await counts({}, NICK)).toMatchObject({
      player_id: { 1: 2 },
      event_type: { goal: 1, shot: 1 },
      tag: { x: 1, y: 1 },
    });
  });

  it('are counted under all other filters, not under their own', async () => {
    expect(await counts({ event_type: ['goal'] })).toMatchObject({
      event_type: { goal: 2, shot: 2, save: 1 },
      team_code: { MTL: 2 },
      player_id: { 1: 1, 2: 1 },
    });
    expect(await counts({ event_type: ['goal'], team_code: ['MTL'], tag: ['x'] })).toMatchObject({
      event_type: { goal: 1 },
      team_code: { MTL: 1 },
      tag: { x: 1, y: 1 },
    });
  });

  it('have the labels that people read, and cost one statement', async () => {
    const statements = await portal.statementsOf(async (deps) => {
      const facets = await listFacets(deps, MONTREAL, {});
      expect(facets.player_id).toContainEqual({ value: '1', label: 'Nick', count: 2 });
      expect(facets.player_id).toContainEqual({ value: '2', label: null, count: 1 });
      expect(facets.game_id).toEqual([{ value: '20031', label: '2025-10-11 · MTL–CHI', count: 3 }]);
    });
    expect(statements).toHaveLength(1);
  });
});

describe('neighbours', () => {
  const around = (clipId: string, list: object = {}, user = ADMIN) =>
    findNeighbours(portal.deps, user, clipId, { sort: '-created_at', ...list });

  it('are the ones of the list that the viewer came from', async () => {
    expect(await around('c')).toEqual({ previous: 'd', next: 'b', position: 3, total: 5 });
    expect(await around('e')).toEqual({ previous: null, next: 'd', position: 1, total: 5 });
    expect(await around('a')).toEqual({ previous: 'b', next: null, position: 5, total: 5 });
    expect(await around('c', { sort: 'created_at' })).toEqual({ previous: 'b', next: 'd', position: 3, total: 5 });
    // By game: those of 11 October, then those without a date, each game from its beginning.
    expect(await around('d', { sort: 'game' })).toEqual({ previous: 'a', next: 'b', position: 2, total: 5 });
    expect(await around('c', { event_type: ['shot'] })).toEqual({ previous: 'd', next: null, position: 2, total: 2 });
  });

  it('are in the caller’s reach', async () => {
    expect(await around('c', {}, NICK)).toEqual({ previous: null, next: 'a', position: 1, total: 2 });
    expect(await around('d', {}, MONTREAL)).toEqual({ previous: null, next: null, position: null, total: 0 });
    expect(await around('nowhere')).toEqual({ previous: null, next: null, position: null, total: 0 });
  });
});

describe('statistics', () => {
  it('count every status and the top events, in the caller’s reach', async () => {
    expect(await getStatsOverview(portal.deps, ADMIN, {})).toEqual({
      total_clips: 5,
      by_status: { pending: 1, processing: 0, ready: 3, failed: 1 },
      top_event_types: { goal: 2, shot: 2, save: 1 },
    });
    expect(await getStatsOverview(portal.deps, NICK, {})).toEqual({
      total_clips: 2,
      by_status: { pending: 1, processing: 0, ready: 1, failed: 0 },
      top_event_types: { goal: 1, shot: 1 },
    });
    expect(await getStatsOverview(portal.deps, caller('scout', { teamAccess: [] }), {})).toMatchObject({
      total_clips: 0,
    });
    expect(await getStatsOverview(portal.deps, ADMIN, { status: ['pending'] })).toMatchObject({ total_clips: 1 });
  });

  it('name ten events at most', async () => {
    const many = await portalFixture();
    const rows = Array.from({ length: 12 }, (_, k) =>
      Array.from({ length: 12 - k }, () => clipRow({ eventType: `event-${k}` })),
    );
    await many.db.clip.createMany({ data: rows.flat() });
    const { top_event_types: top, total_clips: total } = await getStatsOverview(many.deps, ADMIN, {});
    expect(total).toBe(78);
    expect(Object.entries(top)).toEqual(Array.from({ length: 10 }, (_, k) => [`event-${k}`, 12 - k]));
    await many.close();
  });

  it('break down by player, game and date, in the caller’s reach', async () => {
    expect(await getStatsBreakdown(portal.deps, MONTREAL, {})).toEqual({
      by_player: [
        { player_id: '1', player_name: 'Nick', count: 2 },
        { player_id: '2', player_name: null, count: 1 },
      ],
      by_game: [{ game_id: '20031', game_date: '2025-10-11', team_code: 'MTL', opponent_code: 'CHI', count: 3 }],
      by_game_date: [{ date: '2025-10-11', count: 1 }],
    });
    expect(await getStatsBreakdown(portal.deps, caller('scout', { teamAccess: [] }), {})).toEqual({
      by_player: [],
      by_game: [],
      by_game_date: [],
    });
  });
});
