import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { caller, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { bringPlays } from './import-fixture.ts';
import { instance, manyRows, nhlGame, nhlPlay, sequenceCsv, sequenceRow, timeLine } from './play-files-fixture.ts';

let portal: PortalFixture;
let coach: UserContext;

beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
});

const bring = (text: string, query: object = {}, user = coach) => bringPlays(portal.deps, user, text, query);
const bringNhl = (game: object, query: object = {}) => bring(JSON.stringify(game), query);
const events = () => portal.db.play.findMany({ where: { kind: 'event' }, orderBy: { id: 'asc' } });

describe('an import of plays', () => {
  it('writes the plays, the game, its roster and the file itself', async () => {
    const text = JSON.stringify(nhlGame());
    expect(await bring(text)).toEqual({
      ...{ format: 'nhl', encoding: 'utf-8', read: 1, added: 1, changed: 0, unchanged: 0, removed: 0, shifts: 0 },
      ...{
        skipped: [],
        skipped_total: 0,
        is_whole: true,
        unknown_names: [],
        unknown_names_total: 0,
        periods: [1],
        players: 2,
        disagreements: [],
      },
    });
    expect(await portal.db.game.findFirst({ include: { players: true } })).toMatchObject({
      ...{ gameDate: new Date('2025-10-11'), opponentCode: 'CHI', isHome: true, ownGoals: 3, opponentGoals: 2 },
      players: [{ playerId: '8480018', jersey: '14', playsFor: 'MTL' }, { playerId: '8481568' }],
    });
    const file = await portal.db.playFile.findFirstOrThrow();
    expect(file.lakeUri).toMatch(/\/media\/events\/MTL\/2025-2026\/20031\/nhl-[0-9a-f]{64}\.json$/);
    const kept = await portal.store.read(parseGsUri(portal.deps.buckets, file.lakeUri));
    expect(Buffer.concat(await kept.toArray()).toString()).toBe(text);
    const log = await portal.db.auditEntry.findFirst({ where: { action: 'plays.import' } });
    expect(log).toMatchObject({ actorUserId: coach.userId, targetId: 'MTL/2025-2026/20031', teamCodes: ['MTL'] });
  });

  it('changes nothing when the same file comes again, and what differs when a newer one does', async () => {
    const rows = manyRows(9).map((row) => ({ ...row, teamForwardsOnIceRefs: '', opposingTeamForwardsOnIceRefs: '' }));
    const first = await bring(sequenceCsv(rows));
    const before = await portal.db.play.findMany({ orderBy: { id: 'asc' } });
    expect(first).toMatchObject({ added: 9 + first.shifts, changed: 0, periods: [1, 2, 3] });
    expect(await bring(sequenceCsv(rows))).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
      unchanged: before.length,
    });
    expect(await portal.db.play.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    expect(await portal.db.playFile.count()).toBe(1);

    // The first period alone: one of its plays is left out, and one is otherwise. The other periods stay.
    const newer = [rows[0], { ...rows[1], outcome: 'failed' }].map((row) => sequenceRow(row));
    const planned = await bring(sequenceCsv(newer), { dry_run: 'true' });
    expect(await portal.db.play.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    expect(await portal.db.playFile.count()).toBe(1);
    expect(await bring(sequenceCsv(newer))).toEqual(planned);
    expect(planned).toMatchObject({ removed: expect.any(Number), is_whole: true });
    expect((await events()).map(({ sourceId, outcome }) => [sourceId, outcome])).toEqual([
      ['1', 'successful'],
      ['2', 'failed'],
      ...['4', '5', '6', '7', '8', '9'].map((id) => [id, 'successful']),
    ]);
  });

  it('leaves the plays of other formats and of other codes alone, and removes nothing for half a file', async () => {
    await bringNhl(nhlGame());
    const shots = instance({ code: 'Shot' });
    await bring(timeLine([instance(), instance({ id: '6' })].join('\n')));
    expect(await bring(timeLine(shots))).toMatchObject({ added: 1, removed: 0 });
    const half = timeLine(instance()).split('</ALL_INSTANCES>')[0] ?? '';
    expect(await bring(half)).toMatchObject({ is_whole: false, unchanged: 1, removed: 0 });
    expect(await bring(timeLine(instance()))).toMatchObject({ unchanged: 1, removed: 1 });
    expect((await events()).map(({ source, sourceId }) => [source, sourceId])).toEqual([
      ['nhl', '102'],
      ['sportscode', 'Zone entry:5'],
      ['sportscode', 'Shot:5'],
    ]);
  });

  it.each([
    ['teams', { homeTeam: { id: 10, abbrev: 'TOR' } }, 'The file is of CHI and TOR.'],
    ['season', { season: 20242025 }, 'The file is of 2024-2025.'],
    ['id', { id: 2025020032 }, 'The file is of the game 2025020032.'],
    ['date', { gameDate: '2025-10-12' }, 'The file is of 2025-10-12, and this game of 2025-10-11.'],
  ])('wants a second word when its %s speak for another game', async (_, overrides, message) => {
    await portal.db.master.create({ data: masterRow({ filename: 'p1-20251011-MTLvsCHI.mp4' }) });
    const game = nhlGame([nhlPlay()], overrides);
    const refused = bringNhl(game);
    await expect(refused).rejects.toMatchObject({ status: 409, code: 'wrong_game', errors: [{ message }] });
    expect([await portal.db.play.count(), await portal.db.playFile.count()]).toEqual([0, 0]);
    expect(await bringNhl(game, { dry_run: 'true' })).toMatchObject({ disagreements: [{ message }], added: 1 });
    expect(await bringNhl(game, { confirm: 'true' })).toMatchObject({ disagreements: [{ message }], added: 1 });
  });

  it('wants it, too, for another number in files of one vendor, and for what the name says', async () => {
    await bring(sequenceCsv([sequenceRow()]));
    const other = sequenceCsv([sequenceRow({ gameReferenceId: '5' })]);
    expect(await faultOf(bring(other))).toMatchObject({ code: 'wrong_game' });
    const named = { filename: 'playsequence-20251011-NHL-TORvsCHI-20252026-20031.csv' };
    expect(await faultOf(bring(sequenceCsv([sequenceRow()]), named))).toMatchObject({ code: 'wrong_game' });
  });

  it('is for those who may, in their teams, and leaves nothing when it is refused', async () => {
    const text = sequenceCsv([sequenceRow()]);
    for (const role of ['scout', 'player'] as const) {
      expect(await faultOf(bring(text, {}, caller(role)))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect(await faultOf(bring(text, { team_code: 'CHI' }))).toMatchObject({ status: 403, code: 'foreign_team' });
    expect(await faultOf(bring('nothing'))).toMatchObject({ status: 422, code: 'unknown_format' });
    expect(await faultOf(bring(text, { format: 'nhl' }))).toMatchObject({ status: 422, code: 'other_format' });
    expect(await portal.db.game.count()).toBe(0);
  });

  it('takes a game’s 4,000 rows in one go, and two at a time one after the other', { timeout: 60_000 }, async () => {
    const text = sequenceCsv(manyRows(4000));
    const both = await Promise.all([bring(text), bring(text)]);
    expect(both.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 4000 + (both[0]?.shifts ?? 0)]);
  });
});

describe('the plays that a caller sees', () => {
  const seenBy = (user: UserContext) =>
    withinReach(portal.deps.db, user, async (tx) => ({
      plays: (await tx.play.findMany({ where: { kind: 'event' }, orderBy: { id: 'asc' } })).map(
        (play) => play.sourceId,
      ),
      games: await tx.game.count(),
      players: (await tx.gamePlayer.count()) > 0,
      files: await tx.playFile.count(),
    }));

  it('are their teams’, and of a player those that name them or have them on the ice', async () => {
    const alone = { teamForwardsOnIceRefs: '', teamDefencemenOnIceRefs: '', teamGoalieOnIceRef: '' };
    const rows = [
      sequenceRow({
        ...alone,
        id: '1',
        playerReferenceId: '77',
        opposingTeamForwardsOnIceRefs: '',
        opposingTeamDefencemenOnIceRefs: '',
      }),
      sequenceRow({ ...alone, id: '2', teamForwardsOnIceRefs: '\t77, 78' }),
      sequenceRow({ ...alone, id: '3', opposingTeamForwardsOnIceRefs: '\t77' }),
      sequenceRow({ ...alone, id: '4' }),
    ];
    await bring(sequenceCsv(rows));
    const named = nhlPlay({ details: { winningPlayerId: 5, losingPlayerId: 77 } });
    await bringNhl(nhlGame([named, nhlPlay({ eventId: 103 })]));
    const all = { plays: ['1', '2', '3', '4', '102', '103'], games: 1, players: true, files: 2 };
    expect(await seenBy(coach)).toEqual(all);
    expect(await seenBy(caller('scout'))).toEqual(all);
    const player = caller('player', { teamAccess: ['MTL'], playerId: '77' });
    expect(await seenBy(player)).toEqual({ plays: ['1', '2', '3', '102'], games: 1, players: true, files: 0 });
    const nobody = { plays: [], games: 0, players: false, files: 0 };
    expect(await seenBy(caller('player', { teamAccess: ['MTL'], playerId: '76' }))).toEqual(nobody);
    expect(await seenBy(caller('player', { teamAccess: ['CHI'], playerId: '77' }))).toEqual(nobody);
    expect(await seenBy(caller('coach', { teamAccess: ['CHI'] }))).toEqual(nobody);
  });
});
