import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { patchReel } from '#lib/reels/change-reel.ts';
import { CHOSEN, enlistAll, makeReel, type People } from '#lib/reels/reels-fixture.ts';
import { clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { answerNote, createNote, deleteNote, patchNote } from './change-notes.ts';
import { listNotes, listReelNotes } from './get-notes.ts';
import type { NotePlace } from './note-repo.ts';
import { answerNoteSchema, createNoteSchema, type NoteJson, patchNoteSchema } from './note-schemas.ts';

const MASTER = masterRow({ filename: 'p1.mp4', durationS: 60 });
const FILM = { master_id: MASTER.id };
const CLIP = { clip_id: 'own' };
const FOREIGN = { clip_id: 'foreign' };
/** Of the clips: 10 to 18 s of the film. */
const RANGE = { startTimecodeS: 10, endTimecodeS: 18, durationS: 8, sourceGcsUri: MASTER.lakeUri };

let portal: PortalFixture;
let people: People;
beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
  await portal.db.master.create({ data: MASTER });
  await portal.db.clip.createMany({
    data: [
      clipRow({ clipId: 'own', playerId: CHOSEN, ...RANGE }),
      clipRow({ clipId: 'foreign', playerId: '8', ...RANGE }),
      clipRow({ clipId: 'gone', playerId: CHOSEN, ...RANGE }),
    ],
  });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.note.deleteMany();
  await portal.db.reel.deleteMany();
});

const write = async (place: NotePlace, given: object = {}, user: UserContext = people.maker): Promise<NoteJson> => {
  const input = createNoteSchema.parse({ at_s: 2, text: 'A note', visible_to: 'audience', ...given });
  return (await createNote(portal.deps, user, place, input)).note;
};
const answer = async (user: UserContext, id: string, text = 'An answer') =>
  (await answerNote(portal.deps, user, id, answerNoteSchema.parse({ text }))).note;
const change = (user: UserContext, noteId: string, patch: object, ifMatch: string[] | null = null) =>
  patchNote(portal.deps, user, { noteId, ifMatch }, patchNoteSchema.parse(patch));
const remove = (user: UserContext, noteId: string) => deleteNote(portal.deps, user, { noteId, ifMatch: null });
const list = (user: UserContext, place: NotePlace) => listNotes(portal.deps, user, place);
const textsOf = async (user: UserContext, place: NotePlace) => (await list(user, place)).notes.map(({ text }) => text);

/** Who is answered with these texts, and who with which status. */
async function seenBy(read: (user: UserContext) => Promise<{ notes: NoteJson[] }>) {
  const entries = Object.entries(people).map(async ([who, user]) => {
    const seen = await read(user).catch((error) => error.status);
    return [who, typeof seen === 'number' ? seen : seen.notes.map(({ text }: NoteJson) => text).join()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const MAKERS = ['maker', 'admin', 'admin of all', 'staff', 'coach', 'analyst'];
const rest = (others: Record<string, unknown>, makers: unknown) => ({
  ...Object.fromEntries(MAKERS.map((who) => [who, makers])),
  ...{ scout: 404, chosen: 404, player: 404, 'chosen of CHI': 404, 'coach of CHI': 404, 'scout of CHI': 404 },
  ...{ 'admin of nothing': 404, ...others },
});

describe('who sees notes', () => {
  it('on a clip: those who reach it, and what is for staff those who make reels', async () => {
    await write(CLIP);
    await write(CLIP, { text: 'staff', visible_to: 'staff', at_s: 3 });
    expect(await seenBy((user) => list(user, CLIP))).toEqual(
      rest({ scout: 'A note', chosen: 'A note' }, 'A note,staff'),
    );
  });

  it('on a film: those who watch it, and on the clips that the moment lies in those who reach them', async () => {
    await write(FILM, { text: 'in', at_s: 12.5 });
    await write(FILM, { text: 'staff in', at_s: 13, visible_to: 'staff' });
    await write(FILM, { text: 'out', at_s: 18 });
    const forbidden = { scout: 403, chosen: 403, player: 403, 'chosen of CHI': 403, 'scout of CHI': 403 };
    expect(await seenBy((user) => list(user, FILM))).toEqual(rest(forbidden, 'in,staff in,out'));
    expect(await seenBy((user) => list(user, CLIP))).toEqual(rest({ scout: 'in', chosen: 'in' }, 'in,staff in'));
    const [shown] = (await list(people.chosen, CLIP)).notes;
    expect(shown).toMatchObject({ on: 'film', clip_id: 'own', at_s: 2.5, may_edit: false, may_delete: false });
    expect(JSON.stringify(shown)).not.toContain(MASTER.id);
  });

  it('in a reel: those it is shown to, as far as it shows the clip, and nowhere else', async () => {
    await write(FOREIGN, { text: 'shown' });
    await write(FOREIGN, { text: 'staff', visible_to: 'staff' });
    await write(FILM, { text: 'of the film', at_s: 14 });
    await write(FOREIGN, { text: 'cut off', at_s: 7 });
    const { id } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, ['foreign']);
    await portal.db.reelItem.updateMany({ where: { reelId: id }, data: { outS: 6 } });
    expect(await seenBy((user) => listReelNotes(portal.deps, user, id))).toEqual(
      rest({ chosen: 'shown,of the film' }, 'shown,staff,of the film'),
    );
    expect(await faultOf(list(people.chosen, FOREIGN))).toMatchObject({ status: 404 });
  });
});

describe('answers', () => {
  it('are of whoever sees the note, at its moment', async () => {
    const note = await write(CLIP);
    const first = await answer(people.chosen, note.id);
    expect(first).toMatchObject({ reply_to: note.id, at_s: 2, hold_s: 0, visible_to: 'audience', may_edit: true });
    // An answer to an answer answers the note.
    expect(await answer(people.scout, first.id, 'second')).toMatchObject({ reply_to: note.id });
    await write(CLIP, { text: 'before', at_s: 1 });
    expect(await textsOf(people.chosen, CLIP)).toEqual(['before', 'A note', 'An answer', 'second']);
    for (const who of ['player', 'chosen of CHI', 'coach of CHI', 'admin of nothing'] as const)
      expect(await faultOf(answer(people[who], note.id)), who).toMatchObject({ status: 404 });
    const staff = await write(CLIP, { visible_to: 'staff' });
    expect(await faultOf(answer(people.chosen, staff.id))).toMatchObject({ status: 404 });
    expect(await faultOf(answer(people.scout, staff.id))).toMatchObject({ status: 404 });
    expect(await answer(people.coach, staff.id)).toMatchObject({ visible_to: 'staff' });
  });

  it('come out of a reel that alone shows the clip, as long as it does', async () => {
    const [note, film] = [await write(FOREIGN), await write(FILM, { at_s: 15 })];
    const { id } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, ['foreign']);
    const own = await answer(people.chosen, note.id);
    expect(own).toMatchObject({ author: { id: people.chosen.userId }, clip_id: 'foreign' });
    await answer(people.chosen, film.id, 'Of the film');
    expect(await change(people.chosen, own.id, { text: 'Better' })).toMatchObject({ text: 'Better', version: 2 });
    expect(await textsOf(people.maker, FOREIGN)).toEqual(['A note', 'Better', 'A note', 'Of the film']);
    expect(await faultOf(answer(people.player, note.id))).toMatchObject({ status: 404 });
    await patchReel(portal.deps, people.maker, { reelId: id, ifMatch: null }, { audience: 'staff' });
    expect(await faultOf(answer(people.chosen, note.id))).toMatchObject({ status: 404 });
    expect(await faultOf(remove(people.chosen, own.id))).toMatchObject({ status: 404 });
  });

  it('are changed by who wrote them, and deleted by those who make reels too', async () => {
    const note = await write(CLIP);
    const own = await answer(people.chosen, note.id);
    expect(await faultOf(change(people.coach, own.id, { text: 'Put in a mouth' }))).toMatchObject({
      ...{ status: 403, code: 'not_the_author' },
    });
    expect(await faultOf(change(people.chosen, own.id, { visible_to: 'staff' }))).toMatchObject({ status: 422 });
    expect(await faultOf(change(people.chosen, note.id, { text: 'x' }))).toMatchObject({ status: 404 });
    expect(await faultOf(remove(people.chosen, note.id))).toMatchObject({ status: 404 });
    expect(await faultOf(remove(people.scout, own.id))).toMatchObject({ status: 404 });
    await remove(people.coach, own.id);
    expect(await textsOf(people.chosen, CLIP)).toEqual(['A note']);
  });

  it('follow their note: to another moment, out of sight, and away', async () => {
    const note = await write(CLIP);
    await answer(people.chosen, note.id);
    await change(people.coach, note.id, { at_s: 4, visible_to: 'staff' });
    expect((await list(people.maker, CLIP)).notes.map(({ at_s, visible_to }) => [at_s, visible_to])).toEqual([
      [4, 'staff'],
      [4, 'staff'],
    ]);
    expect(await textsOf(people.chosen, CLIP)).toEqual([]);
    await remove(people.analyst, note.id);
    expect(await portal.db.note.count()).toBe(0);
  });
});

describe('writing', () => {
  it('is for those who make reels, and for no key that only reads', async () => {
    for (const who of ['scout', 'chosen'] as const)
      expect(await faultOf(write(CLIP, {}, people[who])), who).toMatchObject({ status: 403 });
    for (const who of ['coach of CHI', 'admin of nothing'] as const) {
      expect(await faultOf(write(CLIP, {}, people[who])), who).toMatchObject({ status: 404 });
      expect(await faultOf(write(FILM, {}, people[who])), who).toMatchObject({ status: 404 });
    }
    const { id } = await write(CLIP);
    const key: UserContext = { ...people.maker, keyScope: 'read' };
    expect(await faultOf(write(CLIP, {}, key))).toMatchObject({ status: 403, code: 'read_only_key' });
    expect(await faultOf(answer(key, id))).toMatchObject({ status: 403, code: 'read_only_key' });
    expect(await textsOf(key, CLIP)).toEqual(['A note']);
  });

  it('is refused by Postgres, too, in another’s name and to those who make none', async () => {
    const { id: clipId } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'own' } });
    const row = { id: crypto.randomUUID(), clipId, atS: 1, holdS: 1, visibleTo: 'audience' };
    const insert = (user: UserContext, authorId: string) =>
      withinReach(portal.deps.db, user, (tx) => tx.note.createMany({ data: [{ ...row, authorId }] }));
    await expect(insert(people.chosen, people.chosen.userId)).rejects.toThrow(/row-level security/);
    await expect(insert(people.coach, people.maker.userId)).rejects.toThrow(/row-level security/);
    await expect(insert(people['coach of CHI'], people['coach of CHI'].userId)).rejects.toThrow(/row-level security/);
  });

  it('says where it would lie behind the end, and where nothing is said', async () => {
    expect(await faultOf(write(CLIP, { at_s: 8.2 }))).toMatchObject({ status: 422, code: 'beyond_end' });
    expect(await write(CLIP, { at_s: 8 })).toMatchObject({ at_s: 8, on: 'clip' });
    const { id } = await write(FILM, { at_s: 59 });
    expect(await faultOf(change(people.coach, id, { at_s: 61 }))).toMatchObject({ status: 422, code: 'beyond_end' });
    expect(await faultOf(change(people.coach, id, { text: ' ' }))).toMatchObject({ status: 422, code: 'empty_note' });
  });

  it('keeps a drawing as it is, and its text as text', async () => {
    const drawing = {
      ...{ version: 1 as const },
      shapes: [
        {
          id: 'a',
          type: 'pen' as const,
          points: [
            [0, 1],
            [0.123456, 0.5, 0.75],
          ],
          color: 'red',
          width: 4.5,
        },
        { id: 't', type: 'text' as const, points: [[0.5, 0.5]], color: '#12ab3f', width: 3, text: '<svg onload=x>' },
      ],
    };
    const { id } = await write(CLIP, { text: '', drawing });
    expect((await list(people.chosen, CLIP)).notes).toMatchObject([{ id, text: '', drawing }]);
    const changed = await change(people.coach, id, { text: 'a\nb', drawing: null });
    expect(changed).toMatchObject({ text: 'a\nb', drawing: null, version: 2 });
  });

  it('tells two people apart by the version', async () => {
    const { id, version } = await write(CLIP);
    await change(people.coach, id, { text: 'first' }, [String(version)]);
    expect(await faultOf(change(people.maker, id, { text: 'late' }, [String(version)]))).toMatchObject({
      ...{ status: 412, code: 'stale_edit' },
    });
  });

  it('happens once for one key', async () => {
    const request = { key: 'note-once', method: 'POST', path: '/notes', hash: 'a'.repeat(64) };
    const input = createNoteSchema.parse({ at_s: 1, text: 'once' });
    const send = () => createNote(portal.deps, people.maker, CLIP, input, request);
    const [first, again] = [await send(), await send()];
    expect([again.isReplay, again.note.id]).toEqual([true, first.note.id]);
    expect(await portal.db.note.count()).toBe(1);
    await remove(people.maker, first.note.id);
    expect(await faultOf(send())).toMatchObject({ status: 409, code: 'replay_gone' });
  });

  it('is in the log without its words', async () => {
    const note = await write(CLIP, { text: 'secret words' });
    await change(people.coach, note.id, { text: 'other words', visible_to: 'staff' });
    await remove(people.coach, note.id);
    const entries = await portal.db.auditEntry.findMany({
      where: { targetType: 'note', targetId: note.id },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual(['note.create', 'note.update', 'note.delete']);
    expect(JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'words',
    );
  });

  it('ends with the clip, and not in its trash', async () => {
    await write({ clip_id: 'gone' });
    await portal.db.clip.update({ where: { clipId: 'gone' }, data: { deletedAt: new Date() } });
    expect(await faultOf(list(people.maker, { clip_id: 'gone' }))).toMatchObject({ status: 404 });
    await portal.db.clip.delete({ where: { clipId: 'gone' } });
    expect(await portal.db.note.count()).toBe(0);
  });
});
