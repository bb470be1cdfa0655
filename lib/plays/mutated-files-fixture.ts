import fc from 'fast-check';
import { instance, nhlGame, nhlPlay, sequenceCsv, sequenceRow, stoppageRow, timeLine } from './play-files-fixture.ts';
import { timeLineCsv } from './time-line.ts';

/* Files of plays as nobody means them: sound ones, and what happens to files on their way. */

const ROWS = [
  sequenceRow(),
  stoppageRow(),
  sequenceRow({ id: '3', name: 'faceoff', shorthand: 'Face-Off', periodTime: '0', timecode: '00:00:00:00' }),
  sequenceRow({ id: '4', name: 'goal', period: '2', playerLastName: 'Tremblay-Côté', xAdjCoord: '81.25', team: 'CHI' }),
  sequenceRow({ id: '5.0', shorthand: '=HYPERLINK("http://x")', playerReferenceId: '' }),
];

const INSTANCES = [
  instance(),
  instance({ id: 'P1', code: 'Entrée & sortie', start: '00:05:52.836', end: '00:06:10,5' }),
  instance(
    { code: '<![CDATA[Shot]]>' },
    '<label><group>Period</group><text>2</text><text>PP</text></label><label><group>X ft</group><text>55</text></label>' +
      '<label><group>On ice</group><text>77, 78</text></label><pos_x>44</pos_x><free_text>look &amp; see &#233;</free_text>',
  ),
].join('\n');

const TABLE = timeLineCsv(
  [1, 2, 3].map((nth) => ({
    ...{ id: `I${nth}`, start_s: nth * 10.5, end_s: nth * 10.5 + 8, code: 'Zone entry', free_text: 'look' },
    labels: [
      { group: 'Player', text: 'Félix Tremblay' },
      { group: 'On ice', text: '77, 78' },
      { group: 'Line', text: 'one' },
      { group: null, text: 'free | label' },
    ],
  })),
);

const NHL = JSON.stringify(
  nhlGame([
    nhlPlay(),
    nhlPlay({ eventId: 103, typeDescKey: 'goal', details: { scoringPlayerId: 8480018, assist1PlayerId: 8480019 } }),
    nhlPlay({ eventId: 104, typeDescKey: 'stoppage', details: { reason: 'icing' } }),
  ]),
);

/** Sound files of each format, in its editions. */
export const SOUND_FILES = {
  'a play sequence': [sequenceCsv(ROWS), sequenceCsv(ROWS, { end: '\r\n' })],
  'a play sequence with semicolons': [
    sequenceCsv(
      ROWS.map((row) => ({ ...row, periodTime: (row.periodTime ?? '').replace('.', ',') })),
      { delimiter: ';', end: '\r\n' },
    ),
  ],
  'a time line': [
    timeLine(INSTANCES),
    timeLine(INSTANCES, ''),
    timeLine(INSTANCES, '<?xml version="1.0" encoding="Windows-1252"?>'),
    timeLine(INSTANCES).replaceAll(/<\/?\w+/g, (tag) => tag.toUpperCase()),
  ],
  'a time line as a table': [TABLE, TABLE.replaceAll(',', ';')],
  'the NHL’s play-by-play': [NHL, JSON.stringify(JSON.parse(NHL), null, 2)],
} as const satisfies Record<string, readonly string[]>;
export type SoundFormat = keyof typeof SOUND_FILES;

const EVERYTHING: readonly string[] = Object.values(SOUND_FILES).flat();

const NUMBERS = [
  ...[
    '1e308',
    '1e400',
    '-1e400',
    'NaN',
    'Infinity',
    '-0',
    '0',
    '-1',
    '12345678901234567890',
    '0.1e-99',
    '1e99',
    '99:99:99',
  ],
  ...[
    '1,5',
    '0x10',
    '٣',
    '1_000',
    '+7',
    '5e-324',
    '9007199254740993',
    '3600.0000001',
    '99:59:59:29',
    'null',
    '""',
    '1.',
    '.5',
  ],
];

const SNIPPETS = [
  ...[
    '"',
    "'",
    '""',
    '\\',
    '\\u0000',
    '\\ud800',
    '\0',
    '\uD800',
    '\uDFFF',
    '\uFEFF',
    '\u202E',
    '\t',
    '\r',
    '\n',
    '\u2028',
  ],
  ...[
    '<',
    '>',
    '&',
    '&amp;',
    '&#0;',
    '&#x110000;',
    '&#xD800;',
    '&#99999999999;',
    '&lol;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
  ],
  ...[
    '<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    '<?xml version="1.1"?>',
    '<?',
    '</instance>',
    '<label>',
    '</',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ';',
    '|',
    ' | ',
    '__proto__',
    'constructor',
    '=1+1',
    '@x',
    'e\u0301',
    '🏒',
    'ﬁ'.repeat(60),
  ],
  ...['"Clock": ', 'Period', '{"default":"\\u0000"}', '<text>\0</text>', '<group>On ice</group>', 'ß'.repeat(20)],
];

/** Places are parts of the whole, so that a smaller file has them, too. */
const place = fc.integer({ min: 0, max: 10_000 }).map((part) => part / 10_000);
const length = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 }));
type Change<T> = (whole: T) => T;

const at = (whole: { length: number }, where: number): number => Math.floor(where * whole.length);
const put = (text: string, where: number, what: string): string => {
  const from = at(text, where);
  return text.slice(0, from) + what + text.slice(from);
};

/** A text may become so long, and no longer: what a file may measure is another test's. */
const MAX_CHARS = 3_000_000;

const textChanges: fc.Arbitrary<Change<string>> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...NUMBERS)).map(
    ([where, number]): Change<string> =>
      (text) => {
        const from = at(text, where);
        return text.slice(0, from) + text.slice(from).replace(/-?\d+(?:[.,:]\d+)*/, () => number);
      },
  ),
  fc.tuple(place, fc.constantFrom(...SNIPPETS)).map(
    ([where, snippet]): Change<string> =>
      (text) =>
        put(text, where, snippet),
  ),
  fc.tuple(place, length).map(
    ([where, many]): Change<string> =>
      (text) =>
        text.slice(0, at(text, where)) + text.slice(at(text, where) + many),
  ),
  fc
    .tuple(
      place,
      length,
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 60 })),
    )
    .map(
      ([where, many, times]): Change<string> =>
        (text) => {
          const from = at(text, where);
          return text.slice(0, from) + text.slice(from, from + many).repeat(times) + text.slice(from);
        },
    ),
  place.map(
    (where): Change<string> =>
      (text) =>
        text.slice(0, at(text, where)),
  ),
  fc.tuple(place, place, fc.constantFrom(...EVERYTHING)).map(
    ([where, from, other]): Change<string> =>
      (text) =>
        text.slice(0, at(text, where)) + other.slice(at(other, from)),
  ),
  fc.tuple(place, place, place).map(
    ([a, b, c]): Change<string> =>
      (text) => {
        const [first = 0, second = 0, third = 0] = [a, b, c].map((where) => at(text, where)).sort((x, y) => x - y);
        return text.slice(0, first) + text.slice(second, third) + text.slice(first, second) + text.slice(third);
      },
  ),
);

/** Seldom, as they take their time: very long lines and cells, and what opens without end. */
const bigChanges: fc.Arbitrary<Change<string>> = fc
  .tuple(
    place,
    fc.constantFrom('a', '"', ',', '<a>', '[', '{"a":', '&', '7, ', ' | ', '\n', '<text>', '</b>', '\u00e9'),
  )
  .chain(([where, what]) =>
    fc.integer({ min: 1000, max: 70_000 }).map(
      (times): Change<string> =>
        (text) =>
          put(text, where, what.repeat(times)),
    ),
  );

const ENCODED: Readonly<Record<string, (text: string) => Buffer>> = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8 with a mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text: string) => Buffer.from(text, 'utf16le'),
  'utf-16le with a mark': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(text, 'utf16le').swap16(),
  'windows-1252': (text: string) => Buffer.from(text, 'latin1'),
};

const byteChanges: fc.Arbitrary<Change<Buffer>> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Change<Buffer> =>
      (bytes) => {
        const changed = Buffer.from(bytes);
        if (changed.length > 0) changed[Math.min(changed.length - 1, at(changed, where))] = byte;
        return changed;
      },
  ),
  place.map(
    (where): Change<Buffer> =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.tuple(place, length).map(
    ([where, many]): Change<Buffer> =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, where)), bytes.subarray(at(bytes, where) + many)]),
  ),
  fc.tuple(place, fc.constantFrom('efbbbf', 'fffe', 'feff', '00', 'c3', 'eda080', 'f4908080', 'ff', '0000')).map(
    ([where, hex]): Change<Buffer> =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, where)), Buffer.from(hex, 'hex'), bytes.subarray(at(bytes, where))]),
  ),
);

const changedBy = <T>(whole: T, changes: readonly Change<T>[]): T =>
  changes.reduce((each, change) => change(each), whole);

/** A file that was one of this format. */
export const mutatedFiles = (format: SoundFormat): fc.Arbitrary<Buffer> =>
  fc
    .record({
      sound: fc.constantFrom<string>(...SOUND_FILES[format]),
      texts: fc.array(textChanges, { maxLength: 6 }),
      big: fc.oneof(
        { weight: 40, arbitrary: fc.constant([]) },
        bigChanges.map((change) => [change]),
      ),
      encoding: fc.oneof(
        { weight: 3, arbitrary: fc.constant('utf-8') },
        { weight: 2, arbitrary: fc.constantFrom(...Object.keys(ENCODED)) },
      ),
      bytes: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(byteChanges, { maxLength: 4 })),
    })
    .map(({ sound, texts, big, encoding, bytes }) => {
      const text = changedBy(sound, [...texts, ...big]).slice(0, MAX_CHARS);
      return changedBy((ENCODED[encoding] ?? Buffer.from)(text), bytes);
    });
