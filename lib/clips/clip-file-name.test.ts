import { describe, expect, it } from 'vitest';
import { clipFileName } from './clip-file-name.ts';

const CLIP = {
  gameDate: '2025-10-11',
  gameId: '20031',
  teamCode: 'MTL',
  opponentCode: 'CHI',
  period: 2,
  startTimecodeS: 754.9,
  eventType: 'zone_entry',
  playerName: 'Nick Suzuki',
  playerId: '8480018',
};

describe('clipFileName', () => {
  it('says which game, when, what and who', () => {
    expect(clipFileName(CLIP)).toBe('2025-10-11 MTL-CHI P2 12m34s Zone entry Nick Suzuki.mp4');
  });

  it.each([
    [{ gameDate: null, opponentCode: null, period: null }, 'Game 20031 MTL 12m34s Zone entry Nick Suzuki.mp4'],
    [{ playerName: null }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Player 8480018.mp4'],
    [{ period: 4 }, '2025-10-11 MTL-CHI OT 12m34s Zone entry Nick Suzuki.mp4'],
    [{ period: 5, startTimecodeS: 3725 }, '2025-10-11 MTL-CHI 2OT 1h02m05s Zone entry Nick Suzuki.mp4'],
    [{ startTimecodeS: 0 }, '2025-10-11 MTL-CHI P2 00m00s Zone entry Nick Suzuki.mp4'],
    [{ eventType: 'zoneEntry' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Nick Suzuki.mp4'],
    [{ eventType: 'controlledentry' }, '2025-10-11 MTL-CHI P2 12m34s Controlledentry Nick Suzuki.mp4'],
    [{ playerName: 'Élie Béliveau' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Élie Béliveau.mp4'],
    [{ playerName: '../a:b|"c"<d>?*\\e' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry .. a b c d e.mp4'],
  ])('with %j is %j', (facts, name) => {
    expect(clipFileName({ ...CLIP, ...facts })).toBe(name);
  });
});
