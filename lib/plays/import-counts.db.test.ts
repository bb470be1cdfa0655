import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { enlist, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { bringPlays } from './import-fixture.ts';
import {
  instance,
  nhlGame,
  nhlPlay,
  type SequenceRow,
  sequenceCsv,
  sequenceRow,
  timeLine,
} from './play-files-fixture.ts';
import type { PlayImportJson } from './play-schemas.ts';

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(() => portal.db.game.deleteMany());

/** What is there of each play, without when it was written. */
async function playsThere(): Promise<Map<string, string>> {
  const plays = await portal.db.play.findMany();
  return new Map(
    plays.map(({ source, sourceId, id: _, createdAt: __, updatedAt: ___, ...said }) => [
      `${source} ${sourceId}`,
      JSON.stringify(said),
    ]),
  );
}

/** Tries a file and imports it: both tell the same, and what they tell is what has become of the plays. */
async function told(text: string): Promise<PlayImportJson> {
  const before = await playsThere();
  const planned = await bringPlays(portal.deps, coach, text, { dry_run: 'true' });
  expect(await playsThere()).toEqual(before);
  const done = await bringPlays(portal.deps, coach, text);
  expect(done).toEqual(planned);
  const after = await playsThere();
  const { added, changed, unchanged, removed, read, skipped_total, shifts } = done;
  const kept = [...after.keys()].filter((key) => before.has(key));
  expect({ added, changed, removed }).toEqual({
    added: after.size - kept.length,
    changed: kept.filter((key) => before.get(key) !== after.get(key)).length,
    removed: before.size - kept.length,
  });
  expect(added + changed + unchanged).toBe(read - skipped_total + shifts);
  return done;
}
const countsOf = ({ added, changed, unchanged, removed }: PlayImportJson) => ({ added, changed, unchanged, removed });

interface Row {
  id: number;
  second: number;
}
const ALONE: SequenceRow = {
  ...{ teamForwardsOnIceRefs: '', teamDefencemenOnIceRefs: '', teamGoalieOnIceRef: '' },
  ...{ opposingTeamForwardsOnIceRefs: '', opposingTeamDefencemenOnIceRefs: '' },
};
const clock = (second: number) => `00:${String(second).padStart(2, '0')}`;
const FILES: Record<PlayImportJson['format'], (rows: readonly Row[]) => string> = {
  playsequence: (rows) =>
    sequenceCsv(rows.map(({ id, second }) => sequenceRow({ ...ALONE, id: String(id), periodTime: String(second) }))),
  sportscode: (rows) =>
    timeLine(rows.map(({ id, second }) => instance({ id: String(id), start: String(second), end: '99' })).join('\n')),
  nhl: (rows) =>
    JSON.stringify(nhlGame(rows.map(({ id, second }) => nhlPlay({ eventId: id, timeInPeriod: clock(second) })))),
};

const row = (id: number, second = id): Row => ({ id, second });
const FIRST = [1, 2, 3, 4].map((id) => row(id));

describe.each(Object.entries(FILES))('an import of a %s file again', (_, fileOf) => {
  it.each([
    ['as it is', FIRST, { added: 0, changed: 0, unchanged: 4, removed: 0 }],
    ['in another order', FIRST.toReversed(), { added: 0, changed: 0, unchanged: 4, removed: 0 }],
    ['with a row changed', [row(1), row(2, 30), row(3), row(4)], { added: 0, changed: 1, unchanged: 3, removed: 0 }],
    ['with a new row', [...FIRST, row(5)], { added: 1, changed: 0, unchanged: 4, removed: 0 }],
    ['without a row', FIRST.slice(1), { added: 0, changed: 0, unchanged: 3, removed: 1 }],
    [
      'with some changed, new and left out',
      [row(5), row(1), row(2, 30), row(6), row(3, 31)],
      { added: 2, changed: 2, unchanged: 1, removed: 1 },
    ],
    ['with other rows alone', [row(7), row(8)], { added: 2, changed: 0, unchanged: 0, removed: 4 }],
  ])('%s tells what it did, and so does trying it', async (_, rows, counts) => {
    expect(countsOf(await told(fileOf(FIRST)))).toEqual({ added: 4, changed: 0, unchanged: 0, removed: 0 });
    expect(countsOf(await told(fileOf(rows)))).toEqual(counts);
  });
});

it('an id that is there twice is one play, and a row that is skipped', async () => {
  const { skipped, ...counts } = await told(FILES.playsequence([...FIRST, row(5), row(5, 40)]));
  expect(countsOf(counts as PlayImportJson)).toEqual({ added: 5, changed: 0, unchanged: 0, removed: 0 });
  expect(skipped).toEqual([{ line: 7, reason: 'The id 5 is that of line 6 already.' }]);
});

describe('an import of rows that no id tells apart', () => {
  const alike = (...more: SequenceRow[]) =>
    sequenceCsv([...more, ...[1, 2].map(() => ({}))].map((each) => sequenceRow({ ...ALONE, id: '', ...each })));

  it.each([
    ['as it is', alike(), { added: 0, changed: 0, unchanged: 2, removed: 0 }],
    ['with one more that is alike', alike({}), { added: 1, changed: 0, unchanged: 2, removed: 0 }],
    ['with one of another moment', alike({ periodTime: '99' }), { added: 1, changed: 0, unchanged: 2, removed: 0 }],
    ['with one that is otherwise', alike({ zone: 'nz' }), { added: 1, changed: 1, unchanged: 1, removed: 0 }],
    [
      'with one of them alone',
      sequenceCsv([sequenceRow({ ...ALONE, id: '' })]),
      { added: 0, changed: 0, unchanged: 1, removed: 1 },
    ],
  ])('%s tells what it did', async (_, text, counts) => {
    expect(countsOf(await told(alike()))).toEqual({ added: 2, changed: 0, unchanged: 0, removed: 0 });
    expect(countsOf(await told(text))).toEqual(counts);
  });
});

it('shifts that are derived are counted among the plays', async () => {
  const rows = [10, 20, 30].map((second, n) => sequenceRow({ id: String(n + 1), periodTime: String(second) }));
  const { shifts } = await told(sequenceCsv(rows));
  expect(shifts).toBeGreaterThan(0);
  // The last play is later: each shift ends later, too.
  const later = [...rows.slice(0, 2), { ...rows[2], periodTime: '40' }, sequenceRow({ id: '4', periodTime: '41' })];
  const [second, third] = [await told(sequenceCsv(later)), await told(sequenceCsv(rows))];
  expect(countsOf(second)).toEqual({ added: 1, changed: 1 + shifts, unchanged: 2, removed: 0 });
  expect(countsOf(third)).toEqual({ added: 0, changed: 1 + shifts, unchanged: 2, removed: 1 });
});
