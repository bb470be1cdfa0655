import { parse } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import type { RenditionIndex } from './delivery-index.ts';
import { mediaPlaylist, multivariantPlaylist } from './playlist-text.ts';

const indexOf = (width: number, height: number, bandwidthBps: number): RenditionIndex => ({
  ...{ kind: 'rendition', codecs: 'avc1.64001f,mp4a.40.2', bandwidthBps, averageBandwidthBps: bandwidthBps - 1000 },
  ...{ width, height, frameRate: 29.97, init: { offset: 0, length: 1349 } },
  segments: [
    { durationS: 2.002, offset: 1349, length: 88_154 },
    { durationS: 2.002, offset: 89_503, length: 92_589 },
    { durationS: 0.033367, offset: 182_092, length: 5841 },
  ],
});
const renditions = [
  { name: '1080', index: indexOf(1920, 1080, 5_000_000) },
  { name: '720', index: indexOf(1280, 720, 2_500_000) },
  { name: '360', index: indexOf(640, 360, 700_000) },
];
const signed = (fileName: string) => `https://cdn.example/MTL/${fileName}?Expires=1&Signature=a-b_c=`;

describe('the multivariant playlist', () => {
  it('names all renditions, a middle one first', () => {
    expect(multivariantPlaylist(renditions, (name) => name)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=2500000,AVERAGE-BANDWIDTH=2499000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970
720.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=5000000,AVERAGE-BANDWIDTH=4999000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1920x1080,FRAME-RATE=29.970
1080.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=700000,AVERAGE-BANDWIDTH=699000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970
360.m3u8
`);
  });

  it('parses back', () => {
    const playlist = parse(multivariantPlaylist(renditions.slice(1), signed));
    expect(playlist.isMasterPlaylist && playlist.variants).toMatchObject([
      { uri: signed('720.m3u8'), bandwidth: 2_500_000, resolution: { width: 1280, height: 720 }, frameRate: 29.97 },
      { uri: signed('360.m3u8'), bandwidth: 700_000, codecs: 'avc1.64001f,mp4a.40.2' },
    ]);
    expect(playlist.independentSegments).toBe(true);
  });

  it('refuses what would end a line or a quote early, and an empty list', () => {
    for (const uri of ['a"b', 'a\nb', 'a\rb', '']) {
      expect(() => multivariantPlaylist(renditions, () => uri)).toThrow(/URI/);
      expect(() => mediaPlaylist({ name: '720', index: indexOf(2, 2, 9000) }, () => uri)).toThrow(/URI/);
    }
    expect(() => multivariantPlaylist([], signed)).toThrow(/needs a rendition/);
  });
});

describe('a media playlist', () => {
  it('is byte ranges of one file', () => {
    expect(mediaPlaylist({ name: '720', index: indexOf(1280, 720, 2_500_000) }, (name) => name)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="720.m4s",BYTERANGE="1349@0"
#EXTINF:2.002000,
#EXT-X-BYTERANGE:88154@1349
720.m4s
#EXTINF:2.002000,
#EXT-X-BYTERANGE:92589@89503
720.m4s
#EXTINF:0.033367,
#EXT-X-BYTERANGE:5841@182092
720.m4s
#EXT-X-ENDLIST
`);
  });

  it('parses back with signed addresses', () => {
    const playlist = parse(mediaPlaylist({ name: '720', index: indexOf(1280, 720, 2_500_000) }, signed));
    if (playlist.isMasterPlaylist) throw new Error('not a media playlist');
    expect(playlist.endlist).toBe(true);
    expect(playlist.segments.map((s) => [s.uri, s.duration, s.byterange, s.map.uri, s.map.byterange])).toEqual(
      indexOf(1, 1, 1).segments.map(({ durationS, offset, length }) => [
        ...[signed('720.m4s'), durationS, { offset, length }, signed('720.m4s'), { offset: 0, length: 1349 }],
      ]),
    );
  });
});
