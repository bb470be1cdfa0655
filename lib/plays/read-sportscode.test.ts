import { describe, expect, it } from 'vitest';
import { bytesOf, instance, timeLine } from './play-files-fixture.ts';
import { readPlayFile } from './read-play-file.ts';

const read = (text: string, encoding: BufferEncoding = 'utf8') => readPlayFile(bytesOf(text, encoding));
const reading = (bytes: Uint8Array) =>
  readPlayFile(bytes).then(
    () => 'read',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe('a time line of Sportscode', () => {
  it('gives each instance as a play, and its labels as what they say', async () => {
    const labels =
      '<label><group>Period</group><text>2</text></label><label><group>Outcome</group><text>successful</text></label>' +
      '<label><group>Player</group><text>Nick Suzuki</text></label><label><group>Line</group><text>1</text></label>' +
      '<label><group>Line</group><text>PP</text></label><label><text>free label</text></label><free_text>look</free_text>';
    const file = await read(timeLine(instance({}, labels)));
    expect(file).toMatchObject({ format: 'sportscode', read: 1, isWhole: true, skipped: [] });
    expect(file.plays).toEqual([
      expect.objectContaining({
        ...{ line: 5, source_id: 'Zone entry:5', part: 'Zone entry', name: 'Zone entry', video_s: 352.836 },
        ...{ end_video_s: 370.836, period: 2, outcome: 'successful', player_name: 'Nick Suzuki', free_text: 'look' },
        labels: [
          { group: 'Line', text: '1' },
          { group: 'Line', text: 'PP' },
          { group: null, text: 'free label' },
        ],
      }),
    ]);
  });

  it.each<[string, string, BufferEncoding, string]>([
    ['UTF-16LE with a mark', `\uFEFF${timeLine(instance({ code: 'Entrée' }), '')}`, 'utf16le', 'utf-16le'],
    ['UTF-16LE without one', timeLine(instance({ code: 'Entrée' }), ''), 'utf16le', 'utf-16le'],
    [
      'UTF-8 that says it is UTF-16',
      timeLine(instance({ code: 'Entrée' }), '<?xml version="1.0" encoding="utf-16"?>'),
      'utf8',
      'utf-8',
    ],
    [
      'Windows-1252',
      timeLine(instance({ code: 'Entrée' }), '<?xml version="1.0" encoding="Windows-1252"?>'),
      'latin1',
      'windows-1252',
    ],
    ['Windows-1252 that says nothing', timeLine(instance({ code: 'Entrée' }), ''), 'latin1', 'windows-1252'],
    [
      'tags in any case',
      timeLine(instance({ code: 'Entrée' })).replaceAll(/<\/?\w+/g, (tag) => tag.toUpperCase()),
      'utf8',
      'utf-8',
    ],
    ['CDATA', timeLine(instance({ code: '<![CDATA[Entrée]]>' })), 'utf8', 'utf-8'],
    ['a reference to a letter', timeLine(instance({ code: 'Entr&#233;e' })), 'utf8', 'utf-8'],
    ['decimal commas', timeLine(instance({ code: 'Entrée', start: '352,836', end: '370,836' })), 'utf8', 'utf-8'],
    [
      'hh:mm:ss.mmm',
      timeLine(instance({ code: 'Entrée', start: '00:05:52.836', end: '00:06:10.836' })),
      'utf8',
      'utf-8',
    ],
    ['an id that is a text', timeLine(instance({ code: 'Entrée', id: 'P1' })), 'utf8', 'utf-8'],
    [
      'no session and no rows',
      `<file><ALL_INSTANCES>${instance({ code: 'Entrée' })}</ALL_INSTANCES></file>`,
      'utf8',
      'utf-8',
    ],
  ])('is read in %s', async (_, text, encoding, told) => {
    const file = await read(text, encoding);
    expect(file).toMatchObject({ encoding: told, plays: [{ name: 'Entrée', video_s: 352.836, end_video_s: 370.836 }] });
  });

  it('is read from Nacsport, which puts places and several texts into a label', async () => {
    const nacsport = instance(
      {},
      '<label><group>Shot</group><text>Slot</text><text>Rush</text></label><pos_x>44</pos_x><pos_y>12</pos_y>',
    );
    const { plays } = await read(timeLine(nacsport));
    expect(plays[0]?.labels).toEqual([
      { group: 'Shot', text: 'Slot' },
      { group: 'Shot', text: 'Rush' },
      { group: 'pos_x', text: '44' },
      { group: 'pos_y', text: '12' },
    ]);
  });

  it('is read with a raw &, and with what HTML would call it', async () => {
    const { plays } = await read(
      timeLine(instance({ code: 'Hit & run &amp; score' }, '<free_text>a & b <c></free_text>')),
    );
    expect(plays).toMatchObject([{ name: 'Hit & run & score' }]);
  });

  it('knows plays apart whose ids are the same, or missing', async () => {
    const bare = '<instance><start>1</start><end>2</end><code>Shot</code></instance>';
    const { plays } = await read(timeLine([instance(), instance(), instance({ code: 'Exit' }), bare, bare].join('\n')));
    expect(plays.map(({ source_id }) => source_id)).toEqual([
      'Zone entry:5',
      'Zone entry:5#2',
      'Exit:5',
      'Shot:1-2',
      'Shot:1-2#2',
    ]);
  });

  it('says what it skips and why', async () => {
    const bad = [
      instance({ start: '9', end: '3' }),
      instance({ start: '-1' }),
      instance({ end: 'late' }),
      instance({ code: ' ' }),
      instance({ start: '99999', end: '99999' }),
      instance(),
    ];
    const { skipped, plays } = await read(timeLine(bad.join('\n')));
    expect(plays).toHaveLength(1);
    expect(skipped).toEqual([
      { line: 5, reason: 'Its end lies before its start.' },
      { line: 6, reason: 'Its start is no time from 0 on.' },
      { line: 7, reason: 'Its end is no time from 0 on.' },
      { line: 8, reason: 'The instance has no code.' },
      { line: 9, reason: 'It lies more than a day into the video.' },
    ]);
  });

  it('reads what there is of half a file, and says that it is half', async () => {
    const text = timeLine([instance(), instance({ id: '6' })].join('\n'));
    const cut = await read(text.slice(0, text.indexOf('<code>', text.indexOf('<ID>6'))));
    expect(cut).toMatchObject({ isWhole: false, plays: [{ source_id: 'Zone entry:5' }], skipped: [{ line: 6 }] });
    const between = await read(text.slice(0, text.indexOf('<ROWS>')));
    expect(between).toMatchObject({ isWhole: false, skipped: [] });
    expect(between.plays).toHaveLength(2);
  });

  const laughs = ['lol', ...Array.from({ length: 9 }, (_, index) => `&l${index};`.repeat(10))]
    .map((text, index) => `<!ENTITY l${index} "${text}">`)
    .join('');
  it('expands no entity of the file’s own, and fetches none', async () => {
    const doctype = `<!DOCTYPE file [${laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const { plays } = await read(timeLine(instance({ code: 'Shot &l9; &x;' }), doctype));
    expect(plays).toMatchObject([{ name: 'Shot &l9; &x;' }]);
  });

  const MIB = 1024 * 1024;
  it.each([
    ['elements within elements', '<a>'.repeat(10 * MIB), /^bad_xml/],
    ['attributes', `<a ${'b="" '.repeat(6 * MIB)}/>`, /^bad_xml/],
    ['a name', `<${'a'.repeat(30 * MIB)}`, /^bad_xml/],
    ['raw &', '&'.repeat(8 * MIB), /^bad_xml/],
    ['instances of nothing', '<instance/>'.repeat(MIB), /^too_many_plays/],
    ['elements of nothing', '<a/>'.repeat(2 * MIB), /^bad_xml/],
    ['tags that are closed and never opened', '</b>'.repeat(2 * MIB), /^bad_xml/],
    ['a declaration', `<!${'\n'.repeat(2 * MIB)}`, /^bad_xml/],
    ['a declaration in quotes', `<!"${'a'.repeat(2 * MIB)}`, /^bad_xml/],
    ['entities', `<!DOCTYPE file [${'<!ENTITY a "b">'.repeat(2 * MIB)}`, /^bad_xml/],
  ])('ends before its end, of %s', { timeout: 30_000 }, async (_, text, told) => {
    expect(await reading(bytesOf(`<file><all_instances>${text}`))).toMatch(told);
  });

  it('goes on after declarations that nobody knows, however long', { timeout: 30_000 }, async () => {
    const declared = `<!${'x'.repeat(60_000)}>`;
    const file = await read(timeLine(`${declared}${instance()}`.repeat(50)));
    expect(file).toMatchObject({ read: 50, isWhole: true, skipped: [] });
    const kept = await read(timeLine(instance({ code: '<!x y><![CDATA[Shot]]><!-- a > b -->' })));
    expect(kept.plays).toMatchObject([{ name: 'Shot' }]);
  });
});
