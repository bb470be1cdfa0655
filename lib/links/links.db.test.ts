import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WRONG_LINKS } from '#lib/auth/link-throttle.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { prepareRows } from '#lib/clips/prepared-fixture.ts';
import { answerNote, createNote } from '#lib/notes/change-notes.ts';
import type { NotePlace } from '#lib/notes/note-repo.ts';
import { answerNoteSchema, createNoteSchema } from '#lib/notes/note-schemas.ts';
import { deleteReel, patchReel } from '#lib/reels/change-reel.ts';
import { makeReel } from '#lib/reels/reels-fixture.ts';
import { withRequestFacts } from '#lib/request-facts.ts';
import {
  BUCKETS,
  clipRow,
  enlist,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { downloadByLink, getLinkPlaylists, getLinkText, readSealed, tellLinkPlay } from './link-media.ts';
import { type CreateLink, createLinkSchema, type NewLinkJson } from './link-schemas.ts';
import { createLink, listLinks, listReelLinks, revokeLink } from './manage-links.ts';
import { enterLink, openLink } from './open-link.ts';
import type { SharedItemJson } from './shared-schemas.ts';

const NAME = 'Zdeno Unmistakable';
const PLAYER = '8470000';
const MASTER = masterRow({ filename: 'zdeno-p1.mp4', durationS: 20 });
const KEY = `MTL/2025-2026/20031/unmistakable-${PLAYER}`;
/** Whatever must not be told by a link without names. */
const TELLING = [NAME, 'unmistakable', 'zdeno', PLAYER, 'MTL', '20031', '2025-2026', MASTER.id, 'secret words'];
const RENDITION = {
  ...{ kind: 'rendition', codecs: 'avc1.64001f,mp4a.40.2', bandwidthBps: 3000, averageBandwidthBps: 2500 },
  ...{ width: 1280, height: 720, frameRate: 30, init: { offset: 0, length: 9 } },
  segments: [{ durationS: 2, offset: 9, length: 50 }],
};
const PASSWORD = 'eight or more';
const NOT_FOUND = { status: 404, code: 'not_found', message: expect.any(String) };

let portal: PortalFixture;
let maker: UserContext;
let admin: UserContext;
let reelId: string;

beforeAll(async () => {
  portal = await portalFixture();
  const { db, store, deps } = portal;
  maker = await enlist(deps, 'coach', { teamAccess: ['MTL'], name: NAME });
  admin = await enlist(deps, 'admin', { teamAccess: ['MTL'] });
  await db.master.create({ data: MASTER });
  await prepareRows(db, MASTER.id, [{ name: '720', keysS: [0, 4, 6.5, 10], toS: 20, isComplete: true }]);
  const facts = { playerId: PLAYER, playerName: NAME, sourceGcsUri: MASTER.lakeUri, eventType: 'goal' };
  await db.clip.createMany({
    data: [
      clipRow({ clipId: 'zdeno-slice', ...facts, startTimecodeS: 7, endTimecodeS: 9, processingStatus: 'pending' }),
      clipRow({ clipId: `unmistakable-${PLAYER}`, ...facts, sourceGcsUri: `gs://${BUCKETS.lake}/gone.mp4` }),
    ],
  });
  const { id } = await db.clip.findUniqueOrThrow({ where: { clipId: `unmistakable-${PLAYER}` } });
  const files = {
    ...{ 'clip.mp4': 'mp4', 'thumb.jpg': 'thumbnail', 'playlist.m3u8': 'hls_playlist', '720.m4s': 'hls_segment' },
  } as const;
  for (const [file, assetType] of Object.entries(files)) {
    const ref = { bucket: BUCKETS.media, key: `${KEY}/${file}` };
    const { generation } = await store.write(ref, Buffer.from(`bytes of ${assetType}`), { contentType: 'video/mp4' });
    const gcsUri = `gs://${ref.bucket}/${ref.key}`;
    const index = file === '720.m4s' ? { deliveryIndex: RENDITION } : {};
    await db.clipAsset.create({ data: { clipId: id, assetType, gcsUri, generation, ...index } });
  }
});
afterAll(() => portal.close());
beforeEach(async () => {
  const reel = await makeReel(portal.deps, maker, 'team', ['zdeno-slice', `unmistakable-${PLAYER}`]);
  reelId = reel.id;
  await patchReel(portal.deps, maker, { reelId, ifMatch: null }, { title: `${NAME}: secret words` });
  await portal.db.$executeRaw`UPDATE media.reel_items SET note = ${`${NAME}, look up`} WHERE reel_id = ${reelId}::uuid`;
});

const link = (input: Partial<CreateLink> = {}): Promise<NewLinkJson> =>
  createLink(portal.deps, maker, reelId, createLinkSchema.parse(input));
const secretOf = ({ url }: { url: string }): string => url.slice(url.lastIndexOf('/') + 1);
let places = 0;
/** From a place of its own, so that no test counts for another. */
const from = <T>(work: () => Promise<T>, ip = `10.9.0.${++places}`): Promise<T> =>
  withRequestFacts({ requestId: 'a-request-of-a-test', ip }, work);
const open = (made: { url: string }, password?: string) =>
  from(() => openLink(portal.deps, { secret: secretOf(made), ...(password === undefined ? {} : { password }) }));
const partsOf = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  const [file = '', item_id = ''] = pathname.split('/').reverse();
  return { params: { item_id, file }, token: searchParams.get('token') ?? '' };
};
const readText = (url: string) => {
  const { params, token } = partsOf(url);
  return getLinkText(portal.deps, params, token);
};
const itemOf = (items: SharedItemJson[], kind: 'slice' | 'cut'): SharedItemJson => {
  const found = items.find(({ playback }) => playback?.kind === kind);
  if (!found) throw new Error(`no item that is a ${kind}`);
  return found;
};

describe('a link', () => {
  it('shows the reel to whoever has it, counts its uses and says so in the log, in nobody’s name', async () => {
    const made = await link();
    const { title, items, pass } = await open(made);
    expect(title).toBe(`${NAME}: secret words`);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ note: `${NAME}, look up`, player_name: NAME });
    // How the clubs look that it names, and no other.
    const looks = ['MTL', 'BOS'].map((teamCode) => ({ teamCode, color: '#102030', name: NAME }));
    await portal.db.club.createMany({ data: looks });
    expect((await open(made)).clubs).toEqual([{ team_code: 'MTL', color: '#102030', crest_url: null }]);
    expect((await open(await link({ names: false }))).clubs).toEqual([]);
    await portal.db.club.deleteMany();
    const again = await openLink(portal.deps, { pass });
    expect(again.items).toHaveLength(2);
    const { links } = await listReelLinks(portal.deps, maker, reelId);
    expect(links.find(({ id }) => id === made.id)).toMatchObject({ view_count: 2, is_live: true, has_password: false });
    const log = await portal.db.auditEntry.findMany({ where: { targetId: made.id }, orderBy: { id: 'asc' } });
    expect(log.map(({ action, actorUserId }) => [action, actorUserId])).toEqual([
      ['link.create', maker.userId],
      ['link.use', null],
      ['link.use', null],
    ]);
    const rows = JSON.stringify([log, await portal.db.reelLink.findMany()], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(rows).not.toContain(secretOf(made));
  });

  it('plays by playlists that are asked of it each time, until it is revoked', async () => {
    const made = await link();
    const { items, pass } = await open(made);
    const { playback } = itemOf(items, 'slice');
    const text = await readText(playback?.url ?? '');
    const body = 'body' in text ? text.body : '';
    const uris = body.split('\n').filter((line) => line.startsWith('http'));
    expect(uris.length).toBeGreaterThan(0);
    const rendition = await readText(uris[0] ?? '');
    expect('body' in rendition && rendition.body).toContain('#EXTINF');
    const [play] = await portal.db.auditEntry.findMany({
      where: { action: 'clip.play' },
      orderBy: { id: 'desc' },
      take: 1,
    });
    expect(play).toMatchObject({ actorUserId: null, actorName: null, after: { link_id: made.id } });

    await revokeLink(portal.deps, maker, made.id);
    await revokeLink(portal.deps, maker, made.id);
    const { params, token } = partsOf(playback?.url ?? '');
    const uses = [
      () => open(made),
      () => openLink(portal.deps, { pass }),
      () => readText(playback?.url ?? ''),
      () => readText(uris[0] ?? ''),
      () => getLinkPlaylists(portal.deps, params.item_id, token),
      () => tellLinkPlay(portal.deps, params.item_id, token),
    ];
    for (const use of uses) expect(await faultOf(use())).toMatchObject(NOT_FOUND);
  });

  it('gives all playlists of an item at once, and that is no play until it is told', async () => {
    const made = await link();
    const { items } = await open(made);
    const plays = () =>
      portal.db.auditEntry.count({ where: { action: 'clip.play', after: { path: ['link_id'], equals: made.id } } });
    for (const kind of ['slice', 'cut'] as const) {
      const { params, token } = partsOf(itemOf(items, kind).playback?.url ?? '');
      const { playlists } = await getLinkPlaylists(portal.deps, params.item_id, token);
      expect(Object.values(playlists).join('\n')).toContain('#EXTINF');
      expect(await plays()).toBe(kind === 'slice' ? 0 : 1);
      for (let time = 0; time < 2; time++) await tellLinkPlay(portal.deps, params.item_id, token);
    }
    expect(await plays()).toBe(2);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['has expired', async () => portal.setNow(new Date(Date.now() + 15 * 24 * 3_600_000))],
    ['is of a reel that is deleted', () => deleteReel(portal.deps, maker, { reelId, ifMatch: null })],
    [
      'was made by who is disabled',
      () => portal.db.user.update({ where: { id: maker.userId }, data: { disabledAt: new Date() } }),
    ],
    [
      'was made by who lost the team',
      () => portal.db.user.update({ where: { id: maker.userId }, data: { teamAccess: ['CHI'] } }),
    ],
    [
      'was made by who makes no reels any more',
      () => portal.db.user.update({ where: { id: maker.userId }, data: { role: 'scout' } }),
    ],
  ])('that %s opens nothing, like one that never was', async (_why, change) => {
    const made = await link();
    const { items } = await open(made);
    const { playback } = itemOf(items, 'slice');
    try {
      await change();
      const unknown = await faultOf(open({ url: `https://p/s/${'x'.repeat(43)}` }));
      expect(await faultOf(open(made))).toEqual(unknown);
      expect(await faultOf(readText(playback?.url ?? ''))).toMatchObject(NOT_FOUND);
    } finally {
      portal.setNow(null);
      const data = { disabledAt: null, teamAccess: ['MTL'], role: 'coach' };
      await portal.db.user.update({ where: { id: maker.userId }, data });
    }
  });

  it('of another item, or of another link, opens no playlist', async () => {
    const [one, other] = [await open(await link()), await open(await link())];
    const url = itemOf(one.items, 'slice').playback?.url ?? '';
    const { params, token } = partsOf(url);
    const otherItem = itemOf(one.items, 'cut').id;
    expect(await faultOf(getLinkText(portal.deps, { ...params, item_id: otherItem }, token))).toMatchObject(NOT_FOUND);
    expect(await faultOf(getLinkText(portal.deps, params, other.pass))).toMatchObject(NOT_FOUND);
    expect(await faultOf(getLinkText(portal.deps, { ...params, file: 'grid.vtt' }, token))).toMatchObject(NOT_FOUND);
    for (const ask of [getLinkPlaylists, tellLinkPlay]) {
      expect(await faultOf(ask(portal.deps, otherItem, token))).toMatchObject(NOT_FOUND);
      expect(await faultOf(ask(portal.deps, params.item_id, other.pass))).toMatchObject(NOT_FOUND);
    }
  });
});

describe('a password', () => {
  it('is asked for, and tries at it are counted', async () => {
    const made = await link({ password: PASSWORD });
    expect(await faultOf(open(made))).toMatchObject({ status: 403, code: 'password_needed' });
    expect(await faultOf(open(made, 'another one'))).toMatchObject({ status: 403, code: 'password_wrong' });
    expect((await open(made, PASSWORD)).items).toHaveLength(2);
    const tryWrong = () => from(() => openLink(portal.deps, { secret: secretOf(made), password: 'wrong' }), '10.8.0.1');
    for (let time = 0; time < 10; time++) expect(await faultOf(tryWrong())).toMatchObject({ code: 'password_wrong' });
    expect(await faultOf(tryWrong())).toMatchObject({ status: 429, code: 'too_many_tries' });
    expect((await open(made, PASSWORD)).items).toHaveLength(2);
  });

  it('is not asked for again by the cookie that it gave, for that link, that password and some hours', async () => {
    const [made, other] = [await link({ password: PASSWORD }), await link({ password: PASSWORD })];
    const enter = (to: { url: string }) =>
      from(() => enterLink(portal.deps, { secret: secretOf(to), password: PASSWORD }));
    const { reel, setCookie } = await enter(made);
    const [, value = '', terms = ''] = /^heartbeat\.link=([^;]+); (.+)$/.exec(setCookie ?? '') ?? [];
    expect(terms).toBe(`Max-Age=43200; Path=/s/${secretOf(made)}; HttpOnly; SameSite=Lax`);
    expect(value).not.toContain(secretOf(made));
    const comeBack = (to: { url: string }, cookie: string | null, ip?: string) =>
      from(() => openLink(portal.deps, { secret: secretOf(to) }, cookie), ip);
    expect((await comeBack(made, value)).items).toHaveLength(2);
    const needed = { status: 403, code: 'password_needed' };
    for (const bad of [null, '', 'made up', `${value}x`, reel.pass]) {
      expect(await faultOf(comeBack(made, bad))).toMatchObject(needed);
    }
    expect(await faultOf(comeBack(other, value))).toMatchObject(needed);
    expect(await faultOf(openLink(portal.deps, { pass: value }))).toMatchObject(NOT_FOUND);
    // Who guesses a password is counted whatever cookie comes along, and the cookie wins them no tries.
    const guess = () =>
      from(() => openLink(portal.deps, { secret: secretOf(made), password: 'wrong' }, value), '10.8.0.2');
    for (let time = 0; time < 10; time++) {
      expect(await faultOf(guess())).toMatchObject({ code: 'password_wrong' });
      await comeBack(made, value, '10.8.0.2');
    }
    expect(await faultOf(guess())).toMatchObject({ status: 429, code: 'too_many_tries' });

    portal.setNow(new Date(Date.now() + 12 * 3_600_000 + 60_000));
    expect(await faultOf(comeBack(made, value))).toMatchObject(needed);
    portal.setNow(null);
    const { passwordHash } = await portal.db.reelLink.findUniqueOrThrow({ where: { id: other.id } });
    await portal.db.reelLink.update({ where: { id: made.id }, data: { passwordHash } });
    expect(await faultOf(comeBack(made, value))).toMatchObject(needed);
    await revokeLink(portal.deps, maker, made.id);
    expect(await faultOf(comeBack(made, value))).toMatchObject(NOT_FOUND);
  });

  it('gives a cookie that ends with the link, and where there is none, no cookie', async () => {
    const made = await link({ password: PASSWORD, expires_in_days: 1 });
    const secret = secretOf(await link());
    expect((await from(() => enterLink(portal.deps, { secret }))).setCookie).toBeNull();
    portal.setNow(new Date(Date.now() + 23 * 3_600_000));
    try {
      const { setCookie, reel } = await from(() =>
        enterLink(portal.deps, { secret: secretOf(made), password: PASSWORD }),
      );
      expect(Number(/Max-Age=(\d+)/.exec(setCookie ?? '')?.[1])).toBeLessThanOrEqual(3600);
      expect((await enterLink(portal.deps, { pass: reel.pass })).setCookie).toBeNull();
      const secure = { ...portal.deps, baseUrl: 'https://club.example' };
      const safe = await from(() => enterLink(secure, { secret: secretOf(made), password: PASSWORD }));
      expect(safe.setCookie).toMatch(/^__Secure-heartbeat\.link=.*; Secure$/);
    } finally {
      portal.setNow(null);
    }
  });

  it('is too short below eight characters', () => {
    expect(createLinkSchema.safeParse({ password: 'seven77' }).success).toBe(false);
  });
});

it('guessing links is refused after some from one place, and nobody else is', async () => {
  const made = await link();
  const guess = (secret: string) => from(() => openLink(portal.deps, { secret }), '10.7.0.1');
  for (let time = 0; time < WRONG_LINKS; time++)
    expect((await faultOf(guess(String(time).padStart(43, 'x')))).status).toBe(404);
  expect(await faultOf(guess('y'.repeat(43)))).toMatchObject({ status: 429, code: 'too_many_tries' });
  expect((await open(made)).items).toHaveLength(2);
});

describe('notes', () => {
  const PEN = {
    id: 'zdeno-pen',
    type: 'pen',
    points: [
      [0.2, 0.5],
      [0.25, 0.5, 0.7],
    ],
    color: 'yellow',
    width: 6,
  };
  const WORDS = { id: 'words', type: 'text', points: [[0.1, 0.1]], color: '#ffffff', width: 30, text: NAME };
  const drawn = (...shapes: object[]) => ({ version: 1, shapes });
  const SLICE = { clip_id: 'zdeno-slice' };
  const FILM = { master_id: MASTER.id };

  const write = async (place: NotePlace, at_s: number, given: object, user = maker): Promise<string> => {
    const input = createNoteSchema.parse({ at_s, visible_to: 'audience', ...given });
    return (await createNote(portal.deps, user, place, input)).note.id;
  };
  beforeAll(async () => {
    const other = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'], name: 'Author Unmistakable' });
    const first = await write(SLICE, 0.5, { text: `${NAME}, the gap`, drawing: drawn(PEN, WORDS), hold_s: 4 });
    await answerNote(portal.deps, other, first, answerNoteSchema.parse({ text: 'words of an answer' }));
    await write(SLICE, 0.6, { text: 'words for staff', visible_to: 'staff' });
    await write(SLICE, 0.8, { text: `${NAME} alone`, drawing: drawn(WORDS) }, other);
    await write(SLICE, 1.8, { text: 'words after the trim', drawing: drawn(PEN) });
    await write(FILM, 7.2, { text: 'words on the film', drawing: drawn(PEN), hold_s: 0 }, other);
    await write(FILM, 7.3, { text: 'words on the film for staff', visible_to: 'staff' }, other);
    await write(FILM, 12, { text: 'words elsewhere on the film', drawing: drawn(PEN) });
  });
  afterAll(() => portal.db.note.deleteMany());
  beforeEach(async () => {
    await portal.db.$executeRaw`
      UPDATE media.reel_items i SET out_s = 1.5 FROM media.clips c
      WHERE c.id = i.clip_id AND c.clip_id = ${SLICE.clip_id} AND i.reel_id = ${reelId}::uuid`;
  });

  it('are those that the reel shows to everybody, within its trims, of nobody and without answers', async () => {
    await patchReel(portal.deps, maker, { reelId, ifMatch: null }, { audience: 'private' });
    const { items } = await open(await link());
    expect(itemOf(items, 'slice').notes).toEqual([
      { at_s: 0.2, hold_s: 0, text: 'words on the film', drawing: drawn(PEN) },
      { at_s: 0.5, hold_s: 4, text: `${NAME}, the gap`, drawing: drawn(PEN, WORDS) },
      { at_s: 0.8, hold_s: 3, text: `${NAME} alone`, drawing: drawn(WORDS) },
    ]);
    expect(itemOf(items, 'cut').notes).toEqual([]);
  });

  it('have no words where the link has no names, and keep what was drawn', async () => {
    const shown = await open(await link({ names: false }));
    const pen = drawn({ ...PEN, id: 's1' });
    expect(itemOf(shown.items, 'slice').notes).toEqual([
      { at_s: 0.2, hold_s: 0, text: '', drawing: pen },
      { at_s: 0.5, hold_s: 4, text: '', drawing: pen },
    ]);
    expect(JSON.stringify(shown.items.map(({ notes }) => notes))).not.toMatch(/words|unmistakable|zdeno|author/i);
  });
});

describe('without names', () => {
  /** Also what tokens and sealed names carry. As words: three letters somewhere in a seal are chance. */
  const tells = (text: string): string[] => {
    const parts = text.split(/[^A-Za-z0-9_-]+/).filter((part) => part.length > 20);
    const plain = [text, ...parts.map((part) => Buffer.from(part, 'base64url').toString('latin1'))]
      .join('\n')
      .toLowerCase();
    return TELLING.filter((word) => new RegExp(`(?<![a-z0-9])${word.toLowerCase()}(?![a-z0-9])`).test(plain));
  };

  it('no byte of any answer says whose the clips are', async () => {
    const named = JSON.stringify(await open(await link()));
    expect(tells(named)).toContain(NAME);
    const made = await link({ names: false, download: true });
    const shown = await open(made);
    const said = [JSON.stringify(shown)];
    for (const { playback } of shown.items) {
      const text = await readText(playback?.url ?? '').catch((error: { message: string }) => ({ body: error.message }));
      said.push(JSON.stringify(text));
      const uris = 'body' in text ? text.body.split('\n').filter((line) => line.includes('/shared/')) : [];
      for (const uri of uris.filter((line) => line.startsWith('http'))) said.push(JSON.stringify(await readText(uri)));
    }
    for (const { playback } of shown.items) {
      const { params, token } = partsOf(playback?.url ?? '');
      said.push(JSON.stringify(await getLinkPlaylists(portal.deps, params.item_id, token)));
    }
    const cut = itemOf(shown.items, 'cut');
    const { params, token } = partsOf(cut.download_url ?? '');
    const { url } = await downloadByLink(portal.deps, params.item_id, token);
    const read = (address: string, range?: string) =>
      readSealed(
        portal.deps,
        new URL(address).pathname.split('/').at(-1) ?? '',
        new Request('http://x', { headers: range ? { range } : {} }),
      );
    const { headers, stream } = await read(url);
    expect(headers['Content-Disposition']).toMatch(/^attachment; filename="clip-0\d\.mp4"$/);
    expect(await new Response(stream).text()).toBe('bytes of mp4');
    const part = await read(cut.poster_url ?? '', 'bytes=0-4');
    expect([part.isPart, await new Response(part.stream).text()]).toEqual([true, 'bytes']);
    said.push(url, JSON.stringify(headers));
    expect(tells(said.join('\n'))).toEqual([]);
    await revokeLink(portal.deps, maker, made.id);
    expect(await faultOf(read(url))).toMatchObject(NOT_FOUND);
  });

  it('and without leave no file is given', async () => {
    const { items } = await open(await link({ names: false }));
    const cut = itemOf(items, 'cut');
    expect(cut.download_url).toBeNull();
    const { token } = partsOf(cut.playback?.url ?? '');
    const guessed = await faultOf(downloadByLink(portal.deps, cut.id, token));
    expect(guessed).toMatchObject({ status: 404 });
  });
});

describe('links are looked after', () => {
  it('by those who change the reel, and by admins of the team, who are told no title of what they are not shown', async () => {
    const made = await link();
    const coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
    const stranger = await enlist(portal.deps, 'coach', { teamAccess: ['CHI'] });
    const player = await enlist(portal.deps, 'player', { teamAccess: ['MTL'], playerId: PLAYER });
    const foreign = await enlist(portal.deps, 'admin', { teamAccess: ['CHI'] });
    expect((await listReelLinks(portal.deps, coach, reelId)).links).toHaveLength(1);
    expect(await faultOf(listReelLinks(portal.deps, stranger, reelId))).toMatchObject({ status: 404 });
    expect(await faultOf(listReelLinks(portal.deps, player, reelId))).toMatchObject({ status: 403 });
    expect(await faultOf(createLink(portal.deps, stranger, reelId, createLinkSchema.parse({})))).toMatchObject({
      status: 404,
    });
    for (const user of [stranger, foreign])
      expect(await faultOf(revokeLink(portal.deps, user, made.id))).toMatchObject({ status: 404 });

    await patchReel(portal.deps, maker, { reelId, ifMatch: null }, { audience: 'private' });
    expect(await faultOf(revokeLink(portal.deps, coach, made.id))).toMatchObject({ status: 404 });
    const all = await listLinks(portal.deps, admin, { limit: 500 });
    expect(all.links.find(({ id }) => id === made.id)).toMatchObject({ reel_title: null, reel_id: reelId });
    expect((await listLinks(portal.deps, foreign, { limit: 500 })).links).toEqual([]);
    expect(await faultOf(listLinks(portal.deps, coach, { limit: 500 }))).toMatchObject({ status: 403 });
    await revokeLink(portal.deps, admin, made.id);
    expect((await listLinks(portal.deps, admin, { limit: 500 })).links.map(({ id }) => id)).not.toContain(made.id);
  });
});
