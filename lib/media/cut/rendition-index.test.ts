import { describe, expect, it } from 'vitest';
import { bandwidthOf, codecsByRendition, renditionIndexOf } from './rendition-index.ts';

const shape = { codecs: 'avc1.640015,mp4a.40.2', width: 320, height: 180, frameRate: 30_000 / 1001 };

describe('the index of a rendition', () => {
  it('is read from the playlist that ffmpeg 5.1 writes', () => {
    const text = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="180.m4s",BYTERANGE="1349@0"
#EXTINF:2.000000,
#EXT-X-BYTERANGE:88154@1349
180.m4s
#EXTINF:2.000000,
#EXT-X-BYTERANGE:92589@89503
180.m4s
#EXTINF:0.540000,
#EXT-X-BYTERANGE:5841@182092
180.m4s
#EXT-X-ENDLIST
`;
    // The last frame's length is another than the playlist says.
    const frames = [
      { atS: 0, byte: 1500, sizeBytes: 50_000, isKey: true },
      { atS: 1.5, byte: 60_000, sizeBytes: 20_000, isKey: false },
      { atS: 2, byte: 89_600, sizeBytes: 50_000, isKey: true },
      { atS: 4, byte: 182_200, sizeBytes: 5000, isKey: true },
    ];
    expect(renditionIndexOf(text, shape, { frames, durationS: 4.04 })).toEqual({
      ...{ kind: 'rendition', codecs: 'avc1.640015,mp4a.40.2', width: 320, height: 180, frameRate: 29.97 },
      // (92589 + 5841) bytes in 2.04 s are 386,000 bit/s.
      ...{ bandwidthBps: 386_000, averageBandwidthBps: 369_474, init: { offset: 0, length: 1349 } },
      segments: [
        { durationS: 2, offset: 1349, length: 88_154 },
        // A tail of one frame is no segment of its own.
        { durationS: 2.04, offset: 89_503, length: 98_430 },
      ],
    });
  });

  it('refuses a playlist without an initialisation section', () => {
    const text = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.ts\n#EXT-X-ENDLIST\n';
    expect(() => renditionIndexOf(text, shape, { frames: [], durationS: 2 })).toThrow(/initialisation section/);
  });
});

describe('the bandwidth', () => {
  it('is the peak of runs of half to one and a half target durations', () => {
    const segments = [
      { durationS: 2, offset: 0, length: 1000 },
      { durationS: 2, offset: 1000, length: 4000 },
      { durationS: 0.1, offset: 5000, length: 900 },
    ];
    expect(bandwidthOf(segments, 2)).toEqual({
      peakBps: Math.ceil((4900 * 8) / 2.1),
      averageBps: Math.ceil((5900 * 8) / 4.1),
    });
  });

  it('of a clip shorter than that is its own', () => {
    expect(bandwidthOf([{ durationS: 0.2, offset: 0, length: 1000 }], 1)).toEqual({
      peakBps: 40_000,
      averageBps: 40_000,
    });
  });
});

describe('the codecs', () => {
  it('are named by rendition, or it is an error', () => {
    const head = '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=2x2';
    expect(codecsByRendition(`${head},CODECS="avc1.64001f"\n720.m3u8\n`)).toEqual(new Map([['720', 'avc1.64001f']]));
    expect(() => codecsByRendition(`${head}\n720.m3u8\n`)).toThrow('ffmpeg did not name the codecs of 720.m3u8.');
  });
});
