import { randomUUID } from 'node:crypto';
import HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import {
  caller,
  clipRow,
  enlist,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';
import { listClipsQuerySchema } from './clip-filter-schemas.ts';
import { getClipText } from './clip-playlists.ts';
import { createClip } from './create-clip.ts';
import { createClipBatch } from './create-clip-batch.ts';
import { getClip, getClipToWatch, getPlaylists } from './get-clip.ts';
import { listClips } from './list-clips.ts';
import { prepareRows, sheetRows } from './prepared-fixture.ts';
import { tellPlay } from './record-play.ts';

const MASTER = masterRow({ filename: 'p1.mp4', durationS: 20 });
const FOREIGN = masterRow({ teamCode: 'CHI', filename: 'p1.mp4' });
const KEYS_S = [0, 4, 6.5, 10, 14];

let portal: PortalFixture;
let coach: UserContext;
let player: UserContext;

/** A pending clip of the prepared master, unless told otherwise. */
const row = (clipId: string, startS: number, endS: number, changes: object = {}) =>
  clipRow({
    ...{ clipId, startTimecodeS: startS, endTimecodeS: endS, durationS: endS - startS, sourceGcsUri: MASTER.lakeUri },
    ...{ processingStatus: 'pending', ...changes },
  });

beforeAll(async () => {
  portal = await portalFixture();
  const { db } = portal;
  await db.master.createMany({ data: [MASTER, FOREIGN] });
  await prepareRows(db, MASTER.id, [
    { name: 'source', keysS: KEYS_S, toS: 16, delayS: 0.1 },
    { name: 'sound', keysS: [0], toS: 20, isComplete: true },
    { name: '720', keysS: KEYS_S, toS: 10, delayS: 0.05 },
    { name: '360', keysS: [0, 3, 6, 9, 12], toS: 16 },
  ]);
  await prepareRows(db, FOREIGN.id, [{ name: 'source', keysS: [0, 10], toS: 20 }]);
  await db.clip.createMany({
    data: [
      row('mid', 7, 9),
      row('two', 3.5, 8),
      row('late', 11, 15),
      row('beyond', 15, 16.02),
      row('failed', 4, 5, { processingStatus: 'failed' }),
      row('binned', 4, 5, { deletedAt: new Date() }),
      row('other-player', 1, 2, { playerId: '99' }),
      row('ready', 7, 9, { processingStatus: 'ready' }),
      row('unprepared', 1, 2, { sourceGcsUri: 'gs://test-lake/media/raw/MTL/2025-2026/20031/other.mp4' }),
      row('chicago', 1, 2, { teamCode: 'CHI', sourceGcsUri: FOREIGN.lakeUri }),
    ],
  });
  const { id } = await db.clip.findUniqueOrThrow({ where: { clipId: 'ready' } });
  const file = 'gs://test-media/MTL/2025-2026/20031/ready/clip.mp4';
  await db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri: file, generation: '5' } });
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
  player = await enlist(portal.deps, 'player', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());

const playbackOf = async (clipId: string, user = coach) => (await getClip(portal.deps, user, clipId)).playback;

/** What the URL itself answers, as the route does it. */
async function textAt(url: string, changes: { clipId?: string; file?: string } = {}) {
  const { pathname, searchParams } = new URL(url);
  const [, , , , clip = '', fileName = ''] = pathname.split('/');
  const { clipId = clip, file = fileName } = changes;
  const user = await resolvePlaybackCaller(portal.deps, clipId, searchParams.get('token') ?? undefined);
  const found = await getClipText(portal.deps, user, clipId, file);
  return 'location' in found ? found.location : found.body;
}
const variantsAt = async (url: string) => HLS.parse(await textAt(url)) as HLS.types.MasterPlaylist;
const mediaAt = async (url: string) => HLS.parse(await textAt(url)) as HLS.types.MediaPlaylist;
const filesOf = ({ segments }: HLS.types.MediaPlaylist) =>
  segments.map(({ uri }) => new URL(uri).pathname.split('/').slice(-2).join('/'));

describe('what a clip is played from', () => {
  it('is its slice, wherever the clip is told of, as soon as the master is prepared that far', async () => {
    const mid = await playbackOf('mid');
    expect(mid).toMatchObject({ kind: 'slice', duration_s: 2, exact_url: null });
    // The key frame at 6.5 s is decoded a tenth of a second earlier.
    expect(mid?.offset_s).toBeCloseTo(0.6, 9);
    expect(Date.parse(mid?.expires_at ?? '')).toBeGreaterThan(Date.now());
    const { clips } = await listClips(portal.deps, coach, listClipsQuerySchema.parse({}));
    const told = Object.fromEntries(clips.map((clip) => [clip.clip_id, clip.playback?.kind ?? null]));
    expect(told).toEqual({
      ...{ mid: 'slice', two: 'slice', late: 'slice', failed: 'slice', ready: 'slice', 'other-player': 'slice' },
      ...{ beyond: null, unprepared: null },
    });
    expect(clips.find(({ clip_id }) => clip_id === 'mid')?.playback).toEqual(mid);
    const lean = await listClips(portal.deps, coach, listClipsQuerySchema.parse({ include: 'tags' }));
    expect(lean.clips.every(({ playback }) => playback === null)).toBe(true);
  });

  it('has the exact file beside it once there is one', async () => {
    const { clip_id, assets, playback } = await getClip(portal.deps, coach, 'ready');
    expect(playback).toMatchObject({ kind: 'slice', exact_url: assets[0]?.signed_url });
    expect(clip_id).toBe('ready');
  });

  it('is answered by the request that makes the clip, and by a batch, without a question a clip', async () => {
    const given = { ...{ master_id: MASTER.id, team_code: 'MTL', season: '2025-2026', game_id: '20031' }, tags: [] };
    const facts = { ...given, player_id: '8480018', event_type: 'shot', cut: 'now' as const };
    const { clip } = await createClip(portal.deps, coach, { ...facts, start_timecode_s: 7, end_timecode_s: 9 });
    expect(clip).toMatchObject({ processing_status: 'pending', playback: { kind: 'slice', duration_s: 2 } });
    expect(clip.playback?.offset_s).toBeCloseTo(0.6, 9);
    const clips = [1, 11, 15.5].map((startS) => ({ ...facts, start_timecode_s: startS, end_timecode_s: startS + 1 }));
    const batch = (some: typeof clips) => createClipBatch(portal.deps, coach, { clips: some, atomic: false });
    const { result } = await batch(clips);
    expect(result.results.map((item) => item.clip?.playback?.kind ?? null)).toEqual(['slice', 'slice', null]);
    const asked = (some: typeof clips) =>
      portal.statementsOf((deps) => createClipBatch(deps, coach, { clips: some, atomic: false }));
    expect((await asked(clips)).length).toBe((await asked(clips.slice(0, 1))).length);
  });
});

describe('the storyboard of a slice', () => {
  it('is what its master has of it by now, for those who may watch the master', async () => {
    const { storyboard_url: url = '' } = (await playbackOf('mid')) ?? {};
    expect(url && (await textAt(url))).toBe('WEBVTT\n');
    await sheetRows(portal.db, MASTER.id, [0, 8.2, 16]);
    const cues = (await textAt(url ?? '')).split('\n\n').slice(1);
    const place = (cue: string) => [cue.slice(0, 29), cue.match(/(\d+\.jpg).*#xywh=(.*)/)?.slice(1)];
    expect(cues.map(place)).toEqual([
      ['00:00:00.000 --> 00:00:01.000', ['00000.jpg', '480,0,160,90']],
      ['00:00:01.000 --> 00:00:01.200', ['00000.jpg', '640,0,160,90']],
      ['00:00:01.200 --> 00:00:02.000', ['00001.jpg', '0,0,160,90']],
    ]);
    expect((await playbackOf('ready'))?.storyboard_url).toContain('/clips/ready/grid.vtt?token=');
  });

  it('is nobody else’s', async () => {
    expect((await playbackOf('other-player'))?.storyboard_url).not.toBeNull();
    const mine = { clipId: 'mid', file: 'grid.vtt' };
    const { url = '', storyboard_url: offered } = (await playbackOf('mid', player)) ?? {};
    expect([offered, url]).toEqual([null, expect.stringContaining('/clips/mid/slice.m3u8')]);
    expect(await faultOf(textAt(url, mine))).toMatchObject({ status: 404 });
    const scout = await enlist(portal.deps, 'scout', { teamAccess: ['MTL'] });
    const told = await playbackOf('mid', scout);
    expect(told?.storyboard_url).toBeNull();
    expect(await faultOf(textAt(told?.url ?? '', mine))).toMatchObject({ status: 404 });
  });
});

describe('the playlists of a slice', () => {
  it('name the segments that the clip touches, each signed for itself, and begin at its first frame', async () => {
    const { url = '', offset_s: offsetS } = (await playbackOf('two')) ?? {};
    const { variants, start } = await variantsAt(url);
    expect(start?.offset).toBeCloseTo(offsetS ?? Number.NaN, 5);
    // 360 has its key frames elsewhere; sound alone is nobody's.
    expect(variants.map(({ uri }) => new URL(uri).pathname)).toEqual([
      '/api/v2/clips/two/slice-source.m3u8',
      '/api/v2/clips/two/slice-720.m3u8',
    ]);
    const [source, lower] = await Promise.all(variants.map(({ uri }) => mediaAt(uri)));
    expect(source && filesOf(source)).toEqual(['source/00000.m4s', 'source/00001.m4s', 'source/00002.m4s']);
    expect(source?.start).toEqual({ offset: 3.6, precise: true });
    expect(lower?.start).toEqual({ offset: 3.55, precise: true });
    const urls = source?.segments.flatMap(({ uri, map }) => [uri, map?.uri ?? '']) ?? [];
    expect(new Set(urls).size).toBe(4);
    for (const signed of urls) {
      const { pathname, searchParams } = new URL(signed);
      expect(pathname).toContain(`/MTL/2025-2026/20031/master.${MASTER.id}/source/`);
      expect(searchParams.get('generation')).toMatch(/^1\d+$/);
    }
  });

  it('come with the page, and all at once for a player that takes texts: the same as at their URLs', async () => {
    const { clip, playlists } = await getClipToWatch(portal.deps, player, 'two');
    const { variants } = await variantsAt(clip.playback?.url ?? '');
    const urls = [clip.playback?.url ?? '', ...variants.map(({ uri }) => uri)];
    const fileOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';
    const texts = await Promise.all(urls.map(async (url) => [fileOf(url), await textAt(url)] as const));
    expect(texts.map(([file]) => file)).toEqual(['slice.m3u8', 'slice-source.m3u8', 'slice-720.m3u8']);
    expect(playlists).toEqual(Object.fromEntries(texts));
    const told = await getPlaylists(portal.deps, player, 'two');
    expect(told).toEqual({ playlists, expires_at: clip.playback?.expires_at });
    for (const clipId of ['beyond', 'other-player', 'chicago']) {
      expect(await faultOf(getPlaylists(portal.deps, player, clipId))).toMatchObject({ status: 404 });
    }
  });

  it('leave out a rendition that does not reach the end of the clip', async () => {
    const { variants } = await variantsAt((await playbackOf('late'))?.url ?? '');
    expect(variants.map(({ uri }) => new URL(uri).pathname.split('/').at(-1))).toEqual(['slice-source.m3u8']);
    // A player that takes `playlist.m3u8` while nothing is cut gets the same.
    const url = (await playbackOf('late'))?.url ?? '';
    expect(await textAt(url, { file: 'playlist.m3u8' })).toBe(await textAt(url));
  });

  it('are read under the reach of whom the token speaks for, and count as a play', async () => {
    const { url = '' } = (await playbackOf('mid', player)) ?? {};
    const [variant] = (await variantsAt(url)).variants;
    expect(filesOf(await mediaAt(variant?.uri ?? ''))).toEqual(['source/00002.m4s']);
    await tellPlay(portal.deps, player, 'mid');
    expect(await portal.db.auditEntry.count({ where: { action: 'clip.play', targetId: 'mid' } })).toBe(1);
    const refused = { status: 403, code: 'token_invalid' };
    expect(await faultOf(textAt(url, { clipId: 'two' }))).toMatchObject(refused);
    for (const file of ['slice-1080.m3u8', 'slice-sound.m3u8', '720.m3u8', 'grid.vtt', '720-iframes.m3u8']) {
      expect(await faultOf(textAt(url, { file }))).toMatchObject({ status: 404 });
    }
    for (const [user, clipId] of [
      [player, 'other-player'],
      [coach, 'chicago'],
      [coach, 'binned'],
    ] as const) {
      const signed = portal.deps.delivery.signClipFile(user, clipId, 'slice-source.m3u8');
      expect(await faultOf(textAt(signed.url))).toMatchObject({ status: 404 });
    }
    const gone = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const before = (await playbackOf('mid', gone))?.url ?? '';
    await portal.db.user.update({ where: { id: gone.userId }, data: { disabledAt: new Date() } });
    expect(await faultOf(textAt(before))).toMatchObject(refused);
  });
});

describe('Postgres tells of a prepared master', () => {
  const everything = (user: UserContext) =>
    withinReach(portal.deps.db, user, async (tx) => {
      const all = await tx.clip.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
      const segments = await tx.$queryRaw<{ segments: number }[]>`
        SELECT jsonb_array_length(s.segments) AS segments FROM media.slice_renditions('mid') s WHERE s.name = 'source'`;
      const ids = (await portal.db.clip.findMany({ select: { id: true } })).map(({ id }) => id);
      const slices = await tx.$queryRaw<object[]>`SELECT clip_id FROM media.slices_of(${ids}::int[])`;
      return { rows: await tx.preparedSegment.count(), clips: all.length, segments, slices: slices.length };
    });

  it('to a player no more than what the clips in reach touch, and nothing to who reaches none', async () => {
    const seen = await everything(player);
    expect(seen).toMatchObject({ rows: 0, segments: [{ segments: 1 }] });
    expect(seen.slices).toBeLessThan(seen.clips);
    const nobody = { rows: 0, clips: 0, segments: [], slices: 0 };
    expect(await everything(caller('coach', { teamAccess: [] }))).toEqual(nobody);
    expect(await everything(caller('player', { teamAccess: ['MTL'], playerId: '1' }))).toEqual(nobody);
  });

  it('that a clip can be played from now on, once', async () => {
    const heard = () =>
      portal.db.event.findMany({ where: { type: 'clip.updated' }, select: { clipId: true }, orderBy: { id: 'asc' } });
    const before = (await heard()).length;
    const master = masterRow({ id: randomUUID(), filename: 'growing.mp4' });
    await portal.db.master.create({ data: master });
    await prepareRows(portal.db, master.id, [{ name: 'source', keysS: [0], toS: 2 }]);
    const grown = { sourceGcsUri: master.lakeUri };
    await portal.db.clip.createMany({
      data: [row('g-1', 0, 1, grown), row('g-3', 1, 3, grown), row('g-9', 1, 9, grown)],
    });
    const growTo = async (toS: number) => {
      await portal.db.preparedRendition.updateMany({ where: { masterId: master.id }, data: { toS } });
      await portal.db.masterPreparation.update({ where: { masterId: master.id }, data: { playableToS: toS } });
      return (await heard()).slice(before).map(({ clipId }) => clipId);
    };
    expect(await playbackOf('g-3')).toBeNull();
    expect(await growTo(4)).toEqual(['g-3']);
    expect(await playbackOf('g-3')).toMatchObject({ kind: 'slice' });
    expect(await growTo(6)).toEqual(['g-3']);
    expect(await growTo(10)).toEqual(['g-3', 'g-9']);
  });

  it('that a clip which was cut to its file alone has its slice again, once the master is prepared anew', async () => {
    const before = await portal.db.event.count({ where: { type: 'clip.updated' } });
    const master = masterRow({ id: randomUUID(), filename: 'anew.mp4' });
    await portal.db.master.create({ data: master });
    await prepareRows(portal.db, master.id, [{ name: 'source', keysS: [0], toS: 0 }]);
    const cut = { sourceGcsUri: master.lakeUri, processingStatus: 'ready' };
    await portal.db.clip.createMany({ data: [row('a-file', 1, 3, cut), row('a-cut', 1, 3, cut)] });
    const ids = await portal.db.clip.findMany({ where: { sourceGcsUri: master.lakeUri }, orderBy: { clipId: 'desc' } });
    await portal.db.clipAsset.createMany({
      data: ids.map(({ id, clipId }) => ({
        ...{ clipId: id, assetType: 'hls_playlist', gcsUri: `gs://test-media/${clipId}/playlist.m3u8` },
        deliveryIndex: { kind: clipId === 'a-file' ? 'slice' : 'rendition' },
      })),
    });
    await portal.db.preparedRendition.updateMany({ where: { masterId: master.id }, data: { toS: 9 } });
    await portal.db.masterPreparation.update({ where: { masterId: master.id }, data: { playableToS: 9 } });
    const heard = await portal.db.event.findMany({ where: { type: 'clip.updated' }, orderBy: { id: 'asc' } });
    expect(heard.slice(before).map(({ clipId }) => clipId)).toEqual(['a-file']);
  });
});
