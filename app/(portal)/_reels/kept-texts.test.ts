import { describe, expect, it } from 'vitest';
import { alonePlaylist, partsOfPlaylist, rungOf } from './kept-texts.ts';

const LEAD = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=8000000,RESOLUTION=1920x1080,FRAME-RATE=30.000
1080.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720,FRAME-RATE=30.000
720.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,FRAME-RATE=30.000
360.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100000,URI="360-iframes.m3u8"
`;

describe('the rendition that is kept', () => {
  it.each([
    [1200, '1080.m3u8'],
    [1000, '720.m3u8'],
    [100, '360.m3u8'],
  ])('for a screen of %i px is %s', (heightPx, uri) => {
    expect(rungOf(LEAD, heightPx).uri).toBe(uri);
  });

  it('is the only one that the kept playlist names', () => {
    const alone = alonePlaylist(LEAD, rungOf(LEAD, 800));
    expect(alone.split('\n').filter((line) => line.endsWith('.m3u8'))).toEqual(['720.m3u8']);
    expect(alone).toContain('#EXT-X-INDEPENDENT-SEGMENTS');
    expect(alone).not.toContain('I-FRAME');
  });

  it('is told where there is none', () => {
    expect(() => rungOf('#EXTM3U\n', 720)).toThrow('names no rendition');
  });
});

describe('what a rendition names', () => {
  it('is its beginning and its segments, as ranges of one file, whatever signs them', () => {
    const text = `#EXTM3U
#EXT-X-MAP:URI="720.m4s?token=1",BYTERANGE="700@0"
#EXTINF:2.000,
#EXT-X-BYTERANGE:1000@700
720.m4s?token=1
#EXTINF:2.000,
#EXT-X-BYTERANGE:500
720.m4s?token=1
`;
    const parts = partsOfPlaylist(text, 'https://club.example/clips/a/720.m3u8?token=2');
    expect(parts.map(({ name }) => name)).toEqual([
      'https://club.example/clips/a/720.m4s 0-700',
      'https://club.example/clips/a/720.m4s 700-1700',
      'https://club.example/clips/a/720.m4s 1700-2200',
    ]);
    expect(parts[0]?.url).toBe('https://club.example/clips/a/720.m4s?token=1');
  });

  it('is whole files where no range is named', () => {
    const text = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2.0,\nhttps://store.example/s1.m4s?sig=1\n';
    const parts = partsOfPlaylist(text, 'https://club.example/p/slice-720.m3u8');
    expect(parts.map(({ url, range }) => [url, range])).toEqual([
      ['https://club.example/p/init.mp4', null],
      ['https://store.example/s1.m4s?sig=1', null],
    ]);
  });
});
