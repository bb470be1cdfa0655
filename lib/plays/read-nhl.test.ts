import { describe, expect, it } from 'vitest';
import { bytesOf, nhlGame, nhlPlay } from './play-files-fixture.ts';
import { readPlayFile } from './read-play-file.ts';

const read = (game: unknown) => readPlayFile(bytesOf(JSON.stringify(game)));
const reading = (text: string) =>
  readPlayFile(bytesOf(text)).then(
    () => 'read',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );
const firstOf = async (play: object) => (await read(nhlGame([nhlPlay(play)]))).plays[0];
const details = nhlPlay().details;

describe('the NHL’s play-by-play', () => {
  it('gives each item as a play, with its game and roster', async () => {
    const file = await read(nhlGame());
    expect(file).toMatchObject({ format: 'nhl', read: 1, skipped: [], unknownNames: [] });
    expect(file.plays).toEqual([
      {
        ...{ line: 1, source_id: '102', part: '1', kind: 'event', period: 1, clock_s: 83, end_clock_s: null },
        ...{ video_s: null, end_video_s: null, name: 'shot-on-goal', shorthand: null, type: 'wrist', outcome: null },
        // 1451: four skaters away, five at home, who act.
        ...{ zone: 'oz', strength: '5v4', acting_team: 'MTL', player_id: '8480018', player_name: 'Nick Suzuki' },
        ...{ named_ids: ['8481519'], on_ice: [], against: [], labels: [], free_text: null },
        // Home defends the right: it attacks towards -x, so both axes are mirrored.
        ...{ x_ft: 62, y_ft: -18 },
      },
    ]);
    expect(file.players).toEqual([
      { player_id: '8480018', player_name: 'Nick Suzuki', jersey: '14', position: 'C', team: 'MTL' },
      { player_id: '8481568', player_name: 'Wyatt Kaiser', jersey: '44', position: 'D', team: 'CHI' },
    ]);
    expect(file.game).toEqual({
      ...{ reference: '2025020031', season: '2025-2026', date: '2025-10-11', teams: ['CHI', 'MTL'] },
      ...{ home: { team: 'MTL', goals: 3 }, away: { team: 'CHI', goals: 2 } },
    });
  });

  it.each([
    ['home, left', { homeTeamDefendingSide: 'left' }, -62, 18],
    ['home, right', { homeTeamDefendingSide: 'right' }, 62, -18],
    ['away, right', { details: { ...details, eventOwnerTeamId: 16, shootingPlayerId: 8481568 } }, -62, 18],
    ['by the zone, where no side is told', { homeTeamDefendingSide: undefined }, 62, -18],
    ['nowhere, where there are no coordinates', { details: { ...details, xCoord: undefined } }, null, null],
  ])('places a play to attack towards +x: %s', async (_, play, x_ft, y_ft) => {
    expect(await firstOf(play)).toMatchObject({ x_ft, y_ft });
  });

  it('gives a blocked shot to its shooter’s team, whoever the file says owns it', async () => {
    const blocked = { ...details, blockingPlayerId: 8481568, goalieInNetId: undefined };
    const own = await firstOf({ typeDescKey: 'blocked-shot', details: blocked });
    const turned = { ...blocked, eventOwnerTeamId: 16, zoneCode: 'D' };
    const others = await firstOf({ typeDescKey: 'blocked-shot', details: turned });
    expect(own).toMatchObject({ acting_team: 'MTL', zone: 'oz', x_ft: 62, strength: '5v4', named_ids: ['8481568'] });
    expect(others).toEqual(own);
  });

  it('reads overtime, a shootout and a play without a team', async () => {
    const file = await read(
      nhlGame([
        nhlPlay({ eventId: 1, periodDescriptor: { number: 4, periodType: 'OT' }, situationCode: '1331' }),
        nhlPlay({ eventId: 2, periodDescriptor: { number: 5, periodType: 'SO' }, situationCode: '0101' }),
        nhlPlay({ eventId: 4, typeDescKey: 'goal', periodDescriptor: { number: 5, periodType: 'SO' } }),
        nhlPlay({ eventId: 5, typeDescKey: 'goal', periodDescriptor: { number: 5, periodType: 'OT' } }),
        nhlPlay({ eventId: 3, typeDescKey: 'stoppage', typeCode: 516, details: { reason: 'icing' } }),
      ]),
    );
    expect(file.plays).toMatchObject([
      { period: 4, strength: '3v3' },
      { period: 5, strength: null, name: 'soshot' },
      { period: 5, name: 'sogoal' },
      { period: 5, name: 'goal' },
      { acting_team: null, player_id: null, strength: null, labels: [{ group: 'reason', text: 'icing' }] },
    ]);
  });

  it('says what it skips and why, and takes a name that it does not know', async () => {
    const bad = [
      nhlPlay({ eventId: 'x' }),
      null,
      nhlPlay({ timeInPeriod: '-1:00' }),
      nhlPlay({ timeInPeriod: '99:99' }),
      nhlPlay({ periodDescriptor: { number: 12 } }),
    ];
    const file = await read(nhlGame([...bad, nhlPlay(), nhlPlay(), nhlPlay({ eventId: 7, typeDescKey: 'zamboni' })]));
    expect(file.plays.map(({ source_id }) => source_id)).toEqual(['102', '7']);
    expect(file.skipped.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 7]);
    expect(file.unknownNames).toEqual(['zamboni']);
  });

  it.each([
    ['half of it', JSON.stringify(nhlGame()).slice(0, -40), /^bad_json: .*not whole/],
    ['one without teams', '{"homeTeam": 1, "plays": []}', /^bad_json/],
    ['one without plays', JSON.stringify(nhlGame([])), /^no_plays/],
    ['200,000 plays', JSON.stringify(nhlGame(Array(200_000).fill({}))), /^too_many_plays/],
    ['lists within lists', `{"homeTeam":0,"plays":${'['.repeat(30_000_000)}`, /^bad_json: .*deeper/],
    ['objects without end', `{"homeTeam":0,"plays":[${'{},'.repeat(9_000_000)}{}]}`, /^bad_json: .*larger/],
  ])('is refused: %s', async (_, text, told) => {
    expect(await reading(text)).toMatch(told);
  });
});
