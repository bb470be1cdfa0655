import { expect, it } from 'vitest';
import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { groupByGame } from './game-groups.ts';

const master = (filename: string, game_id: string, team_code = 'MTL') =>
  ({ filename, game_id, team_code, season: '2025-2026' }) as MasterJson;

it('puts the masters of a game together in the order of the list, and names it by what their names say', () => {
  const groups = groupByGame([
    master('rink.mp4', '20031'),
    master('p2-20251011-MTLvsCHI.mp4', '20031'),
    master('p1.mp4', '20040'),
    master('p3-20251011-MTLvsCHI.mp4', '20031'),
    master('p1-20251011-MTLvsCHI.mp4', '20031', 'CHI'),
    master('p1-20251012-TORvsBOS.mp4', '20050'),
  ]);
  const told = groups.map(({ team, gameId, opponent, gameDate, masters }) => [
    `${team} ${gameId}`,
    opponent,
    gameDate,
    masters.map(({ filename }) => filename.slice(0, 2)).join(' '),
  ]);
  expect(told).toEqual([
    ['MTL 20031', 'CHI', '2025-10-11', 'ri p2 p3'],
    ['MTL 20040', null, null, 'p1'],
    ['CHI 20031', 'MTL', '2025-10-11', 'p1'],
    // A name that speaks of two other teams says nothing of the opponent.
    ['MTL 20050', null, '2025-10-12', 'p1'],
  ]);
});
