import { describe, expect, it } from 'vitest';
import { cardOfClip, itemFileName } from './film-words.ts';

const clip = {
  ...{ event_type: 'zone_entry', player_name: 'A Player', player_id: '7', team_code: 'MTL', opponent_code: 'CHI' },
  ...{ game_id: '20031', game_date: '2026-01-03', period: 2, start_timecode_s: 754 },
};
const place = { position: 3, count: 12 };

describe('itemFileName', () => {
  it('says what, who and when, and sorts as the reel does', () => {
    expect(itemFileName(clip, place)).toBe('03 Zone entry – A Player – CHI 2026-01-03 P2 12m34s.mp4');
    expect(itemFileName(clip, { position: 3, count: 1000 })).toMatch(/^0003 /);
  });

  it('does without what is not known', () => {
    const bare = { ...clip, player_name: null, opponent_code: null, game_date: null, period: null };
    expect(itemFileName(bare, place)).toBe('03 Zone entry – Player 7 – Game 20031 12m34s.mp4');
  });

  it('has nothing that a system takes for a folder, and an end', () => {
    const odd = { ...clip, player_name: '../..\\x:"*?<>|\u0000' };
    const name = itemFileName(odd, place);
    expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]/u);
    expect(Buffer.byteLength(itemFileName({ ...clip, player_name: 'é'.repeat(400) }, place))).toBeLessThanOrEqual(210);
  });
});

describe('cardOfClip', () => {
  it('names the player where it may', () => {
    expect(cardOfClip(clip, { names: true })).toEqual({
      ...{ title: 'Zone entry – A Player', facts: 'MTL–CHI 2026-01-03 P2 12m34s' },
    });
    expect(cardOfClip(clip, { names: false }).title).toBe('Zone entry');
  });
});
