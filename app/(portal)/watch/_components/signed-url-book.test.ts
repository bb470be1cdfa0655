import { describe, expect, it } from 'vitest';
import { renewalDelayMs, SignedUrlBook, urlsInPlaylist, urlsOfHlsTree } from './signed-url-book.ts';

const BASE = 'https://portal.example/api/v2/clips/c1';

const MASTER = `#EXTM3U
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,FRAME-RATE=29.970
360.m3u8?token=new
#EXT-X-STREAM-INF:BANDWIDTH=4000000,RESOLUTION=1920x1080,FRAME-RATE=29.970
1080.m3u8?token=new
`;
const rendition = (name: string) => `#EXTM3U\r
#EXT-X-MAP:URI="https://store.example/b/${name}.m4s?sig=new",BYTERANGE="800@0"\r
#EXTINF:2.0,\r
#EXT-X-BYTERANGE:1000@800\r
https://store.example/b/${name}.m4s?sig=new\r
#EXT-X-ENDLIST\r
`;

describe('urlsInPlaylist', () => {
  it('finds lines and attributes, once each, resolved against the playlist', () => {
    expect(urlsInPlaylist(MASTER, `${BASE}/playlist.m3u8?token=new`)).toEqual([
      `${BASE}/360.m3u8?token=new`,
      `${BASE}/1080.m3u8?token=new`,
    ]);
    expect(urlsInPlaylist(rendition('360'), `${BASE}/360.m3u8`)).toEqual(['https://store.example/b/360.m4s?sig=new']);
  });
});

describe('urlsOfHlsTree', () => {
  it('walks from the multivariant playlist to the media', async () => {
    const asked: string[] = [];
    const fetchText = async (url: string) => {
      asked.push(url);
      return url.includes('playlist.m3u8') ? MASTER : rendition(url.includes('/360.') ? '360' : '1080');
    };
    const urls = await urlsOfHlsTree(`${BASE}/playlist.m3u8?token=new`, fetchText);
    expect(asked).toHaveLength(3);
    expect(urls).toContain('https://store.example/b/1080.m4s?sig=new');
    expect(urls).toHaveLength(5);
  });
});

describe('SignedUrlBook', () => {
  it('answers the newest URL of the same thing', () => {
    const book = new SignedUrlBook();
    book.remember(['https://store.example/b/360.m4s?sig=a', 'https://store.example/b/360.m4s?sig=b']);
    expect(book.newest('https://store.example/b/360.m4s?sig=old')).toBe('https://store.example/b/360.m4s?sig=b');
  });

  it('knows a file by the name that a playlist gives it, also when it was renewed', () => {
    const book = new SignedUrlBook();
    book.alias(`${BASE}/360.m4s`, 'https://store.example/b/360.m4s?sig=a');
    expect(book.newest(`${BASE}/360.m4s`)).toBe('https://store.example/b/360.m4s?sig=a');
    book.remember(['https://store.example/b/360.m4s?sig=b']);
    expect(book.newest(`${BASE}/360.m4s`)).toBe('https://store.example/b/360.m4s?sig=b');
    expect(book.newest('https://store.example/b/360.m4s?sig=a')).toBe('https://store.example/b/360.m4s?sig=b');
  });

  it('leaves other paths, other origins and what is no URL alone', () => {
    const book = new SignedUrlBook();
    book.remember(['https://store.example/b/360.m4s?sig=b', 'not a url']);
    for (const url of ['https://store.example/b/720.m4s?sig=x', 'https://evil.example/b/360.m4s', 'not a url']) {
      expect(book.newest(url)).toBe(url);
    }
  });
});

describe('renewalDelayMs', () => {
  it('is 80 % of the life that is left', () => {
    expect(renewalDelayMs(3_600_000, 0)).toBe(2_880_000);
    expect(renewalDelayMs(1000, 2000)).toBe(0);
  });

  it('fits into a timer', () => {
    expect(renewalDelayMs(Number.MAX_SAFE_INTEGER, 0)).toBe(2 ** 31 - 1);
  });
});
