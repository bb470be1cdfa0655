import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { isAppError } from '#lib/errors.ts';
import { enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { clipPlays } from './clip-plays.ts';
import { clipPlaysSchema } from './clip-plays-schemas.ts';
import { exportPlays } from './export-plays.ts';
import { exportPlaysQuerySchema } from './export-schemas.ts';
import { bringPlays, GAME } from './import-fixture.ts';
import { importPlays } from './import-plays.ts';
import { getGame } from './list-games.ts';
import { listPlays } from './list-plays.ts';
import { mutatedFiles, SOUND_FILES, type SoundFormat } from './mutated-files-fixture.ts';
import {
  bytesOf,
  instance,
  nhlGame,
  nhlPlay,
  SEQUENCE_COLUMNS,
  sequenceCsv,
  sequenceRow,
  timecodeAt,
  timeLine,
} from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';
import { importPlaysQuerySchema } from './play-schemas.ts';

/** As `read-mutated-files.test.ts` has them, and fewer: each is written. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 25);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
});

const bring = (text: string, query: object = {}) => bringPlays(portal.deps, coach, text, query);
const bringBytes = (bytes: Uint8Array) =>
  importPlays(portal.deps, coach, importPlaysQuerySchema.parse({ ...GAME, confirm: 'true' }), bytes);
const events = async () =>
  (await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({ limit: '5000' }))).plays.filter(
    ({ kind }) => kind === 'event',
  );
const clip = (request: object) => clipPlays(portal.deps, coach, clipPlaysSchema.parse(request));
const film = (period: number, durationS = 1300) =>
  portal.db.master.create({ data: masterRow({ period, durationS, filename: `p${period}.mp4` }) });
const row = (id: string, second: number, others: object = {}) =>
  sequenceRow({ id, periodTime: String(second), timecode: timecodeAt(second), ...others });

describe('a file that asks for trouble', () => {
  it.each<[string, string, string]>([
    ['of 200,000 rows', `id,period,periodTime,name\n${'1,1,2,carry\n'.repeat(200_000)}`, 'too_many_plays'],
    [
      'without a column that is needed',
      sequenceCsv([sequenceRow()], { columns: SEQUENCE_COLUMNS.slice(3) }),
      'bad_columns',
    ],
    ['with a column twice', sequenceCsv([sequenceRow()], { columns: [...SEQUENCE_COLUMNS, 'zone'] }), 'bad_columns'],
    ['that is half of some JSON', JSON.stringify(nhlGame()).slice(0, -40), 'bad_json'],
    ['of rows that are none', sequenceCsv([row('1', -4), row('2', 99_999)]), 'no_plays'],
  ])('is refused and leaves nothing behind: one %s', async (_, text, code) => {
    expect(await faultOf(bring(text))).toMatchObject({ status: 422, code });
    expect([await portal.db.game.count(), await portal.db.playFile.count()]).toEqual([0, 0]);
  });

  it('is read as far as it is one: absurd clocks and periods are skipped and told, the others are there', async () => {
    const rows = [
      ...[row('1', 10), row('2', -1), row('3', 3601), row('4', 11, { periodTime: 'NaN' })],
      ...[row('5', 12, { period: '0' }), row('6', 13, { timecode: '99:59:59:29' }), row('7', 14)],
    ];
    const done = await bring(sequenceCsv(rows));
    expect(done).toMatchObject({ read: 7, skipped_total: 5 });
    expect(done.skipped.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
    expect((await events()).map(({ clock_s }) => clock_s)).toEqual([10, 14]);
  });

  it('keeps names in Windows-1252, and ids whatever a spreadsheet made of them', async () => {
    const player = { playerLastName: 'Béliveau', playerReferenceId: '\t8480018.0', teamForwardsOnIceRefs: '\t7.0, 8' };
    await bringBytes(bytesOf(sequenceCsv([sequenceRow(player)]), 'latin1'));
    const [play] = await events();
    expect(play).toMatchObject({ player_id: '8480018', player_name: 'Nick Béliveau' });
    expect(play?.on_ice.slice(0, 2)).toEqual(['7', '8']);
    expect((await getGame(portal.deps, coach, GAME)).rosters).toMatchObject([{ player_name: 'Nick Béliveau' }]);
  });

  it('of formulas and of a billion laughs is text, and a spreadsheet gets it as text', async () => {
    const formula = '=HYPERLINK("http://x","y")';
    await bring(sequenceCsv([sequenceRow({ shorthand: formula, playerFirstName: '@SUM(A1)' })]));
    const laughs = '<!DOCTYPE f [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>';
    await bring(timeLine(instance({ code: 'Shot &b;' }), laughs));
    const names = (await events()).map(({ name, shorthand }) => shorthand ?? name);
    expect(names.sort()).toEqual([formula, 'Shot &b;']);
    const csv = await exportPlays(portal.deps, coach, exportPlaysQuerySchema.parse({ format: 'csv', name: ['carry'] }));
    expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(csv).toContain("'@SUM(A1) Suzuki");
  });

  it('keeps what cannot be kept out of the database: NUL, half letters, control characters', async () => {
    const table = 'start,end,code,Li\u0000ne,Clock\r\n1,2,Shot\u0007,"a\u0000b\uD800",1e99\r\n';
    expect(await bring(`\uFEFF${table}`)).toMatchObject({ added: 1 });
    expect((await events())[0]?.labels).toEqual([
      { group: 'Li ne', text: 'a b\uFFFD' },
      { group: 'Clock', text: '1e99' },
    ]);
    const named = { homeTeam: { id: 8, abbrev: 'M\u0000TL' }, id: 'x\u0000' };
    expect(await bring(JSON.stringify(nhlGame([nhlPlay()], named)), { confirm: 'true' })).toMatchObject({ added: 1 });
  });

  it('puts no crowd on the ice, whose shifts would fill the memory', async () => {
    const crowd = (from: number) => Array.from({ length: 3000 }, (_, nth) => String(from + nth)).join(', ');
    const rows = Array.from({ length: 20 }, (_, nth) =>
      row(String(nth), nth, { teamForwardsOnIceRefs: crowd(nth * 3000), teamDefencemenOnIceRefs: '' }),
    );
    expect((await bring(sequenceCsv(rows))).shifts).toBeLessThan(20 * 70);
    expect((await events()).map(({ on_ice }) => on_ice.length)).toEqual(rows.map(() => 30));
  });
});

describe('plays that no master shows', () => {
  it('are there without a place: of a period without a master, and beyond the end of one', async () => {
    const master = await film(1, 200);
    await bring(sequenceCsv([row('1', 100), row('2', 300), row('3', 100, { period: '2' })]));
    expect((await events()).map(({ period, clock_s, video }) => [period, clock_s, video?.master_id ?? null])).toEqual([
      [1, 100, master.id],
      [1, 300, null],
      [2, 100, null],
    ]);
    expect((await getGame(portal.deps, coach, GAME)).periods).toEqual([
      { period: 1, master_id: master.id, anchored: false },
      { period: 2, master_id: null, anchored: false },
    ]);
    const done = await clip({ filter: { name: ['carry'] } });
    expect(done).toMatchObject({ matched: 3, created: 1 });
    expect(done.skipped.map(({ reason }) => reason)).toEqual(['no_video', 'no_video']);
  });

  it('are two goals of one moment and one clip each; the row without a scorer is a play and no clip', async () => {
    await film(1);
    const goal = (id: string, player: string) => row(id, 600, { name: 'goal', playerReferenceId: player });
    await bring(sequenceCsv([goal('1', '8480018'), goal('2', '8481568'), goal('3', '')]));
    expect(await events()).toHaveLength(3);
    const done = await clip({ filter: { name: ['goal'] } });
    expect(done).toMatchObject({ matched: 3, created: 2, skipped: [{ reason: 'no_player' }] });
    expect(new Set(done.clips.map(({ clip_id }) => clip_id)).size).toBe(2);
    expect(done.planned.map(({ start_timecode_s: start }) => start)).toEqual([590, 590]);
  });
});

describe.each(Object.keys(SOUND_FILES) as SoundFormat[])('%s that something happened to', (format) => {
  it('is imported as what it still is, or refused, and changes nothing the next time', async () => {
    let imported = 0;
    const property = fc.asyncProperty(mutatedFiles(format), async (bytes) => {
      const first = await bringBytes(bytes).catch((error: unknown) => error);
      if (isAppError(first)) {
        expect(first.status).toBeGreaterThanOrEqual(400);
        expect(first.status).toBeLessThan(500);
        return;
      }
      if (first instanceof Error) throw first;
      imported += 1;
      expect(await bringBytes(bytes)).toMatchObject({ added: 0, changed: 0, removed: 0 });
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: process.env.FUZZ_RUNS !== undefined });
    expect(imported).toBeGreaterThan(0);
    expect((await events()).length).toBeGreaterThan(0);
    for (const as of ['csv', 'sportscode']) {
      await exportPlays(portal.deps, coach, exportPlaysQuerySchema.parse({ format: as, game_id: [GAME.game_id] }));
    }
  });
});
