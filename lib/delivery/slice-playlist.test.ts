import { parse, type types } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import {
  playedInTurns,
  type SliceRendition,
  type SliceSegment,
  segmentsTouched,
  sliceMultivariant,
  sliceRendition,
} from './slice-playlist.ts';

/** Key frames two seconds apart, stored with sound that begins two frames of 30 a second before they are shown. */
const DELAY_S = 2 / 30;
const segmentAt = (number: number, startS: number, changes: Partial<SliceSegment> = {}): SliceSegment => ({
  ...{ fileName: `${String(number).padStart(5, '0')}.m4s`, generation: String(700 + number), sizeBytes: 1_000_000 },
  ...{ startS, firstS: startS, endS: startS + 2, decodedS: startS - DELAY_S, ...changes },
});
const SEGMENTS = [0, 1, 2, 3, 4].map((number) => segmentAt(number, number * 2));
const named = (segments: readonly SliceSegment[]) => segments.map(({ fileName }) => Number(fileName.slice(0, 5)));
const renditionOf = (name: string, segments: readonly SliceSegment[]): SliceRendition => ({
  ...{ name, codecs: 'avc1.64001f,mp4a.40.2', width: 1920, height: 1080, frameRate: 29.97 },
  ...{ init: { fileName: 'init.mp4', generation: '1' }, segments },
});
const signed = (fileName: string) => `https://cdn.example/m/${fileName}?Signature=a-b_c=`;

describe('the segments that a clip touches', () => {
  it.each([
    [2.5, 3.5, [1]],
    [2, 3.93, [1]],
    // The sound of its last pictures lies with the next ones.
    [2, 4, [1, 2]],
    // Rounded to the millisecond, as timecodes are: the frame at the edge is the one meant.
    [1.9995, 3.9337, [1]],
    [1.9995, 4.0005, [1, 2]],
    [1.998, 4.002, [0, 1, 2]],
    [3.9, 6.1, [1, 2, 3]],
    [0, 0.1, [0]],
    [9, 12, [4]],
  ])('of %d to %d s are %j', (startS, endS, numbers) => {
    expect(named(segmentsTouched(SEGMENTS, { startS, endS }))).toEqual(numbers);
  });

  it('include the next one where its first pictures are shown before the clip ends', () => {
    const open = SEGMENTS.map((one) => ({ ...one, firstS: Math.max(0, one.startS - 0.1), decodedS: one.startS }));
    expect(named(segmentsTouched(open, { startS: 2, endS: 3.95 }))).toEqual([1, 2]);
    expect(named(segmentsTouched(open, { startS: 3.95, endS: 4.5 }))).toEqual([1, 2]);
    expect(named(segmentsTouched(open, { startS: 2, endS: 3.9 }))).toEqual([1]);
  });
});

describe('the playlists of a slice', () => {
  const touched = segmentsTouched(SEGMENTS, { startS: 3.5, endS: 7 });

  it('name each segment by a URL of its own, and begin at the clip', () => {
    expect(sliceRendition(renditionOf('source', touched), 3.5, signed)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-START:TIME-OFFSET=1.566667,PRECISE=YES
#EXT-X-MAP:URI="${signed('init.mp4')}"
#EXTINF:2.000000,
${signed('00001.m4s')}
#EXTINF:2.000000,
${signed('00002.m4s')}
#EXTINF:2.066667,
${signed('00003.m4s')}
#EXT-X-ENDLIST
`);
  });

  it('put a segment where its own time stamps put it, whatever key frames are shown late', () => {
    const late = [segmentAt(0, 0, { decodedS: 0 }), segmentAt(1, 2.2, { firstS: 2, decodedS: 1.9, endS: 4 })];
    const playlist = parse(sliceRendition(renditionOf('source', late), 0, signed)) as types.MediaPlaylist;
    expect(playlist.segments.map(({ duration }) => duration)).toEqual([1.9, 2.1]);
    expect(playlist.start).toBeUndefined();
  });

  it('tell what just these segments need of a line', () => {
    const large = touched.map((segment, at) => ({ ...segment, sizeBytes: at === 1 ? 2_000_000 : 500_000 }));
    const text = sliceMultivariant([renditionOf('source', large), renditionOf('720', touched)], 3.5, signed);
    const playlist = parse(text) as types.MasterPlaylist;
    expect(playlist.variants).toMatchObject([
      { uri: signed('source.m3u8'), bandwidth: 8_000_000, averageBandwidth: 3_956_044, frameRate: 29.97 },
      { uri: signed('720.m3u8'), bandwidth: 4_000_000, resolution: { width: 1920, height: 1080 } },
    ]);
    expect(playlist.start).toEqual({ offset: 1.566667, precise: true });
  });

  it('refuse a URL that could end its line, and a slice of nothing', () => {
    expect(() => sliceRendition(renditionOf('720', touched), 0, () => 'a\nb')).toThrow(/URI/);
    expect(() => sliceMultivariant([], 0, signed)).toThrow(/needs a rendition/);
  });
});

describe('renditions that are played in turns', () => {
  it('begin with the same picture as the best', () => {
    const best = renditionOf('source', SEGMENTS.slice(1));
    const same = renditionOf('720', [segmentAt(1, 2.0004)]);
    const other = renditionOf('360', [segmentAt(1, 1.5)]);
    expect(playedInTurns([best, same, other]).map(({ name }) => name)).toEqual(['source', '720']);
    expect(playedInTurns([])).toEqual([]);
  });
});
