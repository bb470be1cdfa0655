import { describe, expect, it } from 'vitest';
import { bytesOf, manyRows, SEQUENCE_COLUMNS, sequenceCsv, sequenceRow, stoppageRow } from './play-files-fixture.ts';
import { readPlayFile } from './read-play-file.ts';

const read = (text: string) => readPlayFile(bytesOf(text));
const reading = (text: string) =>
  read(text).then(
    () => 'read',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe('a play sequence', () => {
  it('gives each row as a play, with its players, its place and who is on the ice', async () => {
    const file = await read(sequenceCsv([sequenceRow(), stoppageRow()]));
    expect(file).toMatchObject({ format: 'playsequence', encoding: 'utf-8', read: 2, isWhole: true, skipped: [] });
    expect(file.plays).toEqual([
      {
        ...{ line: 2, source_id: '1', part: '1', kind: 'event', period: 1, clock_s: 83.5, end_clock_s: null },
        ...{ video_s: 83.5, end_video_s: null, name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ', type: 'regular' },
        ...{ outcome: 'successful', zone: 'oz', strength: '5v4', acting_team: 'MTL', player_id: '8480018' },
        ...{ player_name: 'Nick Suzuki', named_ids: [], x_ft: 27.5, y_ft: -12, labels: [], free_text: null },
        on_ice: ['8477444', '8477479', '8480018', '8476875', '8482087', '8478470'],
        against: ['8484144', '8483493', '8481568', '8476882'],
      },
      expect.objectContaining({ line: 3, name: 'whistle', player_id: null, acting_team: null, on_ice: [] }),
    ]);
    expect(file.players).toEqual([
      { player_id: '8480018', player_name: 'Nick Suzuki', jersey: '14', position: 'F', team: 'MTL' },
    ]);
    expect(file.game).toMatchObject({ reference: '98765', teams: ['MTL'] });
  });

  const same = [sequenceRow(), stoppageRow()];
  it.each([
    ['a byte order mark', `\uFEFF${sequenceCsv(same)}`],
    ['CR LF', sequenceCsv(same, { end: '\r\n' })],
    ['semicolons', sequenceCsv(same, { delimiter: ';' })],
    [
      'decimal commas',
      sequenceCsv([sequenceRow({ periodTime: '83,5', xAdjCoord: '27,5' }), stoppageRow()], { delimiter: ';' }),
    ],
    [
      'columns in another order, and unknown ones',
      sequenceCsv(same, { columns: [...SEQUENCE_COLUMNS.toReversed(), 'new'] }),
    ],
    ['no blank line at its end', sequenceCsv(same).trimEnd()],
    ['blank lines between', sequenceCsv(same).replaceAll('\n', '\n\n')],
  ])('is the same with %s', async (_, text) => {
    const plain = await read(sequenceCsv(same));
    const withoutLines = (plays: readonly object[]) => plays.map((play) => ({ ...play, line: 0 }));
    expect(withoutLines((await read(text)).plays)).toEqual(withoutLines(plain.plays));
  });

  it('keeps mirrored rows, and two goals of one moment', async () => {
    const goal = { name: 'goal', periodTime: '600', timecode: '00:15:00:00' };
    const rows = [
      sequenceRow({ ...goal, id: '7' }),
      sequenceRow({ ...goal, id: '8', playerReferenceId: '', playerFirstName: '', playerLastName: '' }),
      sequenceRow({ id: '9', name: 'faceoff', outcome: 'successful' }),
      sequenceRow({ id: '10', name: 'faceoff', outcome: 'failed', team: 'CHI' }),
    ];
    const { plays, game } = await read(sequenceCsv(rows));
    expect(plays.map(({ source_id, player_id }) => [source_id, player_id])).toEqual([
      ['7', '8480018'],
      ['8', null],
      ['9', '8480018'],
      ['10', '8480018'],
    ]);
    expect(game.teams).toEqual(['MTL', 'CHI']);
  });

  it('says line by line what it skips and why', async () => {
    const rows = [
      sequenceRow(),
      sequenceRow({ id: '2', periodTime: '-4' }),
      sequenceRow({ id: '3', periodTime: '1e9' }),
      sequenceRow({ id: '4', periodTime: 'soon' }),
      sequenceRow({ id: '5', period: '0' }),
      sequenceRow({ id: '6', timecode: '00:01:61:00' }),
      sequenceRow({ id: '7', name: ' ' }),
      sequenceRow({ id: '1' }),
    ];
    const { plays, skipped, read: rowsRead } = await read(sequenceCsv(rows));
    expect([plays.length, rowsRead]).toEqual([1, 8]);
    expect(skipped).toEqual([
      { line: 3, reason: 'periodTime is not from 0 to 3600 s.' },
      { line: 4, reason: 'periodTime is not from 0 to 3600 s.' },
      { line: 5, reason: 'periodTime is not a number of seconds.' },
      { line: 6, reason: 'The period is not a number from 1 to 9.' },
      { line: 7, reason: 'The timecode is not HH:MM:SS:FF, with frames from 00 to 29.' },
      { line: 8, reason: 'The row has no name.' },
      { line: 9, reason: 'The id 1 is that of line 2 already.' },
    ]);
  });

  it('takes a name that it does not know, and a formula as the text that it is', async () => {
    const file = await read(sequenceCsv([sequenceRow({ name: 'zamboni', shorthand: '=HYPERLINK("http://x")' })]));
    expect(file.unknownNames).toEqual(['zamboni']);
    expect(file.plays[0]?.shorthand).toBe('=HYPERLINK("http://x")');
  });

  it('reads names in Windows-1252, and half a letter at the end of UTF-8', async () => {
    const text = sequenceCsv([
      sequenceRow({ playerLastName: 'Béliveau' }),
      sequenceRow({ id: '2', expectedGoalsAllShots: 'é' }),
    ]);
    const windows = await readPlayFile(bytesOf(text, 'latin1'));
    expect(windows).toMatchObject({ encoding: 'windows-1252', players: [{ player_name: 'Nick Béliveau' }] });
    // "é" is two bytes: with the line's end and the second of them gone, the rest is UTF-8 all the same.
    const cut = await readPlayFile(bytesOf(text).subarray(0, -2));
    expect(cut).toMatchObject({ encoding: 'utf-8', players: [{ player_name: 'Nick Béliveau' }] });
  });

  it('reads what there is of half a file, and says that it is half', async () => {
    const text = sequenceCsv(manyRows(30));
    const cut = await read(text.slice(0, text.lastIndexOf('\n', text.length * 0.6) + 40));
    expect(cut.isWhole).toBe(false);
    expect(cut.plays.length).toBe(cut.read - 1);
    expect(cut.skipped).toHaveLength(1);
    const inQuotes = await read(text.slice(0, text.lastIndexOf('"\t') + 5));
    expect(inQuotes).toMatchObject({ isWhole: false, skipped: [{ reason: expect.stringMatching(/not closed/) }] });
  });

  it.each([
    [
      'a column that is needed is missing',
      sequenceCsv([sequenceRow()], { columns: SEQUENCE_COLUMNS.filter((name) => name !== 'periodTime') }),
      /^bad_columns: .*periodTime is missing/,
    ],
    [
      'a column is there twice',
      sequenceCsv([sequenceRow()], { columns: [...SEQUENCE_COLUMNS, 'zone'] }),
      /^bad_columns: .*zone is there twice/,
    ],
    ['every row is bad', sequenceCsv([sequenceRow({ period: 'x' })]), /^no_plays: .*Line 2: The period/],
    ['there are no rows', sequenceCsv([]), /^no_plays/],
    ['a row is longer than any that it is', sequenceCsv([sequenceRow({ flags: 'x'.repeat(70_000) })]), /than 65,536/],
    ['it is empty', '', /^unknown_format/],
    ['it is another table', 'name;club\nSuzuki;MTL\n', /^unknown_format/],
    ['it is a page', '<!DOCTYPE html><html><body>Sign in</body></html>', /^unknown_format/],
    ['it is other JSON', '{"clips": []}', /^unknown_format/],
  ])('is refused when %s', async (_, text, told) => {
    expect(await reading(text)).toMatch(told);
  });

  it('goes without the columns that a play need not have', async () => {
    const { plays } = await read(
      sequenceCsv([sequenceRow(), sequenceRow()], { columns: ['period', 'periodTime', 'name', 'playerReferenceId'] }),
    );
    expect(plays.map(({ source_id, on_ice }) => [source_id, on_ice])).toEqual([
      ['1:83.5:carry:8480018', []],
      ['1:83.5:carry:8480018#2', []],
    ]);
  });

  it('refuses 200,000 rows, after as many as a game could have', async () => {
    const row = sequenceCsv(manyRows(1)).split('\n')[1];
    expect(await reading(sequenceCsv([]) + `${row}\n`.repeat(200_000))).toMatch(/^too_many_plays/);
  });
});
