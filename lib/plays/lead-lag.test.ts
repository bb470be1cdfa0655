import { describe, expect, it } from 'vitest';
import { LEAD_LAG_BY_KIND, LEAD_LAG_TOLD, leadLagOf, MAX_BESIDE_S } from './lead-lag-schemas.ts';
import { NHL_NAMES, PLAY_SEQUENCE_NAMES } from './play-names.ts';

const of = (name: string, asked = {}, others = {}) => leadLagOf({ name, kind: 'event', lasts_s: 0, ...others }, asked);

describe('the lead and the lag of a play', () => {
  it.each([
    ['goal', 10, 6],
    ['Goal', 10, 6],
    ['shot-on-goal', 6, 4],
    ['faceoff', 2, 8],
    ['penalty', 8, 4],
    ['whistle', 6, 2],
    ['carry', 3, 5],
    ['anything', 3, 5],
    ['constructor', 3, 5],
    ['__proto__', 3, 5],
  ])('of %s are its kind’s: %d and %d s', (name, lead_s, lag_s) => {
    expect(of(name)).toEqual({ lead_s, lag_s });
  });

  it('are what is asked for, of one side alone, or of a name', () => {
    expect(of('goal', { lead_s: 1 })).toEqual({ lead_s: 1, lag_s: 6 });
    const by_name = { goal: { lead_s: 20, lag_s: 0 } };
    expect(of('goal', { lag_s: 1, by_name })).toEqual({ lead_s: 20, lag_s: 0 });
    expect(of('shot', { lag_s: 1, by_name })).toEqual({ lead_s: 6, lag_s: 1 });
  });

  it('are none of what lasts: a shift never has one, an instance of a time line on wish', () => {
    const none = { lead_s: 0, lag_s: 0 };
    expect(
      of('shift', { lead_s: 4, by_name: { shift: { lead_s: 4, lag_s: 4 } } }, { kind: 'shift', lasts_s: 40 }),
    ).toEqual(none);
    expect(of('Goal', {}, { lasts_s: 18 })).toEqual(none);
    expect(of('Goal', { lead_s: 4 }, { lasts_s: 18 })).toEqual({ lead_s: 4, lag_s: 0 });
  });

  it('are within what a clip may have, of names that files have, each once, and told', () => {
    const names = LEAD_LAG_BY_KIND.flatMap((kind) => kind.names);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !PLAY_SEQUENCE_NAMES.has(name) && !NHL_NAMES.has(name))).toEqual([]);
    for (const { lead_s, lag_s } of LEAD_LAG_BY_KIND) expect(Math.max(lead_s, lag_s)).toBeLessThanOrEqual(MAX_BESIDE_S);
    for (const name of names) expect(LEAD_LAG_TOLD).toContain(name);
  });
});
