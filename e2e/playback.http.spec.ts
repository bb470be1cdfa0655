import { accountOf } from './support/accounts.ts';
import { type Api, apiOf, apiWith, playlistOf } from './support/api.ts';
import { until } from './support/conditions.ts';
import type { ClipShape, ProblemShape } from './support/contract-shapes.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { ffprobe } from './support/probe.ts';
import { startSecondWeb } from './support/processes.ts';

const coach = (): Api => apiOf(accountOf('coach', 'MTL'));
const CLIP = 'lib-mtl-4';
const FRAMES = 60;

const clipOf = async (id = CLIP): Promise<ClipShape> => (await coach().get(`/clips/${id}`)).json;

test('ffprobe reads the whole clip, picture and sound, with nothing but the playlist URL', async () => {
  const streams = await ffprobe(playlistOf(await clipOf()));
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  expect(Number(video?.nb_read_frames)).toBe(FRAMES);
  expect([video?.codec_name, video?.width, video?.height]).toEqual(['h264', 640, 360]);
  expect(audio?.codec_name).toBe('aac');
  // 2 s at 48 kHz are 94 packets of 1024 samples; a codec's priming may add a few.
  expect(Number(audio?.nb_read_frames)).toBeGreaterThanOrEqual(93);
  expect(Number(audio?.nb_read_frames)).toBeLessThanOrEqual(98);
});

const attributesOf = (line: string): Map<string, string> =>
  new Map(
    [...line.matchAll(/([A-Z-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('"', ''),
    ]),
  );

/** The byte ranges of a media playlist, with the length of each in seconds. */
function segmentsOf(text: string): { url: string; first: number; bytes: number; seconds: number }[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const seconds = /^#EXTINF:([\d.]+),/.exec(line)?.[1];
    const range = /^#EXT-X-BYTERANGE:(\d+)@(\d+)$/.exec(lines[index + 1] ?? '');
    const url = lines[index + 2];
    if (!seconds || !range || !url) return [];
    return [{ url, first: Number(range[2]), bytes: Number(range[1]), seconds: Number(seconds) }];
  });
}

test('the playlists tell the truth about the bytes', async () => {
  const clip = await clipOf();
  const answer = await fetch(playlistOf(clip));
  expect(answer.headers.get('content-type')).toMatch(/^application\/vnd\.apple\.mpegurl/);
  const master = await answer.text();
  expect(master).toMatch(/^#EXTM3U\n/);
  expect(master).toContain('#EXT-X-INDEPENDENT-SEGMENTS');
  const lines = master.trim().split('\n');
  const variants = lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:')
      ? [{ attributes: attributesOf(line.slice(18)), url: lines[index + 1] ?? '' }]
      : [],
  );
  // Nothing is made larger than the source, which has 360 lines.
  expect(variants.map(({ attributes }) => attributes.get('RESOLUTION'))).toEqual(['640x360']);
  for (const { attributes, url } of variants) {
    const media = await (await fetch(url)).text();
    expect(media).toContain('#EXT-X-ENDLIST');
    expect(media).toContain('#EXT-X-INDEPENDENT-SEGMENTS');
    const segments = segmentsOf(media);
    expect(segments.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(2, 2);
    const rates = segments.map(({ bytes, seconds }) => (bytes * 8) / seconds);
    const bandwidth = Number(attributes.get('BANDWIDTH'));
    expect(bandwidth).toBeGreaterThanOrEqual(Math.floor(Math.max(...rates)));
    expect(bandwidth).toBeLessThan(Math.max(...rates) * 1.5);
    const target = Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(media)?.[1]);
    for (const { seconds } of segments) expect(Math.round(seconds)).toBeLessThanOrEqual(target);

    const streams = await ffprobe(url);
    const video = streams.find(({ codec_type }) => codec_type === 'video');
    const [frames = 0, per = 1] = String(video?.avg_frame_rate).split('/').map(Number);
    expect(Number(attributes.get('FRAME-RATE'))).toBeCloseTo(frames / per, 2);
    const level = Number(video?.level).toString(16).padStart(2, '0');
    expect(attributes.get('CODECS')?.toLowerCase()).toMatch(new RegExp(`^avc1\\.[0-9a-f]{4}${level},mp4a\\.40\\.2$`));
    // The bytes that the playlist names are there: each range answers 206 with just that many.
    for (const { url: object, first, bytes } of segments) {
      const part = await fetch(object, { headers: { Range: `bytes=${first}-${first + bytes - 1}` } });
      expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, bytes]);
    }
  }
});

test('without a token, or with one that is not for this clip, nothing plays', async () => {
  const [clip, another] = [await clipOf(), await clipOf('lib-mtl-1')];
  const url = new URL(playlistOf(clip));
  const token = url.searchParams.get('token') ?? '';
  const strange = new URL(playlistOf(another)).searchParams.get('token') ?? '';
  const with_ = (value: string | null, file = 'playlist.m3u8') => {
    const query = value === null ? '' : `?token=${encodeURIComponent(value)}`;
    return fetch(`${url.origin}/api/v2/clips/${CLIP}/${file}${query}`);
  };
  for (const file of ['playlist.m3u8', '360.m3u8', 'grid.vtt']) {
    expect((await with_(token, file)).status, file).toBe(200);
    for (const [bad, status, code] of [
      [null, 401, 'unauthenticated'],
      ['', 401, 'unauthenticated'],
      [strange, 403, 'token_invalid'],
      ['x.y', 403, 'token_invalid'],
    ] as const) {
      const refused = await with_(bad, file);
      expect([refused.status, ((await refused.json()) as ProblemShape).code], `${file} ${bad}`).toEqual([status, code]);
    }
  }
  // An API key in the header does not stand in for the token: players send none, so nothing may depend on it.
  expect((await coach().get(`/clips/${CLIP}/playlist.m3u8`)).status).toBe(401);
  expect((await with_(token, '1080.m3u8')).status).toBe(404);
  await expect(ffprobe(playlistOf(clip).replace(token, strange))).rejects.toThrow();
  // Every single character of the token counts.
  for (let index = 0; index < token.length; index++) {
    const changed = `${token.slice(0, index)}${token[index] === 'x' ? 'y' : 'x'}${token.slice(index + 1)}`;
    expect((await with_(changed)).status, `character ${index}`).toBe(403);
  }
});

test('after its expiry a URL plays nothing, and a new one does', async () => {
  const state = readPortalState();
  const web = await startSecondWeb({ SIGNED_URL_TTL_MINUTES: '0.05' });
  try {
    const api = apiWith(state.apiKeys[accountOf('coach', 'MTL').email] ?? null, web.url);
    // On a slow machine a URL of three seconds may be over before it is used: ask until one was in time.
    const url = await until(
      async () => {
        const fresh = playlistOf((await api.get(`/clips/${CLIP}`)).json);
        return (await fetch(fresh)).status === 200 && fresh;
      },
      { what: 'a URL that is used before it expires' },
    );
    const mp4 = (await api.get(`/clips/${CLIP}`)).json.assets.find(({ asset_type }) => asset_type === 'mp4');
    const refused = await until(
      async () => {
        const response = await fetch(url);
        return response.status !== 200 && response;
      },
      { what: 'the URL to expire' },
    );
    expect([refused.status, ((await refused.json()) as ProblemShape).code]).toEqual([403, 'token_expired']);
    await expect(ffprobe(url)).rejects.toThrow();
    const object = await until(
      async () => {
        const response = await fetch(mp4?.signed_url ?? '');
        return response.status !== 200 && response;
      },
      { what: "the object's URL to expire" },
    );
    expect([object.status, ((await object.json()) as ProblemShape).code]).toEqual([403, 'url_expired']);
    expect((await fetch(playlistOf(await clipOf()))).status).toBe(200);
  } finally {
    await web.process.stop();
  }
});

test('objects: ranges, validators, types, and a signature over every character', async () => {
  const clip = await clipOf();
  for (const asset of clip.assets.filter(({ signed_url }) => signed_url.includes('/api/objects/'))) {
    const size = Number(asset.file_size_bytes);
    const get = (headers: Record<string, string> = {}) => fetch(asset.signed_url, { headers });
    const whole = await get();
    const bytes = new Uint8Array(await whole.arrayBuffer());
    expect([whole.status, bytes.length]).toEqual([200, size]);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    const type = {
      mp4: /^video\/mp4$/,
      thumbnail: /^image\/jpeg$/,
      thumbnail_grid: /^(image\/jpeg|text\/vtt)/,
      hls_segment: /^video\//,
    };
    expect(whole.headers.get('content-type')).toMatch(type[String(asset.asset_type) as keyof typeof type]);
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);

    const part = await get({ Range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${size}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20));
    const tail = await get({ Range: 'bytes=-5' });
    expect(new Uint8Array(await tail.arrayBuffer())).toEqual(bytes.slice(-5));
    const beyond = await get({ Range: `bytes=${size}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    expect((await get({ 'If-None-Match': etag })).status).toBe(304);
    expect((await get({ 'If-None-Match': '"other"' })).status).toBe(200);
    expect((await get({ Range: 'bytes=0-1', 'If-Range': '"other"' })).status).toBe(200);
    const head = await fetch(asset.signed_url, { method: 'HEAD' });
    // Next leaves Content-Length out of what a route answers, so the size is only in Content-Range and the asset's row.
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
  }
});

test('a signed URL with any one character changed is refused', async () => {
  const thumbnail = (await clipOf()).assets.find(({ asset_type }) => asset_type === 'thumbnail');
  const url = String(thumbnail?.signed_url);
  const from = url.indexOf('/api/objects/') + '/api/objects/'.length;
  for (let index = from; index < url.length; index++) {
    const other = /\d/.test(url[index] ?? '') ? String((Number(url[index]) + 1) % 10) : url[index] === 'x' ? 'y' : 'x';
    const changed = `${url.slice(0, index)}${other}${url.slice(index + 1)}`;
    const { status } = await fetch(changed);
    expect([403, 404, 400], `${index}: ${status}`).toContain(status);
  }
  expect((await fetch(url.replace(/\?.*/, ''))).status).toBe(403);
  expect((await fetch(`${url}&x=1`)).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(404);
  expect((await fetch(url)).status).toBe(200);
  // The store's own folders and the file system cannot be walked into.
  const origin = new URL(url).origin;
  for (const path of [
    'heartbeat-media/../.meta',
    'heartbeat-media/%2e%2e/%2e%2e/etc/passwd',
    '.meta/00',
    'heartbeat-media',
  ]) {
    expect((await fetch(`${origin}/api/objects/${path}?expires=9999999999&signature=x`)).status).toBeGreaterThanOrEqual(
      400,
    );
  }
});
