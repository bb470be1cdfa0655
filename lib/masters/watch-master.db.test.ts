import HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { prepareRows, sheetRows } from '#lib/clips/prepared-fixture.ts';
import { caller, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { resolvePlaybackCaller } from '#lib/users/resolve-playback.ts';
import { getMasterText, masterAsFilm, watchMaster } from './watch-master.ts';

const MASTER = masterRow({ filename: 'p1.mp4', durationS: 20 });
const FOREIGN = masterRow({ teamCode: 'CHI', filename: 'p1.mp4' });
const KEYS_S = [0, 4, 6.5, 10, 14];

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.master.createMany({ data: [MASTER, FOREIGN] });
  await prepareRows(portal.db, MASTER.id, [
    { name: 'source', keysS: KEYS_S, toS: 16, delayS: 0.1 },
    { name: 'sound', keysS: [0], toS: 20, isComplete: true },
    { name: '720', keysS: KEYS_S, toS: 10 },
    { name: '360', keysS: [0, 3, 6, 9, 12], toS: 16 },
  ]);
  await prepareRows(portal.db, FOREIGN.id, [{ name: 'source', keysS: [0, 10], toS: 20 }]);
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());

describe('a whole master', () => {
  const watch = (user: UserContext, id = MASTER.id) => watchMaster(portal.deps, user, id);
  const textOf = async (url: string, id = MASTER.id) => {
    const { pathname, searchParams } = new URL(url);
    const user = await resolvePlaybackCaller(portal.deps, masterAsFilm(id), searchParams.get('token') ?? undefined);
    return getMasterText(portal.deps, user, id, pathname.split('/').at(-1) ?? '');
  };

  it('is watched by those who mark clips in it, as far as it is prepared, in what reaches so far', async () => {
    for (const role of ['admin', 'staff', 'coach', 'analyst'] as const) {
      const { url, ...facts } = await watch(await enlist(portal.deps, role, { teamAccess: ['MTL'] }));
      expect(facts).toMatchObject({ playable_to_s: 16, duration_s: 20 });
      expect(facts.offset_s).toBeCloseTo(0.1, 9);
      const { variants } = HLS.parse(await textOf(url)) as HLS.types.MasterPlaylist;
      const files = variants.map(({ uri }) => new URL(uri).pathname);
      expect(files).toEqual(['source', '360'].map((name) => `/api/v2/masters/${MASTER.id}/${name}.m3u8`));
      const [best] = variants;
      const media = HLS.parse(await textOf(best?.uri ?? '')) as HLS.types.MediaPlaylist;
      expect(media.segments.map(({ uri }) => new URL(uri).pathname.split('/').slice(-2).join('/'))).toEqual(
        KEYS_S.map((_, number) => `source/0000${number}.m4s`),
      );
    }
  });

  it('has small pictures as far as they are made, each sheet signed for itself', async () => {
    expect((await watch(coach)).storyboard).toBeNull();
    await sheetRows(portal.db, MASTER.id, [0, 7.3, 14]);
    const { storyboard } = await watch(coach);
    expect(storyboard).toMatchObject({ cell_width: 160, cell_height: 90, interval_s: 2, columns: 10 });
    expect(storyboard?.sheets.map(({ start_s, end_s }) => [start_s, end_s])).toEqual([
      [0, 7.3],
      [7.3, 14],
    ]);
    const urls = storyboard?.sheets.map(({ url }) => new URL(url)) ?? [];
    expect(urls.map(({ pathname }) => pathname.split('/').slice(-3).join('/'))).toEqual(
      ['00000.jpg', '00001.jpg'].map((file) => `master.${MASTER.id}/storyboard/${file}`),
    );
    expect(urls.map(({ searchParams }) => searchParams.get('generation'))).toEqual(['300', '301']);
  });

  it('has playlists that grow while it is prepared, and end when it is', async () => {
    const { url } = await watch(coach);
    const media = async () => {
      const { variants } = HLS.parse(await textOf(url)) as HLS.types.MasterPlaylist;
      return HLS.parse(await textOf(variants[0]?.uri ?? '')) as HLS.types.MediaPlaylist;
    };
    expect(await media()).toMatchObject({ playlistType: 'EVENT', endlist: false, targetDuration: 10 });
    for (const status of ['ready', 'failed']) {
      await portal.db.masterPreparation.update({ where: { masterId: MASTER.id }, data: { status } });
      expect(await media()).toMatchObject({ playlistType: 'VOD', endlist: true, targetDuration: 4 });
    }
    await portal.db.masterPreparation.update({ where: { masterId: MASTER.id }, data: { status: 'running' } });
    await portal.db.preparedRendition.updateMany({ where: { masterId: MASTER.id }, data: { complete: true } });
    // Its ladder alone is made still.
    expect(await media()).toMatchObject({ playlistType: 'VOD', endlist: true });
    await portal.db.preparedRendition.updateMany({ where: { masterId: MASTER.id }, data: { complete: false } });
  });

  it('is nobody else’s, by its URL neither', async () => {
    expect(await faultOf(watch(caller('player', { teamAccess: ['MTL'] })))).toMatchObject({ status: 403 });
    expect(await faultOf(watch(caller('scout', { teamAccess: ['MTL'] })))).toMatchObject({ status: 403 });
    expect(await faultOf(watch(coach, FOREIGN.id))).toMatchObject({ status: 404 });
    const { url } = await watch(coach);
    expect(await faultOf(textOf(url, FOREIGN.id))).toMatchObject({ status: 403, code: 'token_invalid' });
    expect(await faultOf(textOf(url.replace('playlist', 'sound')))).toMatchObject({ status: 404 });
    const ofClip = portal.deps.delivery.signClipFile(coach, 'mid', 'playlist.m3u8').url;
    expect(await faultOf(textOf(ofClip))).toMatchObject({ status: 403, code: 'token_invalid' });
    const former = await enlist(portal.deps, 'analyst', { teamAccess: ['MTL'] });
    const before = await watch(former);
    await portal.db.user.update({ where: { id: former.userId }, data: { role: 'scout' } });
    expect(await faultOf(textOf(before.url))).toMatchObject({ status: 403 });
  });
});
