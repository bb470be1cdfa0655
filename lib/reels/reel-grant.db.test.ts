import HLS from 'hls-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { getClipText } from '#lib/clips/clip-playlists.ts';
import { downloadClip } from '#lib/clips/download-clip.ts';
import { getClip, getPlaylists } from '#lib/clips/get-clip.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { prepareRows, sheetRows } from '#lib/clips/prepared-fixture.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import { settledEvents } from '#lib/events/settled-events-fixture.ts';
import { clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { getStatsBreakdown, getStatsOverview } from '#lib/stats/get-stats.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';
import { putItems } from './change-items.ts';
import { deleteReel, patchReel } from './change-reel.ts';
import { getReel } from './get-reel.ts';
import { getShownText } from './reel-playback.ts';
import type { ReelJson } from './reel-schemas.ts';
import { CHOSEN, enlistAll, makeReel, type People } from './reels-fixture.ts';

const MASTER = masterRow({ filename: 'p1.mp4', durationS: 20 });
const URI = 'gs://test-media/MTL/2025-2026/20031/cut';
const RENDITION = {
  ...{ kind: 'rendition', codecs: 'avc1.64001f,mp4a.40.2', bandwidthBps: 3000, averageBandwidthBps: 2500 },
  ...{ width: 1280, height: 720, frameRate: 30, init: { offset: 0, length: 900 } },
  segments: [{ durationS: 2, offset: 900, length: 5000 }],
};
const BOARD = {
  ...{ kind: 'storyboard', intervalS: 1, durationS: 2, columns: 2, rows: 1, tiles: 2 },
  ...{ tileWidth: 160, tileHeight: 90 },
};

let portal: PortalFixture;
let people: People;
const sliced = (clipId: string, playerId: string, changes: object = {}) =>
  clipRow({
    ...{ clipId, playerId, playerName: 'Somebody Else', startTimecodeS: 7, endTimecodeS: 9, durationS: 2 },
    ...{ sourceGcsUri: MASTER.lakeUri, processingStatus: 'pending', ...changes },
  });

beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
  const { db } = portal;
  await db.master.create({ data: MASTER });
  await prepareRows(db, MASTER.id, [{ name: '720', keysS: [0, 4, 6.5, 10], toS: 20, isComplete: true }]);
  await sheetRows(db, MASTER.id, [0, 20]);
  await db.clip.createMany({
    data: [
      ...[sliced('slice', '8'), sliced('own', CHOSEN), sliced('fleeting', '8'), sliced('moved', '8')],
      clipRow({ clipId: 'cut', playerId: '8', sourceGcsUri: MASTER.lakeUri }),
      clipRow({ clipId: 'unshown', playerId: '8' }),
    ],
  });
  const { id } = await db.clip.findUniqueOrThrow({ where: { clipId: 'cut' } });
  const asset = (assetType: string, name: string, index?: object) => ({
    ...{
      clipId: id,
      assetType,
      gcsUri: `${URI}/${name}`,
      generation: '77',
      ...(index ? { deliveryIndex: index } : {}),
    },
  });
  await db.clipAsset.createMany({
    data: [
      ...[asset('mp4', 'clip.mp4'), asset('hls_playlist', 'playlist.m3u8'), asset('hls_playlist', '720.m3u8')],
      ...[asset('hls_segment', '720.m4s', RENDITION), asset('thumbnail_grid', 'grid.jpg', BOARD)],
      asset('thumbnail_grid', 'grid.vtt'),
    ],
  });
});
afterAll(() => portal.close());
// Signatures of one window are one text.
beforeEach(() => portal.setNow(new Date('2026-03-01T12:00:00Z')));

const show = async (clipIds: readonly string[], audience: Parameters<typeof makeReel>[2] = { players: [CHOSEN] }) =>
  (await makeReel(portal.deps, people.maker, audience, clipIds)).id;
const playbackOf = ({ items }: ReelJson, index = 0) => items[index]?.clip?.playback ?? null;
const playbackFor = async (user: UserContext, reelId: string, index = 0) => {
  const playback = playbackOf(await getReel(portal.deps, user, reelId), index);
  if (!playback) throw new Error('There is nothing to play.');
  return playback;
};

/** What a URL answers, as the route does it. */
async function textAt(url: string, get: typeof getShownText = getShownText): Promise<string> {
  const { pathname, searchParams } = new URL(url);
  const [, , , , clipId = '', file = ''] = pathname.split('/');
  const user = await resolvePlaybackCaller(portal.deps, clipId, searchParams.get('token') ?? undefined);
  const found = await get(portal.deps, user, clipId, file);
  return 'location' in found ? found.location : found.body;
}
const variantsAt = async (url: string) =>
  (HLS.parse(await textAt(url)) as HLS.types.MasterPlaylist).variants.map(({ uri }) => uri);

/** All that a caller is told outside of reels, as the text of it. */
async function toldOutside(user: UserContext): Promise<string> {
  const { deps } = portal;
  const query = (given: object = {}) => listClipsQuerySchema.parse(given);
  const events = await settledEvents(deps.db, user);
  const told = [
    await listClips(deps, user, query()),
    await listClips(deps, user, query({ q: 'somebody else' })),
    await listClips(deps, user, query({ player_id: ['8'] })),
    await listFacets(deps, user, {}),
    await getStatsOverview(deps, user, {}),
    await getStatsBreakdown(deps, user, {}),
    await getClip(deps, user, 'own'),
    await faultOf(getClip(deps, user, 'slice')),
    await faultOf(getClip(deps, user, 'cut')),
    await faultOf(getPlaylists(deps, user, 'cut')),
    await faultOf(downloadClip(deps, user, 'cut')),
    await faultOf(tellPlay(deps, user, 'cut')),
    events.filter(({ reelId }) => reelId === null).map(({ type, clipId, data }) => ({ type, clipId, data })),
  ];
  return JSON.stringify(told);
}

describe('what a reel shows', () => {
  it('adds nothing to what a player lists, searches, counts, opens or hears of, by a byte', async () => {
    const { chosen } = people;
    const before = await toldOutside(chosen);
    const reelId = await show(['slice', 'cut', 'own']);
    const { items } = await getReel(portal.deps, chosen, reelId);
    expect(items.map(({ clip_id }) => clip_id)).toEqual(['slice', 'cut', 'own']);
    expect(await toldOutside(chosen)).toBe(before);
    await textAt((await playbackFor(chosen, reelId)).url);
    expect(await toldOutside(chosen)).toBe(before);
    expect(before).toContain('"clip_id":"own"');
    expect(before).not.toContain('"clip_id":"slice"');
  });

  it('is what captions and players need, and nothing that is kept from players', async () => {
    const { items } = await getReel(portal.deps, people.chosen, await show(['slice', 'cut', 'own']));
    const [slice, cut, own] = items.map(({ clip }) => clip);
    expect(Object.keys(slice ?? {}).sort()).toEqual([
      ...[
        'clip_id',
        'duration_s',
        'event_type',
        'game_date',
        'game_id',
        'opponent_code',
        'outcome',
        'period',
        'playback',
      ],
      ...['player_id', 'player_name', 'season', 'strength', 'team_code', 'thumbnail_url', 'zone'],
    ]);
    expect(slice).toMatchObject({ player_id: '8', duration_s: 2, playback: { kind: 'slice', exact_url: null } });
    expect(slice?.playback?.offset_s).toBeCloseTo(0.5, 9);
    // The storyboard of a slice is its master's, which shows more than the clip.
    expect(slice?.playback?.storyboard_url).toBeNull();
    expect(cut?.playback).toMatchObject({ kind: 'cut', exact_url: null });
    expect(own).toMatchObject({ player_id: CHOSEN });
  });

  it('is played by its URLs alone, from the slice and from the cut, and counts as a play', async () => {
    const { chosen } = people;
    const reelId = await show(['slice', 'cut']);
    const [slice, cut] = [await playbackFor(chosen, reelId), await playbackFor(chosen, reelId, 1)];
    for (const [{ url, kind }, clipId] of [
      [slice, 'slice'],
      [cut, 'cut'],
    ] as const) {
      const [variant = ''] = await variantsAt(url);
      expect(new URL(variant).pathname, kind).toMatch(
        new RegExp(String.raw`^/api/v2/clips/${clipId}/[\w-]*720\.m3u8$`),
      );
      const { segments } = HLS.parse(await textAt(variant)) as HLS.types.MediaPlaylist;
      expect(segments.length).toBeGreaterThan(0);
      const plays = { action: 'clip.play', targetId: clipId, actorUserId: chosen.userId };
      expect(await portal.db.auditEntry.count({ where: plays })).toBe(1);
    }
    expect(await textAt(cut.storyboard_url ?? '')).toContain('grid.jpg');
  });

  it('has the file, and the master’s small pictures, for who reaches the clip anyway', async () => {
    const reelId = await show(['slice', 'cut'], 'team');
    const [slice, cut] = [await playbackFor(people.coach, reelId), await playbackFor(people.coach, reelId, 1)];
    expect(cut.exact_url).toContain('clip.mp4');
    expect(await textAt(slice.storyboard_url ?? '')).toContain('#xywh=');
    expect((await playbackFor(people.scout, reelId, 1)).exact_url).toContain('clip.mp4');
  });

  it('is what its maker may show: another team’s clips are gone, though the reader reaches them', async () => {
    const reelId = await show(['moved'], 'team');
    await portal.db.clip.update({ where: { clipId: 'moved' }, data: { teamCode: 'CHI' } });
    expect((await getReel(portal.deps, people.coach, reelId)).items).toMatchObject([{ clip_id: null, clip: null }]);
  });
});

describe('what is gone', () => {
  it('keeps its place and its note, and tells nothing else', async () => {
    const reelId = await show(['fleeting', 'cut']);
    const { items, version } = await getReel(portal.deps, people.maker, reelId);
    const noted = items.map(({ id }) => ({ id, in_s: 0.5, out_s: 1.5, note: 'Look' }));
    await putItems(portal.deps, people.maker, { reelId, ifMatch: [String(version)] }, { items: noted });
    const { url } = await playbackFor(people.chosen, reelId);
    const gone = { clip_id: null, in_s: 0.5, out_s: 1.5, note: 'Look', clip: null };
    const seen = async (user: UserContext) => {
      const reel = await getReel(portal.deps, user, reelId);
      return { first: reel.items[0], item_count: reel.item_count, duration_s: reel.duration_s };
    };
    const isGone = { first: { id: items[0]?.id, ...gone }, item_count: 2, duration_s: 1 };

    await portal.db.clip.update({ where: { clipId: 'fleeting' }, data: { deletedAt: new Date() } });
    for (const user of [people.chosen, people.maker, people.admin]) expect(await seen(user)).toEqual(isGone);
    expect(await faultOf(textAt(url))).toMatchObject({ status: 404 });
    // It may be put elsewhere, or taken out.
    const reel = await getReel(portal.deps, people.maker, reelId);
    const target = { reelId, ifMatch: [String(reel.version)] };
    const turned = await putItems(portal.deps, people.maker, target, { items: noted.toReversed() });
    expect(turned.items.map(({ clip_id }) => clip_id)).toEqual(['cut', null]);

    await portal.db.clip.update({ where: { clipId: 'fleeting' }, data: { deletedAt: null } });
    expect(await seen(people.chosen)).toMatchObject({ duration_s: 2 });
    await portal.db.clip.delete({ where: { clipId: 'fleeting' } });
    expect(await seen(people.chosen)).toMatchObject({ item_count: 2, duration_s: 1 });
  });
});

describe('taking back', () => {
  const any = (reelId: string) => ({ reelId, ifMatch: '*' as const });
  const disable = (user: UserContext, disabledAt: Date | null) =>
    portal.db.user.update({ where: { id: user.userId }, data: { disabledAt } });

  it.each<[string, (reelId: string) => Promise<unknown>]>([
    ['another audience', (id) => patchReel(portal.deps, people.maker, any(id), { audience: 'staff' })],
    ['other players', (id) => patchReel(portal.deps, people.maker, any(id), { audience: { players: ['9'] } })],
    ['taking the items out', (id) => putItems(portal.deps, people.maker, any(id), { items: [] })],
    ['deleting the reel', (id) => deleteReel(portal.deps, people.maker, any(id))],
  ])('by %s ends the playlists at once', async (_, takeBack) => {
    const { chosen } = people;
    const reelId = await show(['slice', 'cut']);
    const playbacks = [await playbackFor(chosen, reelId), await playbackFor(chosen, reelId, 1)];
    const urls = playbacks.flatMap(({ url, storyboard_url }) => [url, storyboard_url ?? []].flat());
    urls.push(...(await variantsAt(playbacks[0]?.url ?? '')));
    for (const url of urls) expect((await textAt(url)).length).toBeGreaterThan(0);
    await takeBack(reelId);
    for (const url of urls) expect(await faultOf(textAt(url))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('hits who the maker is not any more, and who the player is not any more', async () => {
    const reelId = await show(['slice']);
    const { url } = await playbackFor(people.chosen, reelId);
    await disable(people.maker, new Date());
    expect(await faultOf(textAt(url))).toMatchObject({ status: 404 });
    await disable(people.maker, null);
    expect(await textAt(url)).toContain('#EXTM3U');
    await disable(people.chosen, new Date());
    expect(await faultOf(textAt(url))).toMatchObject({ status: 403, code: 'token_invalid' });
    await disable(people.chosen, null);
  });

  it('is of one reel: what another shows goes on', async () => {
    const [one, other] = [await show(['slice']), await show(['slice'])];
    const [{ url }, { url: left }] = [await playbackFor(people.chosen, one), await playbackFor(people.chosen, other)];
    expect(left).not.toBe(url);
    await deleteReel(portal.deps, people.maker, any(one));
    expect(await faultOf(textAt(url))).toMatchObject({ status: 404 });
    expect(await textAt(left)).toContain('#EXTM3U');
  });
});

describe('the token of a reel', () => {
  it('opens no other clip, and nothing where nobody asks whether the reel still shows it', async () => {
    const { chosen } = people;
    const reelId = await show(['slice']);
    const { url } = await playbackFor(chosen, reelId);
    expect(await faultOf(textAt(url.replace('/clips/slice/', '/clips/cut/')))).toMatchObject({ status: 403 });
    expect(await faultOf(textAt(url, getClipText))).toMatchObject({ status: 404 });
    // Signed by the portal, for a clip that the reel does not show.
    const forged = portal.deps.delivery.signClipFile({ ...chosen, reelId }, 'unshown', 'playlist.m3u8');
    expect(await faultOf(textAt(forged.url))).toMatchObject({ status: 404 });
    const elsewhere = { ...chosen, reelId: crypto.randomUUID() };
    const { url: nowhere } = portal.deps.delivery.signClipFile(elsewhere, 'slice', 'playlist.m3u8');
    expect(await faultOf(textAt(nowhere))).toMatchObject({ status: 404 });
  });

  it('is no more than that for who reaches the clip: what the reel gave ends with it', async () => {
    const reelId = await show(['slice'], 'team');
    const { url } = await playbackFor(people.scout, reelId);
    await deleteReel(portal.deps, people.maker, { reelId, ifMatch: null });
    expect(await faultOf(textAt(url))).toMatchObject({ status: 404 });
    const { playback } = await getClip(portal.deps, people.scout, 'slice');
    expect(await textAt(playback?.url ?? '')).toContain('#EXTM3U');
  });
});
