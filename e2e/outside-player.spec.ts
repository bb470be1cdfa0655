import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { accountOf } from './support/accounts.ts';
import { apiOf, playlistOf, untilReady, uploadMaster } from './support/api.ts';
import { sql, unprepare } from './support/database.ts';
import { serveUploaderPage } from './support/module-server.ts';
import { BITS, makeNumberedMaster, numbersFrom } from './support/numbered-master.ts';
import { expect, test } from './support/portal-test.ts';

/** A player of somebody else's, on a page of somebody else's: it knows the URL of a playlist and nothing else. */
const SEASON = '2008-2009';

test.afterAll(async () => {
  for (const table of ['clips', 'masters']) await sql(`DELETE FROM media.${table} WHERE season = $1`, [SEASON]);
});

const require = createRequire(import.meta.url);

/** What is used of `shaka.Player`. */
interface ShakaPlayer {
  attach(video: HTMLVideoElement): Promise<void>;
  configure(config: object): void;
  load(url: string): Promise<void>;
  getVariantTracks(): { height: number }[];
  selectVariantTrack(track: object, clearBuffer: boolean): void;
  getManifest(): { variants: { video: { trickModeVideo: object | null } }[] };
}

/** Runs in the page: plays the first seconds in the smallest rendition and the rest in the largest, and reads each frame. */
async function readBySwitching({
  url,
  rate,
  frames,
  bits,
}: {
  url: string;
  rate: number;
  frames: number;
  bits: number;
}) {
  const { shaka } = window as unknown as { shaka: { Player: new () => ShakaPlayer } };
  const video = document.body.appendChild(document.createElement('video'));
  const player = new shaka.Player();
  await player.attach(video);
  const streaming = { rebufferingGoal: 0.1, bufferBehind: 60 };
  player.configure({ abr: { enabled: false }, streaming: { ...streaming, bufferingGoal: 1 } });
  await player.load(url);
  const tracks = player.getVariantTracks().sort((a, b) => a.height - b.height);
  const buffered = (toS: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const { length } = video.buffered;
        if (length > 0 && video.buffered.end(length - 1) >= toS) resolve();
        else setTimeout(look, 50);
      };
      look();
    });
  player.selectVariantTrack(tracks[0] ?? {}, true);
  await buffered(1);
  player.selectVariantTrack(tracks.at(-1) ?? {}, false);
  player.configure({ streaming: { ...streaming, bufferingGoal: 60 } });
  await buffered(frames / rate - 0.05);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 640, height: 360 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen: { number: number; height: number }[] = [];
  const shownNumber = () => {
    context?.drawImage(video, 0, 0, 640, 360);
    let number = 0;
    for (let bit = 0; bit < bits; bit++) {
      const [red = 0] = context?.getImageData((640 / bits) * (bit + 0.5), 24, 1, 1).data ?? [];
      if (red > 127) number += 2 ** bit;
    }
    return number;
  };
  for (let frame = 0; frame < frames; frame++) {
    const there = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = (frame + 0.5) / rate;
    await there;
    // The picture may come to the screen a moment after the seek has ended.
    for (let look = 0; look < 100 && shownNumber() !== frame; look++) await new Promise(requestAnimationFrame);
    seen.push({ number: shownNumber(), height: video.videoHeight });
  }
  return { seen, keyed: player.getManifest().variants.map((variant) => variant.video.trickModeVideo !== null) };
}

test('Shaka on a page of the club’s own gets every frame over a switch of renditions', async ({ page, portal }) => {
  const rate = 10;
  const file = path.join(portal.dataDir, `shaka-${randomUUID().slice(0, 8)}.mp4`);
  await makeNumberedMaster(file, { rate: String(rate), seconds: 7, height: 720 });
  const admin = apiOf(accountOf('admin'));
  const place = { team_code: 'MTL', season: SEASON, game_id: 'shaka' };
  const { id } = await uploadMaster(admin, file, place);
  await unprepare(id);
  const clip = { clip_id: 'shaka', master_id: id, start_timecode_s: 0, end_timecode_s: 6, ...place };
  expect((await admin.post('/clips', { ...clip, player_id: '8480018', event_type: 'shot' })).status).toBe(201);
  const url = playlistOf(await untilReady(admin, 'shaka'));
  // Most of a playlist is the same signed URL again: whoever takes gzip or Brotli gets that.
  const zipped = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
  expect([zipped.headers.get('content-encoding'), zipped.headers.get('vary')]).toEqual([
    'gzip',
    expect.stringContaining('Accept-Encoding'),
  ]);
  expect(await zipped.text()).toContain('#EXT-X-I-FRAME-STREAM-INF');
  const site = await serveUploaderPage();
  try {
    await page.goto(site.origin);
    await page.addScriptTag({ path: require.resolve('shaka-player') });
    const { seen, keyed } = await page.evaluate(readBySwitching, { url, rate, frames: 6 * rate, bits: BITS });
    expect(seen.map(({ number }) => number)).toEqual(numbersFrom(0, 59));
    const heights = seen.map(({ height }) => height);
    expect([heights[0], heights.at(-1), new Set(heights).size]).toEqual([360, 720, 2]);
    expect(keyed).toEqual([true, true]);
  } finally {
    await site.close();
  }
});
