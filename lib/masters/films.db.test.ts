import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { takeBackClip } from '#lib/clips/change-clip.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { prepareRows } from '#lib/clips/prepared-fixture.ts';
import { caller, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { findFilmOf, getFilm } from './get-film.ts';
import { listFilms } from './list-films.ts';

let portal: PortalFixture;
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const film = (teamCode: string, gameId: string, period: number | null, uploadedOn: number, others: object = {}) =>
  masterRow({
    ...{ teamCode, gameId, period, createdAt: day(uploadedOn), filename: `${teamCode}-${gameId}-${period}.mp4` },
    ...others,
  });
const FIRST = film('MTL', '1', 1, 1);
const PREPARED = film('MTL', '2', 1, 4);
const OUTSIDE = [
  film('CHI', '9', 1, 9),
  film('MTL', '4', 1, 8, { status: 'uploading' }),
  film('MTL', '5', 1, 8, { deletedAt: day(8) }),
];
const MASTERS = [FIRST, film('MTL', '2', 2, 3), PREPARED, film('MTL', '3', null, 2), ...OUTSIDE];
const COACH = caller('coach', { teamAccess: ['MTL'] });

beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.master.createMany({ data: MASTERS });
  await prepareRows(portal.db, PREPARED.id, [{ name: 'source', keysS: [0, 4, 8], toS: 12 }]);
});
afterAll(() => portal.close());

const pageOf = async (user: UserContext, query: object = {}, games = 20) => {
  const { films, next_cursor } = await listFilms(portal.deps, user, query, games);
  return { names: films.map(({ filename }) => filename), films, next_cursor };
};

describe('films', () => {
  it('are the checked masters of one’s teams, the newest game first and whole, page after page', async () => {
    const all = ['MTL-2-1', 'MTL-2-2', 'MTL-3-null', 'MTL-1-1'].map((name) => `${name}.mp4`);
    const first = await pageOf(COACH, {}, 1);
    expect(first.names).toEqual(all.slice(0, 2));
    const second = await pageOf(COACH, { cursor: first.next_cursor }, 1);
    expect(second.names).toEqual(all.slice(2, 3));
    expect(await pageOf(COACH, { cursor: second.next_cursor })).toMatchObject({
      names: all.slice(3),
      next_cursor: null,
    });
    expect((await pageOf(caller('analyst'))).names).toEqual(['CHI-9-1.mp4', ...all]);
    expect((await pageOf(COACH, { game_id: '3' })).names).toEqual(['MTL-3-null.mp4']);
    expect((await pageOf(COACH, { team_code: 'CHI' })).names).toEqual([]);
    expect(await faultOf(pageOf(COACH, { cursor: 'e30.' }))).toMatchObject({ status: 400 });
  });

  it('tell how far they are prepared, and nothing of their files', async () => {
    const [prepared, unprepared] = (await pageOf(COACH)).films;
    expect(prepared?.preparation).toMatchObject({ status: 'running', playable_to_s: 12 });
    expect(unprepared?.preparation).toBeNull();
    const one = await getFilm(portal.deps, COACH, PREPARED.id);
    expect(one).toEqual(prepared);
    for (const secret of ['lake_uri', 'size_bytes', 'crc32c', 'upload_url', 'created_by']) {
      expect(one).not.toHaveProperty(secret);
    }
  });

  it('are nobody else’s', async () => {
    for (const user of [caller('scout'), caller('player')]) {
      expect(await faultOf(pageOf(user))).toMatchObject({ status: 403 });
      expect(await faultOf(getFilm(portal.deps, user, FIRST.id))).toMatchObject({ status: 403 });
      expect(await findFilmOf(portal.deps, user, FIRST.lakeUri)).toBeNull();
    }
    expect((await pageOf(caller('coach', { teamAccess: [] }))).names).toEqual([]);
    for (const { id, lakeUri } of OUTSIDE) {
      expect(await faultOf(getFilm(portal.deps, COACH, id))).toMatchObject({ status: 404 });
      expect(await findFilmOf(portal.deps, COACH, lakeUri)).toBeNull();
    }
    expect(await findFilmOf(portal.deps, COACH, FIRST.lakeUri)).toBe(FIRST.id);
    // A key that may only read may watch.
    expect((await pageOf({ ...COACH, keyScope: 'read' })).names).toHaveLength(4);
  });

  it('cost one statement, however many there are', async () => {
    expect(await portal.statementsOf((deps) => listFilms(deps, COACH, {}))).toHaveLength(1);
  });
});

describe('a clip that one has just marked', () => {
  const place = { team_code: 'MTL', season: '2025-2026', game_id: '2', player_id: '1', event_type: 'shot' };
  const mark = (user: UserContext, startS: number) => {
    const range = { start_timecode_s: startS, end_timecode_s: startS + 2 };
    const input = createClipSchema.parse({ ...place, ...range, master_id: PREPARED.id, cut: 'later' });
    return createClip(portal.deps, user, input).then(({ clip }) => clip);
  };

  it('is taken back into the trash, with its cut', async () => {
    const coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const clip = await mark(coach, 5);
    expect(clip.playback).toMatchObject({ kind: 'slice', offset_s: 1 });
    await takeBackClip(portal.deps, coach, clip.clip_id);
    expect(await faultOf(getClip(portal.deps, coach, clip.clip_id))).toMatchObject({ status: 404 });
    const { deletedAt } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: clip.clip_id } });
    expect(deletedAt).not.toBeNull();
    expect((await portal.jobs('publish-clip')).map(({ state }) => state)).not.toContain('created');
    expect(await faultOf(takeBackClip(portal.deps, coach, clip.clip_id))).toMatchObject({ status: 404 });
  });

  it('is taken back by nobody else, and not for ever', async () => {
    const [coach, other] = [await enlist(portal.deps, 'coach'), await enlist(portal.deps, 'staff')];
    const { clip_id: clipId } = await mark(coach, 1);
    const refused = { status: 403, code: 'not_taken_back' };
    expect(await faultOf(takeBackClip(portal.deps, other, clipId))).toMatchObject(refused);
    expect(await faultOf(takeBackClip(portal.deps, caller('admin'), clipId))).toMatchObject(refused);
    expect(await faultOf(takeBackClip(portal.deps, { ...coach, keyScope: 'read' }, clipId))).toMatchObject({
      status: 403,
      code: 'read_only_key',
    });
    // The log is never changed: the clip's entry is made an old one by another, which is older still.
    await portal.db.$executeRaw`INSERT INTO media.audit_log (at, actor_user_id, action, target_type, target_id)
      VALUES (now() - interval '61 minutes', ${coach.userId}::uuid, 'clip.create', 'clip', ${clipId})`;
    expect(await faultOf(takeBackClip(portal.deps, coach, clipId))).toMatchObject(refused);
  });
});
