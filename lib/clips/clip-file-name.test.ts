import { describe, expect, it } from 'vitest';
import { clipFileName } from './clip-file-name.ts';

const CLIP = {
  game_date: '2025-10-11',
  game_id: '20031',
  team_code: 'MTL',
  opponent_code: 'CHI',
  period: 2,
  start_timecode_s: 754.9,
  event_type: 'zone_entry',
  player_name: 'Nick Suzuki',
  player_id: '8480018',
};

describe('clipFileName', () => {
  it('says which game, when, what and who', () => {
    expect(clipFileName(CLIP)).toBe('2025-10-11 MTL-CHI P2 12m34s Zone entry Nick Suzuki.mp4');
  });

  it.each([
    [{ game_date: null, opponent_code: null, period: null }, 'Game 20031 MTL 12m34s Zone entry Nick Suzuki.mp4'],
    [{ player_name: null }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Player 8480018.mp4'],
    [{ period: 4 }, '2025-10-11 MTL-CHI OT 12m34s Zone entry Nick Suzuki.mp4'],
    [{ period: 5, start_timecode_s: 3725 }, '2025-10-11 MTL-CHI 2OT 1h02m05s Zone entry Nick Suzuki.mp4'],
    [{ start_timecode_s: 0 }, '2025-10-11 MTL-CHI P2 00m00s Zone entry Nick Suzuki.mp4'],
    [{ event_type: 'zoneEntry' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Nick Suzuki.mp4'],
    [{ event_type: 'controlledentry' }, '2025-10-11 MTL-CHI P2 12m34s Controlledentry Nick Suzuki.mp4'],
    [{ player_name: 'Élie Béliveau' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry Élie Béliveau.mp4'],
    [{ player_name: '../a:b|"c"<d>?*\\e' }, '2025-10-11 MTL-CHI P2 12m34s Zone entry .. a b c d e.mp4'],
  ])('with %j is %j', (facts, name) => {
    expect(clipFileName({ ...CLIP, ...facts })).toBe(name);
  });
});
