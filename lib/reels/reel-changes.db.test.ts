import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { entityTag } from '#lib/http/etag.ts';
import {
  clipRow,
  enlist,
  faultOf,
  type PortalFixture,
  portalFixture,
  untilOneWaits,
} from '#lib/runtime/portal-fixture.ts';
import { addItems, putItems } from './change-items.ts';
import { createReel, deleteReel, patchReel } from './change-reel.ts';
import { getReel, listReels } from './get-reel.ts';
import {
  addItemsSchema,
  createReelSchema,
  listReelsQuerySchema,
  MAX_ITEMS,
  type PutItems,
  patchReelSchema,
  putItemsSchema,
} from './reel-schemas.ts';
import { makeReel } from './reels-fixture.ts';

let portal: PortalFixture;
let coach: UserContext;
let colleague: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.clip.createMany({
    data: [
      ...['a', 'b', 'c'].map((clipId) => clipRow({ clipId })),
      clipRow({ clipId: 'chi', teamCode: 'CHI' }),
      clipRow({ clipId: 'tor', teamCode: 'TOR' }),
      clipRow({ clipId: 'binned', deletedAt: new Date() }),
    ],
  });
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL', 'CHI'], name: 'Cléo Coach' });
  colleague = await enlist(portal.deps, 'analyst', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(() => portal.db.reel.deleteMany());

const reelOf = async (...clipIds: string[]) => (await makeReel(portal.deps, coach, 'staff', clipIds)).id;
const read = (id: string, user = coach) => getReel(portal.deps, user, id);
const namesIn = async (id: string) => (await read(id)).items.map(({ clip_id }) => clip_id);
const any = (reelId: string) => ({ reelId, ifMatch: '*' as const });
const at = (reelId: string, ...versions: number[]) => ({ reelId, ifMatch: versions.map(String) });
const add = (id: string, clipIds: readonly string[], user = coach, key: Parameters<typeof addItems>[4] = null) =>
  addItems(portal.deps, user, any(id), addItemsSchema.parse({ clip_ids: clipIds }), key);
const put = (target: Parameters<typeof putItems>[2], items: readonly object[], user = coach) =>
  putItems(portal.deps, user, target, putItemsSchema.parse({ items }));
const keyOf = (hash: string, key: string = randomUUID()) => ({
  key,
  method: 'POST',
  path: '/reels',
  hash: hash.padEnd(64),
});
const entriesOf = async (id: string) =>
  (await portal.db.auditEntry.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } })).map(
    ({ action, teamCodes, before, after }) => ({ action, teamCodes, before, after }),
  );

describe('items', () => {
  it('are put at the end in their order, the same clip as often as it is named', async () => {
    const id = await reelOf('b', 'a', 'b');
    const { added } = await add(id, ['c', 'c']);
    expect(await namesIn(id)).toEqual(['b', 'a', 'b', 'c', 'c']);
    const { items, item_count, duration_s } = await read(id);
    expect(added).toEqual({ items: items.slice(3), version: null });
    expect(new Set(items.map((item) => item.id)).size).toBe(5);
    expect([item_count, duration_s]).toEqual([5, 10]);
  });

  it('are clips of the reel’s team that whoever adds them reaches, all or none', async () => {
    const id = await reelOf('a');
    for (const foreign of ['tor', 'binned', 'missing']) {
      expect(await faultOf(add(id, ['b', foreign]))).toMatchObject({ status: 404, message: 'Clip not found.' });
    }
    expect(await faultOf(add(id, ['b', 'chi']))).toMatchObject({ status: 422, code: 'clip_of_another_team' });
    // To whom that team is nothing, it is not there.
    expect(await faultOf(add(id, ['chi'], colleague))).toMatchObject({ status: 404 });
    expect(await namesIn(id)).toEqual(['a']);
  });

  it('are 1,000 at most', async () => {
    const id = await reelOf();
    await add(
      id,
      Array.from({ length: MAX_ITEMS - 1 }, () => 'a'),
    );
    expect(await faultOf(add(id, ['b', 'c']))).toMatchObject({ status: 422, code: 'too_many_items' });
    await add(id, ['b']);
    expect(await faultOf(add(id, ['c']))).toMatchObject({ status: 422, code: 'too_many_items' });
    const { items, version } = await read(id);
    expect([items.length, items.at(-1)?.clip_id]).toEqual([MAX_ITEMS, 'b']);
    const turned = await put(at(id, version), items.map((item) => ({ id: item.id })).toReversed());
    expect(turned.items.map((item) => item.id)).toEqual(items.map((item) => item.id).toReversed());
    const tooMany = Array.from({ length: MAX_ITEMS + 1 }, () => ({ id: randomUUID() }));
    expect(putItemsSchema.safeParse({ items: tooMany }).success).toBe(false);
    expect(addItemsSchema.safeParse({ clip_ids: tooMany.map((item) => item.id) }).success).toBe(false);
    expect(addItemsSchema.safeParse({ clip_ids: [] }).success).toBe(false);
  });

  it('have a trim within their clip and a note, and are taken out where they are not named', async () => {
    const id = await reelOf('a', 'b', 'c');
    const [a, b, c] = (await read(id)).items;
    const { items, duration_s, version } = await put(any(id), [
      { id: c?.id, in_s: 0.5, note: 'The gap' },
      { id: a?.id, in_s: 0.25, out_s: 2 },
    ]);
    expect(items).toMatchObject([
      { id: c?.id, clip_id: 'c', in_s: 0.5, out_s: null, note: 'The gap' },
      { id: a?.id, clip_id: 'a', in_s: 0.25, out_s: 2, note: null },
    ]);
    expect(duration_s).toBe(3.25);
    // What is not said is not kept.
    expect((await put(at(id, version), [{ id: c?.id }])).items).toMatchObject([{ in_s: null, note: null }]);
    const unknown = put(any(id), [{ id: c?.id }, { id: b?.id }]);
    expect(await faultOf(unknown)).toMatchObject({ status: 422, code: 'unknown_item' });
    for (const trim of [{ out_s: 2.1 }, { in_s: 2 }, { in_s: 1, out_s: 3 }]) {
      expect(await faultOf(put(any(id), [{ id: c?.id, ...trim }]))).toMatchObject({ code: 'beyond_clip' });
    }
    for (const trim of [{ in_s: -1 }, { in_s: 1, out_s: 1 }, { out_s: 0 }, { in_s: 301 }, { in_s: Number.NaN }]) {
      expect(putItemsSchema.safeParse({ items: [{ id: c?.id, ...trim }] }).success).toBe(false);
    }
    expect(putItemsSchema.safeParse({ items: [{ id: c?.id }, { id: c?.id }] }).success).toBe(false);
  });

  it('of another reel cannot be taken over', async () => {
    const [one, other] = [await reelOf('a'), await reelOf('b')];
    const [foreign] = (await read(other)).items;
    expect(await faultOf(put(any(one), [{ id: foreign?.id }]))).toMatchObject({ code: 'unknown_item' });
    expect(await namesIn(other)).toEqual(['b']);
  });
});

describe('two people', () => {
  it('who put the same reel in order lose nothing: the second is told the newer version', async () => {
    const id = await reelOf('a', 'b', 'c');
    const { items, version } = await read(id);
    const turned = items.map((item) => ({ id: item.id })).toReversed();
    const first = await put(at(id, version), turned);
    expect(first.version).toBe(version + 1);
    const late = putItems(portal.deps, colleague, at(id, version), { items: [] });
    await expect(late).rejects.toMatchObject({
      ...{ status: 412, code: 'stale_edit', headers: { ETag: `"${version + 1}"` } },
    });
    expect(await namesIn(id)).toEqual(['c', 'b', 'a']);
    // The half of the ETag that `If-Match` compares.
    expect(entityTag('{}', String(first.version))).toMatch(new RegExp(`^"${first.version}-`));
  });

  it('at the same moment: one waits for the other, and is refused', async () => {
    const id = await reelOf('a', 'b');
    const { items, version } = await read(id);
    const order: PutItems['items'] = items.map((item) => ({ id: item.id, in_s: null, out_s: null, note: null }));
    const put2 = (user: UserContext) => putItems(portal.deps, user, at(id, version), { items: order.toReversed() });
    let late: Promise<unknown> = Promise.resolve();
    await portal.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM media.reels WHERE id = ${id}::uuid FOR UPDATE`;
      late = Promise.allSettled([put2(coach), put2(colleague)]);
      await untilOneWaits(portal.db);
    });
    const outcomes = ((await late) as PromiseSettledResult<unknown>[]).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
    expect((await read(id)).version).toBe(version + 1);
  });

  it('are not let to put a reel in order without a version, which would lose what was added meanwhile', async () => {
    const id = await reelOf('a');
    const blind = put({ reelId: id, ifMatch: null }, []);
    expect(await faultOf(blind)).toMatchObject({ status: 428, code: 'precondition_required' });
    expect(await namesIn(id)).toEqual(['a']);
  });

  it('who add and then order lose nothing: only a version that was known gives the next one', async () => {
    const id = await reelOf('a');
    const { version } = await read(id);
    const known = addItems(portal.deps, coach, at(id, version), { clip_ids: ['b'] });
    expect((await known).added.version).toBe(version + 1);
    await add(id, ['c'], colleague);
    // Who missed that one is given no version to put in order what they know.
    expect((await add(id, ['a'])).added.version).toBeNull();
    expect(await faultOf(put(at(id, version + 1), []))).toMatchObject({ status: 412 });
  });

  it('who add at once both have theirs, and edits of an old version are refused', async () => {
    const id = await reelOf();
    await Promise.all([add(id, ['a']), add(id, ['b'], colleague)]);
    expect((await namesIn(id)).toSorted()).toEqual(['a', 'b']);
    const stale = at(id, 1);
    const edits = [
      () => patchReel(portal.deps, coach, stale, { title: 'x' }),
      () => deleteReel(portal.deps, coach, stale),
      () => addItems(portal.deps, coach, stale, { clip_ids: ['a'] }),
    ];
    for (const edit of edits) expect(await faultOf(edit())).toMatchObject({ status: 412, code: 'stale_edit' });
    await deleteReel(portal.deps, coach, at(id, 2, 3));
    expect(await faultOf(read(id))).toMatchObject({ status: 404 });
  });
});

describe('a request that is sent again', () => {
  it('makes one reel, and is told when that is gone', async () => {
    const input = createReelSchema.parse({ team_code: 'MTL', title: 'Once' });
    const key = keyOf('made');
    const first = await createReel(portal.deps, coach, input, key);
    const again = await createReel(portal.deps, coach, input, key);
    expect([first.isReplay, again.isReplay, again.reel.id]).toEqual([false, true, first.reel.id]);
    expect(await portal.db.reel.count()).toBe(1);
    const other = createReel(portal.deps, coach, input, keyOf('other', key.key));
    expect(await faultOf(other)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    await deleteReel(portal.deps, coach, any(first.reel.id));
    const gone = createReel(portal.deps, coach, input, key);
    expect(await faultOf(gone)).toMatchObject({ status: 409, code: 'replay_gone' });
  });

  it('adds its clips once', async () => {
    const id = await reelOf();
    const key = keyOf('added');
    const [first, again] = [await add(id, ['a', 'b'], coach, key), await add(id, ['a', 'b'], coach, key)];
    expect([first.isReplay, again.isReplay]).toEqual([false, true]);
    expect(again.added).toEqual(first.added);
    expect(await namesIn(id)).toEqual(['a', 'b']);
  });
});

describe('words', () => {
  it('are text as everywhere: no NUL, no control or bidirectional characters, composed, as long as the columns', () => {
    const parse = (fields: object) => createReelSchema.safeParse({ team_code: 'MTL', title: 'x', ...fields });
    for (const bad of ['', '  ', 'a\0b', '\u202Eltr', '\u2066x', 'a\nb', 'a\ud800', 'x'.repeat(201)]) {
      expect(parse({ title: bad }).success, JSON.stringify(bad)).toBe(false);
      expect(patchReelSchema.safeParse({ title: bad }).success).toBe(false);
    }
    for (const bad of ['a\0b', '\u202Eltr', 'x'.repeat(2001)]) {
      expect(parse({ description: bad }).success).toBe(false);
      const item = { id: randomUUID(), note: bad };
      expect(putItemsSchema.safeParse({ items: [item] }).success).toBe(false);
    }
    expect(parse({ title: ' e\u0301t\u00e9 ' }).data?.title).toBe('\u00e9t\u00e9');
    for (const audience of ['everybody', { players: [] }, { players: ['\u202E7'] }, { players: ['7'], staff: true }]) {
      expect(parse({ audience }).success).toBe(false);
    }
    expect(parse({}).data?.audience).toBe('private');
    expect(patchReelSchema.safeParse({}).success).toBe(false);
    expect(patchReelSchema.safeParse({ owner_id: randomUUID() }).success).toBe(false);
  });

  it('come back as they were written, formulas and quotes too, and are emptied by null', async () => {
    const title = `=HYPERLINK("https://x.invalid";'<b>') %_\\`;
    const description = '@SUM(A1)';
    const input = createReelSchema.parse({ team_code: 'MTL', title, description, audience: 'staff' });
    const { reel } = await createReel(portal.deps, coach, input);
    expect(await read(reel.id, colleague)).toMatchObject({ title, description, owner: { name: 'Cléo Coach' } });
    const patch = patchReelSchema.parse({ description: null });
    const patched = await patchReel(portal.deps, colleague, at(reel.id, reel.version), patch);
    expect(patched).toMatchObject({ title, description: null, audience: 'staff', version: reel.version + 1 });
  });

  it('are refused of a team that is not one’s own', async () => {
    const input = createReelSchema.parse({ team_code: 'CHI', title: 'x' });
    expect(await faultOf(createReel(portal.deps, colleague, input))).toMatchObject({ code: 'foreign_team' });
  });
});

describe('the list', () => {
  const list = async (user: UserContext, query: object = {}) =>
    (await listReels(portal.deps, user, listReelsQuerySchema.parse(query))).reels.map(({ title }) => title);
  const make = async (user: UserContext, title: string, others: object = {}) =>
    (await createReel(portal.deps, user, createReelSchema.parse({ team_code: 'MTL', title, ...others }))).reel;

  it('is narrowed by team, audience, words and what others show, newest first', async () => {
    await make(coach, 'Éntrées 100%', { audience: 'staff', description: 'Left side' });
    await make(coach, 'Hawks', { team_code: 'CHI', audience: 'team' });
    await make(coach, 'Mine');
    await make(colleague, 'Exits', { audience: { players: ['7', '8'] } });
    await make(colleague, 'Secret');
    expect(await list(coach)).toEqual(['Exits', 'Mine', 'Hawks', 'Éntrées 100%']);
    expect(await list(coach, { team_code: 'CHI' })).toEqual(['Hawks']);
    expect(await list(coach, { audience: 'players' })).toEqual(['Exits']);
    expect(await list(coach, { for_me: 'true' })).toEqual(['Exits']);
    expect(await list(colleague, { for_me: 'true' })).toEqual(['Éntrées 100%']);
    expect(await list(coach, { q: 'side entrees' })).toEqual(['Éntrées 100%']);
    expect(await list(coach, { q: '100%' })).toEqual(['Éntrées 100%']);
    expect(await list(coach, { q: '100_' })).toEqual([]);
    expect(await list(coach, { q: 'cleo' })).toEqual(['Mine', 'Hawks', 'Éntrées 100%']);
    expect(await list(coach, { q: 'secret' })).toEqual([]);
  });

  it('goes on by its cursor, each reel once, though new ones come', async () => {
    for (const title of ['1', '2', '3', '4', '5']) await make(coach, title);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = listReelsQuerySchema.parse({ limit: '2', ...(cursor ? { cursor } : {}) });
      const page = await listReels(portal.deps, coach, query);
      seen.push(...page.reels.map(({ title }) => title));
      cursor = page.next_cursor;
      await make(coach, 'newer');
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
    const forged = listReels(portal.deps, coach, listReelsQuerySchema.parse({ cursor: 'e30.e30' }));
    expect(await faultOf(forged)).toMatchObject({ status: 400 });
  });
});

it('what is done is written down, and to whom a reel is shown, but not what it says', async () => {
  const { reel } = await createReel(portal.deps, coach, createReelSchema.parse({ team_code: 'MTL', title: 'Quiet' }));
  await add(reel.id, ['a', 'b']);
  await patchReel(portal.deps, coach, any(reel.id), { title: 'Loud', audience: { players: ['8', '7', '8'] } });
  await put(any(reel.id), []);
  await deleteReel(portal.deps, coach, any(reel.id));
  const entries = await entriesOf(reel.id);
  const players = { players: ['7', '8'] };
  expect(entries).toEqual(
    [
      { action: 'reel.create', before: null, after: { team_code: 'MTL', audience: 'private' } },
      { action: 'reel.items', before: null, after: { added: 2, items: 2 } },
      { action: 'reel.update', before: { audience: 'private' }, after: { audience: players, changed: ['title'] } },
      { action: 'reel.items', before: { items: 2 }, after: { items: 0 } },
      { action: 'reel.delete', before: { audience: players }, after: null },
    ].map((entry) => ({ ...entry, teamCodes: ['MTL'] })),
  );
  expect(JSON.stringify(entries)).not.toMatch(/Quiet|Loud/);
});
