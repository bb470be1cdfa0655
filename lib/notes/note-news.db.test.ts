import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { eventJson } from '#lib/events/event.ts';
import { type StreamedEventJson, streamedEventSchema } from '#lib/events/event-schemas.ts';
import { followEvents } from '#lib/events/follow-events-fixture.ts';
import { settledEvents } from '#lib/events/settled-events-fixture.ts';
import { patchReel } from '#lib/reels/change-reel.ts';
import { CHOSEN, enlistAll, makeReel, type People } from '#lib/reels/reels-fixture.ts';
import { clipRow, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { answerNote, createNote, deleteNote, patchNote } from './change-notes.ts';
import type { NotePlace } from './note-repo.ts';
import { answerNoteSchema, createNoteSchema, patchNoteSchema } from './note-schemas.ts';

const MASTER = masterRow({ filename: 'p1.mp4', durationS: 60 });
const FILM = { master_id: MASTER.id };
/** Of the clips: 10 to 18 s of the film. */
const RANGE = { startTimecodeS: 10, endTimecodeS: 18, durationS: 8, sourceGcsUri: null };

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
      clipRow({ clipId: 'of-film', playerId: CHOSEN, ...RANGE, sourceGcsUri: MASTER.lakeUri }),
    ],
  });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.note.deleteMany();
  await portal.db.reel.deleteMany();
  await portal.db.event.deleteMany();
});

const write = async (place: NotePlace, given: object = {}): Promise<string> => {
  const input = createNoteSchema.parse({ at_s: 2, text: 'A note', visible_to: 'audience', ...given });
  return (await createNote(portal.deps, people.maker, place, input)).note.id;
};
const answer = async (user: UserContext, id: string) =>
  (await answerNote(portal.deps, user, id, answerNoteSchema.parse({ text: 'An answer' }))).note.id;
const change = (noteId: string, patch: object) =>
  patchNote(portal.deps, people.maker, { noteId, ifMatch: null }, patchNoteSchema.parse(patch));
const remove = (noteId: string) => deleteNote(portal.deps, people.maker, { noteId, ifMatch: null });

const isOfNote = (event: StreamedEventJson) => event.type.startsWith('note.');

/** What an event says, in one line: what happened, and where. */
function lineOf(event: StreamedEventJson): string {
  if (!('note_id' in event)) return event.type;
  const { type, clip_id, master_id, reel_id } = event;
  return [type, clip_id, master_id && 'film', reel_id && 'reel'].filter(Boolean).join(' ');
}

/** What each person is told of notes since the beginning, who comes back; those who are told nothing are left out. */
async function toldTo(): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {};
  for (const [who, user] of Object.entries(people)) {
    const events = (await settledEvents(portal.deps.db, user)).map((event) =>
      streamedEventSchema.parse(eventJson(event)),
    );
    const lines = events.filter(isOfNote).map(lineOf);
    if (lines.length > 0) told[who] = lines;
  }
  return told;
}

const MAKERS = ['maker', 'admin', 'admin of all', 'staff', 'coach', 'analyst'];
const each = (who: readonly string[], lines: readonly string[]) => Object.fromEntries(who.map((name) => [name, lines]));

describe('what is told of a note', () => {
  it('is told to those who see it on its clip, answers too', async () => {
    const id = await write({ clip_id: 'own' });
    await answer(people.chosen, id);
    await change(id, { text: 'Another' });
    await remove(id);
    // It goes with its answer, in either order.
    const lines = ['created', 'created', 'updated', 'deleted', 'deleted'].map((done) => `note.${done} own`);
    expect(await toldTo()).toEqual(each([...MAKERS, 'scout', 'chosen'], lines));
  });

  it('is told to those alone who make reels while it is for staff, and as gone to those from whom it is taken', async () => {
    const id = await write({ clip_id: 'own' }, { visible_to: 'staff' });
    expect(await toldTo()).toEqual(each(MAKERS, ['note.created own']));
    await change(id, { visible_to: 'audience' });
    await change(id, { visible_to: 'staff' });
    await change(id, { text: 'Not for you' });
    expect(await toldTo()).toEqual({
      ...each(MAKERS, ['note.created own', 'note.updated own', 'note.updated own', 'note.updated own']),
      ...each(['scout', 'chosen'], ['note.created own', 'note.deleted own']),
    });
  });

  it('of a film names the film to those who watch it, and to others the clips that its moment lies in', async () => {
    const id = await write(FILM, { at_s: 12 });
    await change(id, { at_s: 18 });
    await change(id, { text: 'Behind the clip' });
    const told = await toldTo();
    expect(told.maker?.toSorted()).toEqual([
      'note.created film',
      'note.created of-film',
      'note.deleted of-film',
      'note.updated film',
      'note.updated film',
    ]);
    for (const who of ['scout', 'chosen']) expect(told[who]).toEqual(['note.created of-film', 'note.deleted of-film']);
    expect(Object.keys(told).sort()).toEqual([...MAKERS, 'scout', 'chosen'].sort());
  });

  it('in a reel is told to those it is shown to, with the reel, as far as it shows the clip', async () => {
    const { id: reelId } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, ['foreign']);
    await portal.db.reelItem.updateMany({ where: { reelId }, data: { outS: 6 } });
    const shown = await write({ clip_id: 'foreign' });
    await write({ clip_id: 'foreign' }, { at_s: 7 });
    await write({ clip_id: 'foreign' }, { visible_to: 'staff' });
    const told = await toldTo();
    expect(told.chosen).toEqual(['note.created foreign reel']);
    expect(told.scout).toEqual(['note.created foreign', 'note.created foreign']);
    const everywhere = ['note.created foreign', 'note.created foreign', 'note.created foreign'];
    expect(told.coach?.toSorted()).toEqual([...everywhere, 'note.created foreign reel', 'note.created foreign reel']);
    expect(Object.keys(told).sort()).toEqual([...MAKERS, 'scout', 'chosen'].sort());
    // To whom it is shown no more, nothing is told of what was said while it was.
    await patchReel(portal.deps, people.maker, { reelId, ifMatch: null }, { audience: 'staff' });
    await answer(people.coach, shown);
    expect((await toldTo()).chosen).toBeUndefined();
    await patchReel(portal.deps, people.maker, { reelId, ifMatch: null }, { audience: 'team' });
    await portal.db.user.update({ where: { id: people.maker.userId }, data: { disabledAt: new Date() } });
    expect((await toldTo()).chosen).toBeUndefined();
    await portal.db.user.update({ where: { id: people.maker.userId }, data: { disabledAt: null } });
    expect((await toldTo()).player).toEqual(['note.created foreign reel', 'note.created foreign reel']);
  });

  it('is told as it happens, in the same way', async () => {
    const { id: reelId } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, ['foreign']);
    const [theirs, makers] = [
      await followEvents(portal.deps, people.chosen),
      await followEvents(portal.deps, people.maker),
    ];
    const staff = await write({ clip_id: 'foreign' }, { visible_to: 'staff' });
    const note = await write({ clip_id: 'foreign' });
    const own = await answer(people.chosen, note);
    const heard = await theirs.told(2, isOfNote);
    const place = { type: 'note.created', clip_id: 'foreign', master_id: null, reel_id: reelId };
    expect(heard).toEqual([note, own].map((note_id) => ({ ...place, note_id, occurred_at: expect.any(String) })));
    expect((await makers.told(6, isOfNote)).map((event) => 'note_id' in event && event.note_id)).toEqual([
      staff,
      staff,
      note,
      note,
      own,
      own,
    ]);
    for (const { leave } of [theirs, makers]) leave();
  });

  it('is neither lost nor told of what did not come to be, with the news of reels, whichever transaction ends first', async () => {
    const { id: reelId } = await makeReel(portal.deps, people.maker, 'team', ['own']);
    const theirs = await followEvents(portal.deps, people.chosen);
    const slow = new pg.Client({ connectionString: portal.databaseUrl });
    await slow.connect();
    const begin = async (): Promise<string> => {
      const id = randomUUID();
      await slow.query('BEGIN');
      await slow.query('UPDATE media.reels SET title = $1 WHERE id = $2', [id, reelId]);
      await slow.query(
        `INSERT INTO media.notes (id, clip_id, at_s, hold_s, text, author_id, visible_to)
          SELECT $1, c.id, 2, 0, 'Slow', $2, 'audience' FROM media.clips c WHERE c.clip_id = 'own'`,
        [id, people.maker.userId],
      );
      return id;
    };
    try {
      const [begun, quick] = [await begin(), await write({ clip_id: 'own' })];
      await slow.query('COMMIT');
      const undone = await begin();
      const during = await write({ clip_id: 'own' });
      await slow.query('ROLLBACK');
      const after = await write({ clip_id: 'own' });
      // Each note on the clip and in the reel, and the reel itself.
      const heard = await theirs.told(9, (event) => isOfNote(event) || event.type.startsWith('reel.'));
      const ids = heard.map((event) => ('note_id' in event ? event.note_id : 'reel'));
      expect(ids.toSorted()).toEqual(['reel', ...[begun, quick, during, after].flatMap((id) => [id, id])].toSorted());
      expect(await portal.db.event.count({ where: { noteId: undone } })).toBe(0);
    } finally {
      theirs.leave();
      await slow.end();
    }
  });
});
