import { describe, expect, it } from 'vitest';
import { clipIdOfDeliveryKey, deliveryRef, isSafeKey, toGsUri } from './object-keys.ts';
import { PREPARED_INIT, preparedOfKey, preparedRef, STORYBOARD, segmentName, sheetName } from './prepared-keys.ts';

const BUCKETS = { lake: 'heartbeat-474020-lake', media: 'heartbeat-media' };
const MASTER = {
  ...{ teamCode: 'MTL', season: '2025-2026', gameId: '20031' },
  masterId: '0198f2a4-5b7c-7d3e-8f90-a1b2c3d4e5f6',
};
const BAD = expect.objectContaining({ code: 'bad_key' });
const keyOf = (folder: string, fileName: string) => preparedRef(BUCKETS, MASTER, { folder, fileName }).key;

describe('the objects of a prepared master', () => {
  it('lie where the contract says, and are told from their keys', () => {
    expect(toGsUri(preparedRef(BUCKETS, MASTER, { folder: 'source', fileName: segmentName(42) }))).toBe(
      `gs://heartbeat-media/MTL/2025-2026/20031/master.${MASTER.masterId}/source/00042.m4s`,
    );
    const renditions = ['source', 'sound', '1080', '720', '360'].flatMap((folder) =>
      [PREPARED_INIT, segmentName(0), segmentName(99_999)].map((fileName) => ({ folder, fileName })),
    );
    for (const { folder, fileName } of [...renditions, { folder: STORYBOARD, fileName: sheetName(7) }]) {
      const key = keyOf(folder, fileName);
      expect(isSafeKey(key)).toBe(true);
      expect(preparedOfKey(key)).toEqual({ masterId: MASTER.masterId, folder, fileName });
      expect(clipIdOfDeliveryKey(key)).toBeNull();
    }
  });

  it.each([
    ['..', PREPARED_INIT],
    ['source/..', PREPARED_INIT],
    ['4k', PREPARED_INIT],
    ['source', 'init.m4s'],
    ['source', '1.m4s'],
    ['source', '00001.m4s/x'],
    ['source', '../00001.m4s'],
    ['source', '00001.jpg'],
    [STORYBOARD, '00001.m4s'],
    [STORYBOARD, PREPARED_INIT],
  ])('are nothing else: %s/%s', (folder, fileName) => {
    expect(() => keyOf(folder, fileName)).toThrow(BAD);
  });

  it('are of a master by its id alone, and of a number that has five digits', () => {
    const of = (masterId: string) => () =>
      preparedRef(BUCKETS, { ...MASTER, masterId }, { folder: 'source', fileName: PREPARED_INIT });
    for (const masterId of ['', '..', 'p1', `${MASTER.masterId}/..`]) expect(of(masterId)).toThrow(BAD);
    for (const number of [-1, 0.5, 100_000, Number.NaN]) expect(() => segmentName(number)).toThrow(BAD);
  });

  it('are told from whatever else lies in the bucket', () => {
    const clip = deliveryRef(BUCKETS, MASTER, 'mtl-20031-p1-0008', 'clip.mp4').key;
    const others = [clip, 'MTL/2025-2026/20031/master.x/source/00001.m4s', `${keyOf('source', PREPARED_INIT)}/x`];
    expect(others.map(preparedOfKey)).toEqual([null, null, null]);
  });
});
