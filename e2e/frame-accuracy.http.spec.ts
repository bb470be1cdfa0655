import { accountOf } from './support/accounts.ts';
import { apiOf, playlistOf } from './support/api.ts';
import type { ClipShape } from './support/contract-shapes.ts';
import { numbersFrom, readFrameNumbers } from './support/numbered-master.ts';
import { expect, test } from './support/portal-test.ts';

/**
 * First and last frame of the library's clips, counted by hand: the frame on screen at the start, and the last one
 * that begins before the end. 29.97 frames a second are 30000/1001: frame 89 is on screen at 3.0 s, frame 149 begins
 * at 4.972 s, and 3.003 s is where frame 90 begins.
 */
const EXPECTED: [clipId: string, first: number, last: number][] = [
  ['lib-mtl-1', 0, 59],
  ['lib-mtl-2', 30, 89],
  ['lib-mtl-4', 120, 179],
  ['lib-mtl-5', 165, 239],
  ['lib-chi-1', 0, 59],
  ['lib-chi-2', 89, 149],
  ['lib-chi-3', 90, 149],
];

const mp4Of = (clip: ClipShape): string => {
  const found = clip.assets.find((asset) => asset.asset_type === 'mp4');
  if (!found) throw new Error(`${clip.clip_id} has no clip.mp4`);
  return found.signed_url;
};

for (const [clipId, first, last] of EXPECTED) {
  test(`${clipId} shows the frames ${first} to ${last}, each once`, async () => {
    const { json: clip } = await apiOf(accountOf('admin')).get(`/clips/${clipId}`);
    expect(await readFrameNumbers(mp4Of(clip))).toEqual(numbersFrom(first, last));
    expect(await readFrameNumbers(playlistOf(clip))).toEqual(numbersFrom(first, last));
  });
}
