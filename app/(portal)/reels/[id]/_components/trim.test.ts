import { expect, it } from 'vitest';
import type { ReelClipJson } from '#lib/reels/reel-schemas.ts';
import { withEnd } from './trim.ts';

const clip = { duration_s: 10 } as ReelClipJson;
const whole = { clip, in_s: null, out_s: null };

it('sets one end and leaves the other', () => {
  expect(withEnd(whole, 'in', 2.00049)).toEqual({ in_s: 2, out_s: null });
  expect(withEnd({ clip, in_s: 2, out_s: null }, 'out', 6.5)).toEqual({ in_s: 2, out_s: 6.5 });
});

it('says nothing of an end that is the clip’s own', () => {
  expect(withEnd({ clip, in_s: 2, out_s: 6 }, 'in', -0.04)).toEqual({ in_s: null, out_s: 6 });
  expect(withEnd({ clip, in_s: 2, out_s: 6 }, 'out', 10.04)).toEqual({ in_s: 2, out_s: null });
});

it('refuses an end before the beginning', () => {
  expect(withEnd({ clip, in_s: null, out_s: 4 }, 'in', 4)).toBeNull();
  expect(withEnd({ clip, in_s: 4, out_s: null }, 'out', 3)).toBeNull();
  expect(withEnd({ ...whole, clip: null }, 'in', 1)).toBeNull();
});
