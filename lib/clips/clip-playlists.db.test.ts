import { randomUUID } from 'node:crypto';
import HLS from 'hls-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { RenditionIndex, StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import { clipRow, enlist, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';
import { listClipsQuerySchema } from './clip-filter-schemas.ts';
import { getClipText, payerOfClipText } from './clip-playlists.ts';
import { selectClipPage } from './clip-repo.ts';
import { getClip, getClipToWatch, getPlaylists } from './get-clip.ts';
import { listClips } from './list-clips.ts';

const URI = 'gs://test-media/MTL/2025-2026/20031/c';
const rendition = (height: number): RenditionIndex => ({
  kind: 'rendition',
  codecs: 'avc1.64001f,mp4a.40.2',
  bandwidthBps: height * 3000,
  averageBandwidthBps: height * 2500,
  width: (height * 16) / 9,
  height,
  frameRate: 30,
  init: { offset: 0, length: 900 },
  segments: [
    { durationS: 2, offset: 900, length: 5000 },
    { durationS: 1, offset: 5900, length: 2500 },
  ],
});
const BOARD: StoryboardIndex = {
  kind: 'storyboard',
  intervalS: 1,
  durationS: 3,
  columns: 2,
  rows: 2,
  tiles: 3,
  tileWidth: 160,
  tileHeight: 90,
};

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.clip.createMany({
    data: [
      clipRow({ clipId: 'c', playerId: '7' }),
      clipRow({ clipId: 'old' }),
      clipRow({ clipId: 'busy', processingStatus: 'processing' }),
    ],
  });
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c' } });
  const asset = (assetType: string, name: string, index?: object) => ({
    clipId: id,
    assetType,
    gcsUri: `${URI}/${name}`,
    generation: '77',
    ...(index ? { deliveryIndex: index } : {}),
  });
  await portal.db.clipAsset.createMany({
    data: [
      asset('mp4', 'clip.mp4'),
      asset('hls_playlist', 'playlist.m3u8'),
      asset('hls_playlist', '720.m3u8'),
      asset('hls_segment', '720.m4s', rendition(720)),
      asset('hls_segment', '360.m4s', rendition(360)),
      asset('thumbnail_grid', 'grid.jpg', BOARD),
      asset('thumbnail_grid', 'grid.vtt'),
    ],
  });
});
afterAll(() => portal.close());
beforeEach(async () => {
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});

const tokenOf = (user: UserContext, clipId = 'c') =>
  new URL(portal.deps.delivery.signClipFile(user, clipId, 'playlist.m3u8').url).searchParams.get('token') ?? '';
/** As the route does it. */
const textFor = async (deps: PortalFixture['deps'], file: string, token: string | undefined, clipId: string) => {
  const found = await getClipText(deps, await resolvePlaybackCaller(deps, clipId, token), clipId, file);
  if ('location' in found) throw new Error(`${file} is no text.`);
  return found;
};
const text = (file: string, token: string | undefined = tokenOf(coach), clipId = 'c') =>
  textFor(portal.deps, file, token, clipId);
const change = (data: object) => portal.db.user.update({ where: { id: coach.userId }, data });

describe('the playlist tree', () => {
  it('is led to by a list as by the clip itself, though a list reads no index', async () => {
    const query = listClipsQuerySchema.parse({});
    const listed = (await listClips(portal.deps, coach, query)).clips.find(({ clip_id: id }) => id === 'c');
    expect(listed).toEqual(await getClip(portal.deps, coach, 'c'));
    const made = listed?.assets.filter(({ signed_url: url }) => url.includes('/api/v2/clips/c/'));
    expect(made?.map(({ asset_type: type }) => type)).toEqual(['hls_playlist', 'hls_playlist', 'thumbnail_grid']);
    const { filter, include } = { filter: {}, include: { assets: true, tags: true } };
    const page = await withinReach(portal.db, coach, (tx) =>
      selectClipPage(tx, coach, { filter, include, sort: '-created_at', limit: 10, offset: 0, after: null }),
    );
    expect(page.clips.flatMap(({ assets }) => assets).every(({ delivery_index }) => delivery_index === null)).toBe(
      true,
    );
  });

  it('come all at once for a player that has the assets: they name its files, and nothing is signed in them', async () => {
    const [{ clip, playlists }, told] = await Promise.all([
      getClipToWatch(portal.deps, coach, 'c'),
      getPlaylists(portal.deps, coach, 'c'),
    ]);
    expect(told).toEqual({ playlists, expires_at: null });
    const master = HLS.parse(playlists?.['playlist.m3u8'] ?? '') as HLS.types.MasterPlaylist;
    const uris = master.variants.map(({ uri }) => uri);
    expect(['playlist.m3u8', ...uris].sort()).toEqual(Object.keys(playlists ?? {}).sort());
    const files = clip.assets.filter(({ asset_type }) => asset_type === 'hls_segment').map(({ gcs_uri }) => gcs_uri);
    for (const uri of uris) {
      const media = HLS.parse(playlists?.[uri] ?? '') as HLS.types.MediaPlaylist;
      expect(media.segments.map(({ byterange }) => byterange?.length)).toEqual([5000, 2500]);
      for (const segment of media.segments) expect(files).toContain(`${URI}/${segment.uri}`);
    }
    expect((await getClipToWatch(portal.deps, coach, 'busy')).playlists).toBeNull();
    const elsewhere = await enlist(portal.deps, 'coach', { teamAccess: ['CHI'] });
    for (const [user, clipId] of [
      [coach, 'busy'],
      [elsewhere, 'c'],
    ] as const) {
      expect(await faultOf(getPlaylists(portal.deps, user, clipId))).toMatchObject({ status: 404 });
    }
  });

  it('leads from the clip’s own URL to byte ranges of signed objects, and reads no object for it', async () => {
    const read = vi.spyOn(portal.store, 'read');
    const clip = await getClip(portal.deps, coach, 'c');
    const [top] = clip.assets.filter((asset) => asset.gcs_uri.endsWith('/playlist.m3u8'));
    expect(top?.signed_url).toMatch(/^http:\/\/localhost:3000\/api\/v2\/clips\/c\/playlist\.m3u8\?token=/);
    const { body } = await text('playlist.m3u8', new URL(top?.signed_url ?? '').searchParams.get('token') ?? '');
    const master = HLS.parse(body) as HLS.types.MasterPlaylist;
    expect(master.variants.map(({ resolution }) => resolution?.height).sort()).toEqual([360, 720]);
    for (const { uri, resolution } of master.variants) {
      const { pathname, searchParams } = new URL(uri);
      expect(pathname).toBe(`/api/v2/clips/c/${resolution?.height}.m3u8`);
      const media = HLS.parse(
        (await text(`${resolution?.height}.m3u8`, searchParams.get('token') ?? '')).body,
      ) as HLS.types.MediaPlaylist;
      expect(media.segments.map(({ duration, byterange }) => [duration, byterange?.offset, byterange?.length])).toEqual(
        [
          [2, 900, 5000],
          [1, 5900, 2500],
        ],
      );
      for (const segment of media.segments) {
        const object = new URL(segment.uri);
        expect(object.pathname).toBe(`/api/objects/test-media/MTL/2025-2026/20031/c/${resolution?.height}.m4s`);
        const verdict = portal.store.verifySignedGet(
          { bucket: 'test-media', key: `MTL/2025-2026/20031/c/${resolution?.height}.m4s` },
          object.searchParams,
        );
        expect(verdict).toMatchObject({ ok: true, grant: { generation: '77' } });
      }
    }
    const board = (await text('grid.vtt')).body;
    expect(board).toContain('/c/grid.jpg?');
    expect(board.match(/#xywh=/g)).toHaveLength(3);
    expect(read).not.toHaveBeenCalled();
  });

  it('names the key frames of what was measured, byte ranges of the same signed object, and counts nobody as watching them', async () => {
    const index = rendition(720);
    const segments = index.segments.map((segment) => ({ ...segment, iFrameLength: 700 }));
    const where = { gcsUri: `${URI}/720.m4s` };
    expect(await faultOf(text('720-iframes.m3u8'))).toMatchObject({ status: 404 });
    await portal.db.clipAsset.updateMany({ where, data: { deliveryIndex: { ...index, segments } } });
    const { variants } = HLS.parse((await text('playlist.m3u8')).body) as HLS.types.MasterPlaylist;
    const [keyed, ...more] = variants.filter(({ isIFrameOnly }) => isIFrameOnly);
    expect(more).toEqual([]);
    // 700 bytes in the shorter segment's second.
    expect(keyed).toMatchObject({ bandwidth: 5600, codecs: 'avc1.64001f', resolution: { width: 1280, height: 720 } });
    const { pathname, searchParams } = new URL(keyed?.uri ?? '');
    expect(pathname).toBe('/api/v2/clips/c/720-iframes.m3u8');
    const token = searchParams.get('token') ?? '';
    const playlist = HLS.parse((await text('720-iframes.m3u8', token)).body) as HLS.types.MediaPlaylist;
    expect(playlist.isIFrame).toBe(true);
    const ranges = playlist.segments.map(({ duration, byterange, uri }) => [
      duration,
      byterange,
      new URL(uri).pathname,
    ]);
    const object = '/api/objects/test-media/MTL/2025-2026/20031/c/720.m4s';
    expect(ranges).toEqual([
      [2, { offset: 900, length: 700 }, object],
      [1, { offset: 5900, length: 700 }, object],
    ]);
    expect(await portal.statementsOf((deps) => textFor(deps, '720-iframes.m3u8', token, 'c'))).toHaveLength(3);
    await portal.db.clipAsset.updateMany({ where, data: { deliveryIndex: { ...index } } });
  });

  it('costs three statements a playlist, who, which clip and its assets, and one more to write down a play', async () => {
    const token = tokenOf(coach);
    expect(await portal.statementsOf((deps) => textFor(deps, 'playlist.m3u8', token, 'c'))).toHaveLength(3);
    expect(await portal.statementsOf((deps) => textFor(deps, '720.m3u8', token, 'c'))).toHaveLength(4);
  });

  it('has no rendition that was not made, and none for a clip that is not ready', async () => {
    expect(await faultOf(text('1080.m3u8'))).toMatchObject({ status: 404 });
    expect(await faultOf(text('playlist.m3u8', tokenOf(coach, 'busy'), 'busy'))).toMatchObject({ status: 404 });
    for (const file of ['playlist.m3u8', 'grid.vtt']) {
      expect(await faultOf(text(file, tokenOf(coach, 'old'), 'old'))).toMatchObject({ status: 404 });
    }
  });
});

describe('nobody gets a playlist', () => {
  it('without a token, with a changed one, or with another clip’s', async () => {
    expect(await faultOf(textFor(portal.deps, 'playlist.m3u8', undefined, 'c'))).toMatchObject({ status: 401 });
    for (const token of ['x', `${tokenOf(coach)}x`, tokenOf(coach, 'old')]) {
      expect(await faultOf(text('playlist.m3u8', token))).toMatchObject({ status: 403, code: 'token_invalid' });
    }
  });

  it('once it has expired, and until then they do', async () => {
    const { url, expiresAt } = portal.deps.delivery.signClipFile(coach, 'c', 'playlist.m3u8');
    const token = new URL(url).searchParams.get('token') ?? '';
    portal.setNow(new Date(expiresAt.getTime() - 1));
    expect((await text('playlist.m3u8', token)).body).toContain('#EXTM3U');
    portal.setNow(expiresAt);
    expect(await faultOf(text('playlist.m3u8', token))).toMatchObject({ status: 403, code: 'token_expired' });
    portal.setNow(null);
  });

  it('whose account was disabled or deleted', async () => {
    const token = tokenOf(coach);
    await change({ disabledAt: new Date() });
    expect(await faultOf(text('playlist.m3u8', token))).toMatchObject({ status: 403, code: 'token_invalid' });
    await portal.db.user.delete({ where: { id: coach.userId } });
    expect(await faultOf(text('720.m3u8', token))).toMatchObject({ status: 403, code: 'token_invalid' });
  });

  it('whose key was revoked, though the account stays', async () => {
    const key = { id: randomUUID(), userId: coach.userId, name: 'k', keyHash: randomUUID().padEnd(64), keyHint: 'hb_' };
    await portal.db.apiKey.create({ data: key });
    const token = tokenOf({ ...coach, apiKeyId: key.id });
    expect((await text('playlist.m3u8', token)).body).toContain('#EXTM3U');
    await portal.db.apiKey.update({ where: { id: key.id }, data: { revokedAt: new Date() } });
    for (const file of ['playlist.m3u8', '720.m3u8', 'grid.vtt']) {
      expect(await faultOf(text(file, token))).toMatchObject({ status: 403, code: 'token_invalid' });
    }
  });

  it.each([
    ['another team', { teamAccess: ['TOR'] }],
    ['no team', { teamAccess: [] }],
    ['another player', { role: 'player', playerId: '8' }],
  ])('who has become one of %s', async (_what, data) => {
    const token = tokenOf(coach);
    await change(data);
    for (const file of ['playlist.m3u8', '720.m3u8', 'grid.vtt']) {
      expect(await faultOf(text(file, token))).toMatchObject({ status: 404 });
    }
  });
});

describe('whose minute pays', () => {
  const tokenIn = (url: string) => new URL(url).searchParams.get('token');
  const payer = (token: string | null, clip_id = 'c') =>
    payerOfClipText(portal.deps, { clip_id, file: 'playlist.m3u8' }, token);

  it('is the person’s of the token, by session or by key, and the place’s without a token that holds', () => {
    const { url, expiresAt } = portal.deps.delivery.signClipFile(coach, 'c', 'playlist.m3u8');
    const byKey = portal.deps.delivery.signClipFile({ ...coach, apiKeyId: randomUUID() }, 'c', 'playlist.m3u8');
    const token = tokenIn(url);
    expect(payer(token)).toBe(`playback:${coach.userId}`);
    expect(payer(tokenIn(byKey.url))).toBe(payer(token));
    for (const refused of [null, '', 'x.y', `${token}x`]) expect(payer(refused)).toBeNull();
    expect(payer(token, 'old')).toBeNull();
    expect(payerOfClipText(portal.deps, { clip_id: '../c' }, token)).toBeNull();
    portal.setNow(expiresAt);
    expect(payer(token)).toBeNull();
    portal.setNow(null);
  });
});
