import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import {
  caller,
  clipRow,
  enlist,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { exportClips } from './export-clips.ts';
import { exportPlays } from './export-plays.ts';
import { exportClipsQuerySchema, exportPlaysQuerySchema } from './export-schemas.ts';
import { bringPlays } from './import-fixture.ts';
import { listPlays } from './list-plays.ts';
import {
  instance,
  manyRows,
  nhlGame,
  nhlPlay,
  sequenceCsv,
  sequenceRow,
  stoppageRow,
  timeLine,
} from './play-files-fixture.ts';
import { listPlaysQuerySchema } from './play-list-schemas.ts';

let portal: PortalFixture;
let coach: UserContext;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL', 'CHI'] });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  await portal.db.game.deleteMany();
  await portal.db.master.deleteMany();
});

const bring = (text: string, query: object = {}) => bringPlays(portal.deps, coach, text, { confirm: 'true', ...query });
const exported = (query: object, user = coach) =>
  exportPlays(portal.deps, user, exportPlaysQuerySchema.parse({ format: 'sportscode', game_id: ['20031'], ...query }));
/** What plays are, without what an import gives them; in an order of their own. */
const contents = async (game_id: string) => {
  const query = listPlaysQuerySchema.parse({ game_id: [game_id], limit: '5000' });
  const { plays } = await listPlays(portal.deps, coach, query);
  return plays.map(({ id: _, game_id: __, source: ___, ...play }) => JSON.stringify(play)).toSorted();
};
const film = (gameId: string, period: number, durationS = 1300) =>
  portal.db.master.create({
    data: masterRow({
      gameId,
      period,
      durationS,
      filename: `${gameId}-p${period}.mp4`,
      lakeUri: `gs://x/${gameId}/${period}`,
    }),
  });
/** Everything that a play can say, and what a spreadsheet or a reader of XML could take amiss. */
const ROWS = [
  ...manyRows(30),
  stoppageRow({ id: '101', period: '2', periodTime: '7.04', timecode: '00:00:07:01' }),
  sequenceRow({
    id: '102',
    period: '3',
    periodTime: '1.5',
    timecode: '00:00:01:15',
    shorthand: '=SUM(A1)',
    type: '"quoted"',
  }),
];
interface XmlInstance {
  ID: unknown;
  start: number;
  end: number;
  code: string;
  label?: { group?: string; text: unknown }[];
}
const instancesIn = (xml: string): XmlInstance[] => {
  const reader = new XMLParser({ isArray: (name) => ['instance', 'label', 'row'].includes(name), parseTagValue: true });
  return reader.parse(xml).file.ALL_INSTANCES.instance;
};

describe('plays that are exported', () => {
  it.each(['sportscode', 'csv'])('and imported again are the same plays: %s', async (format) => {
    await bring(sequenceCsv(ROWS));
    const before = await contents('20031');
    const text = await exported({ format });
    const done = await bring(text, { game_id: '20099' });
    expect(done).toMatchObject({ format: 'sportscode', added: before.length, skipped: [], is_whole: true });
    expect(await contents('20099')).toEqual(before);
    // The same file again changes nothing.
    expect(await bring(text, { game_id: '20099' })).toMatchObject({ added: 0, changed: 0, removed: 0 });
  });

  it.each(['sportscode', 'csv'])(
    'are the same and lie at the same places in masters that are made alike: %s',
    async (format) => {
      await bring(sequenceCsv(ROWS.filter(({ period }) => period !== '3')));
      for (const game of ['20031', '20099']) for (const period of [1, 2]) await film(game, period);
      const text = await exported({ format });
      await bring(text, { game_id: '20099' });
      const places = async (game_id: string) => {
        const { plays } = await listPlays(portal.deps, coach, listPlaysQuerySchema.parse({ game_id: [game_id] }));
        return plays.map(({ name, clock_s, video }) => [name, clock_s, video?.at_s]).sort();
      };
      expect(await places('20099')).toEqual(await places('20031'));
      expect((await places('20031')).every(([, , at_s]) => typeof at_s === 'number')).toBe(true);
    },
  );

  it('of the NHL and of a time line come back with their labels; a time line’s are known again', async () => {
    const penalty = { eventOwnerTeamId: 8, committedByPlayerId: 8480018, drawnByPlayerId: 8481568, descKey: 'hooking' };
    await bring(
      JSON.stringify(nhlGame([nhlPlay(), nhlPlay({ eventId: 7, typeDescKey: 'penalty', details: penalty })])),
    );
    const xml = await exported({});
    await bring(xml, { game_id: '20099' });
    expect(await contents('20099')).toEqual(await contents('20031'));

    await bring(timeLine(`${instance()}${instance({ id: 'P1', start: '400', end: '410' })}`), { game_id: '20050' });
    const again = await bring(await exported({ game_id: ['20050'] }), { game_id: '20050' });
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2, removed: 0 });
  });

  it('open in another’s reader, without a character that Sportscode refuses', async () => {
    await film('20031', 1);
    await film('20031', 2);
    await bring(
      sequenceCsv([
        sequenceRow({ shorthand: 'GIVE & GO <left>', type: 'a&b' }),
        sequenceRow({ id: '2', period: '2', periodTime: '10', timecode: '00:00:10:00' }),
      ]),
    );
    const xml = await exported({ name: ['carry'] });
    expect(xml).not.toMatch(/&/);
    const [first, second] = instancesIn(xml);
    expect(first).toMatchObject({ start: 80.5, end: 88.5, code: 'carry' });
    expect(first?.label).toEqual(
      expect.arrayContaining([
        { group: 'Player', text: 'Nick Suzuki' },
        { group: 'Shorthand', text: 'GIVE and GO left' },
        { group: 'Moment', text: 83.5 },
      ]),
    );
    // Of the whole game: behind the first period's master.
    expect(second).toMatchObject({ start: 1307, end: 1315 });
    const { id } = await portal.db.master.findFirstOrThrow({ where: { period: 2 } });
    const own = instancesIn(await exported({ name: ['carry'], master_id: id, lead_s: '0', lag_s: '1.5' }));
    expect(own).toMatchObject([{ start: 10, end: 11.5 }]);
  });

  it('as a table have a column for each group, and no formula', async () => {
    await bring(sequenceCsv([sequenceRow({ shorthand: '=1+1', xAdjCoord: '-5' })]));
    const csv = await exported({ format: 'csv', name: ['carry'] });
    expect(csv.startsWith('\uFEFFstart,end,code,')).toBe(true);
    const [row] = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ code: 'carry', Period: '1', Player: 'Nick Suzuki', Shorthand: "'=1+1" });
    const [header = ''] = csv.split('\r\n');
    expect(header.split(',').slice(0, 3).join().replace('\uFEFF', '')).toBe('start,end,code');
  });

  it('are those in reach, of one game in a time line', async () => {
    await bring(sequenceCsv(ROWS));
    await bring(sequenceCsv(ROWS), { game_id: '20032' });
    expect(await faultOf(exported({ game_id: ['20031', '20032'] }))).toMatchObject({ code: 'several_games' });
    expect(instancesIn(await exported({ name: ['whistle'] }))).toHaveLength(1);
    const other = caller('coach', { teamAccess: ['TOR'] });
    expect(await exported({ format: 'csv' }, other)).not.toContain('carry');
    const player = caller('player', { teamAccess: ['MTL'], playerId: '8477444' });
    expect(await exported({ format: 'csv' }, player)).not.toContain('whistle');
  });
});

describe('clips that are exported', () => {
  it('are instances of their masters or of the game, with their facts, and can be imported as plays', async () => {
    const [one, two] = [await film('20031', 1), await film('20031', 2)];
    const facts = { startTimecodeS: 10, endTimecodeS: 18, playerName: 'Nick Suzuki', zone: 'oz', opponentCode: 'CHI' };
    const clips = [one, two].map(({ lakeUri, period }) =>
      clipRow({ ...facts, period, sourceGcsUri: lakeUri, clipId: `c${period}` }),
    );
    await portal.db.clip.createMany({ data: clips });
    const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c2' } });
    await portal.db.clipTag.create({ data: { clipId: id, tag: 'rush' } });
    const exportedClips = (query: object) =>
      exportClips(
        portal.deps,
        coach,
        exportClipsQuerySchema.parse({ format: 'sportscode', game_id: ['20031'], ...query }),
      );
    const found = instancesIn(await exportedClips({}));
    expect(found).toMatchObject([
      { ID: 'c1', start: 10, end: 18, code: 'shot' },
      { ID: 'c2', start: 1310, end: 1318, code: 'shot' },
    ]);
    expect(found[1]?.label).toContainEqual({ text: 'rush' });
    expect(instancesIn(await exportedClips({ master_id: two.id }))).toMatchObject([{ ID: 'c2', start: 10 }]);
    await bring(await exportedClips({ format: 'csv' }), { game_id: '20099' });
    expect(await portal.db.play.findMany({ where: { gameId: '20099' }, orderBy: { id: 'asc' } })).toMatchObject([
      { name: 'shot', period: 1, playerName: 'Nick Suzuki', playerId: '8480018', zone: 'oz', videoS: 10 },
      { name: 'shot', period: 2, videoS: 1310, endVideoS: 1318 },
    ]);
  });
});
