import { accountOf } from './support/accounts.ts';
import { apiOf, apiWith, playlistOf } from './support/api.ts';
import { CDN_HOST } from './support/cdn-stand-in.ts';
import type { ClipShape } from './support/contract-shapes.ts';
import { type GooglePortal, LONG_CLIP, SHORT_CLIPS } from './support/google-portal.ts';
import { test } from './support/google-test.ts';
import { visitTwice } from './support/pictures.ts';
import { expect } from './support/portal-test.ts';
import { ffprobe } from './support/probe.ts';
import { expectPlaying, videoFacts } from './support/video.ts';

const CLIP = SHORT_CLIPS[0] ?? '';
const FRAMES = 60;
const coach = accountOf('coach', 'MTL');

/** The clip as the portal behind the CDN shows it. */
const clipByCdn = async ({ state, urls }: GooglePortal): Promise<ClipShape> =>
  (await apiWith(state.apiKeys[coach.email] ?? null, urls.cdn).get(`/clips/${CLIP}`)).json;

const assetOf = ({ assets }: ClipShape, type: string): string =>
  assets.find(({ asset_type }) => asset_type === type)?.signed_url ?? '';

async function expectWhole(url: string, env: Record<string, string> = {}): Promise<void> {
  const streams = await ffprobe(url, env);
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  expect([video?.codec_name, Number(video?.nb_read_frames)]).toEqual(['h264', FRAMES]);
  expect(streams.find(({ codec_type }) => codec_type === 'audio')?.codec_name).toBe('aac');
}

test('ffprobe reads playlist and clip.mp4 from the store with nothing but the URL', async ({ google }) => {
  const clip: ClipShape = (await apiOf(coach, google.state).get(`/clips/${CLIP}`)).json;
  const mp4 = assetOf(clip, 'mp4');
  expect(mp4).toContain(`${google.fake.origin}/`);
  await expectWhole(playlistOf(clip));
  await expectWhole(mp4);
  await expect(ffprobe(mp4.replace('clip.mp4', '360.m4s'))).rejects.toThrow(/403/);
});

test('ffprobe reads playlist and clip.mp4 from the CDN with nothing but the URL', async ({ google }) => {
  const clip = await clipByCdn(google);
  const env = { http_proxy: google.cdn.proxy, no_proxy: 'localhost' };
  const mp4 = assetOf(clip, 'mp4');
  expect(mp4).toContain(`https://${CDN_HOST}/MTL/`);
  await expectWhole(playlistOf(clip), env);
  await expectWhole(mp4, env);
  await expect(ffprobe(mp4.replace('/google-1/', '/google-2/'), env)).rejects.toThrow(/403/);
});

test('a clip plays from the CDN, and the whole tree costs one signature', async ({ google, openAs }) => {
  const proxy = { server: google.cdn.proxy, bypass: 'localhost,127.0.0.1' };
  const page = await openAs(coach, { baseURL: google.urls.cdn, proxy, ignoreHTTPSErrors: true });
  const [fromCdn, fromStore] = [google.cdn.requests.length, google.fake.requests.length];
  await page.goto(`/clips/${LONG_CLIP.id}`);
  await expect.poll(async () => (await videoFacts(page)).duration).toBeCloseTo(LONG_CLIP.seconds, 0);
  await page.keyboard.press('k');
  await expectPlaying(page);
  const { source, width } = await videoFacts(page);
  expect([source.slice(0, 5), width]).toEqual(['blob:', 640]);
  // The page fetches its neighbours' posters as well.
  const requests = google.cdn.requests.slice(fromCdn).filter(({ url }) => url.includes(`/${LONG_CLIP.id}/`));
  expect(requests.map(({ status }) => status).filter((status) => status !== 200 && status !== 206)).toEqual([]);
  for (const name of ['360.m4s', 'thumb.jpg']) expect(requests.some(({ url }) => url.includes(`/${name}?`))).toBe(true);
  expect(new Set(requests.map(({ signature }) => signature)).size).toBe(1);
  // The store itself was asked by the CDN alone.
  const direct = google.fake.requests.slice(fromStore).filter(({ pageOrigin }) => pageOrigin === google.urls.cdn);
  expect(direct).toEqual([]);
});

test('a second visit within the window downloads no picture from the store', async ({ google, openAs }) => {
  const isPicture = (line: string) => /^GET \/[^?]*\/thumb\.jpg\?X-Goog/.test(line);
  const page = await openAs(coach);
  const visits = await visitTwice(page, () => google.fake.requestLines.filter(isPicture).length);
  expect(visits.pictures).toBeGreaterThanOrEqual(SHORT_CLIPS.length);
  expect(visits).toMatchObject({ first: visits.pictures, second: 0 });
});
