import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';
import {
  deliveryPrefix,
  deliveryRef,
  isSafeKey,
  masterFilenameSchema,
  masterRef,
  parseGsUri,
  toGsUri,
} from './object-keys.ts';

const BUCKETS = { lake: 'heartbeat-474020-lake', media: 'heartbeat-media' };
const GAME = { teamCode: 'MTL', season: '2025-2026', gameId: '20031' };
const BAD = { code: 'bad_key' };

/** Text that has tried to break out of a path or a URL before. */
const HOSTILE = [
  '',
  '.',
  '..',
  '../x.mp4',
  '..\\x.mp4',
  '/etc/passwd',
  'a/../../x.mp4',
  'a/b.mp4',
  'a%2fb.mp4',
  'a%2e%2e.mp4',
  'a..mp4',
  '.hidden.mp4',
  '-rf.mp4',
  'a\0.mp4',
  'a\n.mp4',
  'a.mp4\n',
  'a .mp4',
  '\u202Egpj.mp4',
  'a\u200B.mp4',
  'é.mp4',
  'ａ.mp4',
  '\uD800.mp4',
  `${'a'.repeat(4096)}.mp4`,
  `${'a'.repeat(197)}.mp4`,
  'a.exe',
  'a.mp4.exe',
  'mp4',
  'a.mp4?x=1',
  'a.mp4#x',
  'a;b.mp4',
  '$(x).mp4',
];

describe('masterRef', () => {
  it('builds the key of the contract, with the team upper-cased', () => {
    const ref = masterRef(BUCKETS, { ...GAME, teamCode: 'mtl' }, 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4');
    expect(toGsUri(ref)).toBe(
      'gs://heartbeat-474020-lake/media/raw/MTL/2025-2026/20031/p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4',
    );
  });

  it.each(HOSTILE.map((name) => [JSON.stringify(name).slice(0, 30), name]))('refuses file name %s', (_, name) => {
    expect(masterFilenameSchema.safeParse(name).success).toBe(false);
    expect(() => masterRef(BUCKETS, GAME, name)).toThrow(expect.objectContaining(BAD));
  });

  it('takes the longest name that is allowed', () => {
    const name = `${'a'.repeat(196)}.mp4`;
    expect(masterRef(BUCKETS, GAME, name).key.endsWith(name)).toBe(true);
  });

  it.each(['AL', 'ALLE', 'BALL', 'ALX'])('takes team %j, which is not ALL', (teamCode) => {
    expect(teamCodeSchema.safeParse(teamCode).success).toBe(true);
  });

  it.each(['', 'M', 'MONTR', 'M1', 'MT L', 'MTL\n', '../', 'MTĽ', 'ſt', 'ıl', 'ß', 'ALL', 'all', 'aLL'])(
    'refuses team %j',
    (teamCode) => {
      expect(teamCodeSchema.safeParse(teamCode).success).toBe(false);
      expect(() => masterRef(BUCKETS, { ...GAME, teamCode }, 'a.mp4')).toThrow(expect.objectContaining(BAD));
    },
  );

  it.each(['2025', '2025-2027', '2026-2025', '2025-2025', '2025/2026', '2025-2026 ', '２０２５-2026', '20252026'])(
    'refuses season %j',
    (season) => {
      expect(seasonSchema.safeParse(season).success).toBe(false);
      expect(() => deliveryPrefix({ ...GAME, season }, 'c1')).toThrow(expect.objectContaining(BAD));
    },
  );

  it.each(['', '..', 'a/b', 'a b', '1'.repeat(21), 'é', 'a\0'])('refuses game id %j', (gameId) => {
    expect(gameIdSchema.safeParse(gameId).success).toBe(false);
    expect(() => masterRef(BUCKETS, { ...GAME, gameId }, 'a.mp4')).toThrow(expect.objectContaining(BAD));
  });
});

describe('deliveryRef', () => {
  it.each(['clip.mp4', 'playlist.m3u8', '1080.m3u8', '720.m4s', 'thumb.jpg', 'grid.jpg', 'grid.vtt'])(
    'names %s',
    (file) => {
      expect(deliveryRef(BUCKETS, GAME, 'c-1', file)).toEqual({
        bucket: BUCKETS.media,
        key: `MTL/2025-2026/20031/c-1/${file}`,
      });
    },
  );

  it.each(['', '../clip.mp4', 'clip.mp4/x', 'CLIP.MP4', 'grid.png', '1.m4s', '10800.m4s', 'clip.mp4\n', 'x.m3u8'])(
    'refuses file %j',
    (file) => {
      expect(() => deliveryRef(BUCKETS, GAME, 'c-1', file)).toThrow(expect.objectContaining(BAD));
    },
  );

  it.each(['', '..', 'a/b', 'a.b', 'c'.repeat(65), 'c\u202E'])('refuses clip id %j', (clipId) => {
    expect(() => deliveryPrefix(GAME, clipId)).toThrow(expect.objectContaining(BAD));
  });
});

describe('parseGsUri', () => {
  it('reads back what toGsUri wrote', () => {
    const ref = masterRef(BUCKETS, GAME, 'p1.mp4');
    expect(parseGsUri(BUCKETS, toGsUri(ref))).toEqual(ref);
  });

  it.each(['gs://someone-else/a.mp4', 'gs://heartbeat-media2/a.mp4', 'gs://heartbeat-medi/a.mp4'])(
    'refuses the foreign bucket of %s',
    (uri) => {
      expect(() => parseGsUri(BUCKETS, uri)).toThrow(expect.objectContaining({ code: 'foreign_bucket' }));
    },
  );

  it.each([
    '',
    'gs://',
    'gs:///a.mp4',
    'gs://heartbeat-media',
    'gs://heartbeat-media/',
    'gs://heartbeat-media//a.mp4',
    'gs://heartbeat-media/a//b.mp4',
    'gs://heartbeat-media/../a.mp4',
    'gs://heartbeat-media/a/./b.mp4',
    'gs://heartbeat-media/a/%2e%2e/b.mp4',
    'gs://heartbeat-media/a%2Fb.mp4',
    'gs://heartbeat-media/a\\b.mp4',
    'gs://heartbeat-media/a b.mp4',
    'gs://heartbeat-media/a.mp4?generation=1',
    'gs://heartbeat-media/a.mp4#1',
    'gs://user@heartbeat-media/a.mp4',
    'gs://someone@evil.example/a.mp4',
    'gs://heartbeat-media@evil/a.mp4',
    'gs://heartbeat-media:443/a.mp4',
    'gs://HEARTBEAT-MEDIA/a.mp4',
    'GS://heartbeat-media/a.mp4',
    ' gs://heartbeat-media/a.mp4',
    'gs://heartbeat-media/a.mp4\n',
    'gs://heartbeat-media/a\0.mp4',
    'gs://heartbeat-media/\u202Ea.mp4',
    `gs://heartbeat-media/${'a'.repeat(4096)}`,
    'https://storage.googleapis.com/heartbeat-media/a.mp4',
    'http://heartbeat-media/a.mp4',
    'file:///heartbeat-media/a.mp4',
    '/heartbeat-media/a.mp4',
  ])('refuses %j', (uri) => {
    expect(() => parseGsUri(BUCKETS, uri)).toThrow(expect.objectContaining(BAD));
  });

  it('accepts, of any text, only what is spelt exactly so', () => {
    const tail = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9._/%-]{0,40}$/));
    fc.assert(
      fc.property(tail, (text) => {
        const uri = `gs://heartbeat-media/${text}`;
        try {
          const ref = parseGsUri(BUCKETS, uri);
          expect(toGsUri(ref)).toBe(uri);
          expect(isSafeKey(ref.key)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ name: 'StoreError' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('isSafeKey', () => {
  it('is true of keys that mean the same thing to a URL and to a disk, and of no others', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.stringMatching(/^[A-Za-z0-9._/%\\ -]{0,40}$/),
      fc.array(fc.constantFrom('a', 'B7', '..', '.', '', 'x.y', '%2e', '-'), { maxLength: 6 }).map((p) => p.join('/')),
    );
    fc.assert(
      fc.property(key, (text) => {
        if (!isSafeKey(text)) return;
        expect(new URL(`http://h/b/${text}`).pathname).toBe(`/b/${text}`);
        expect(text.split('/').every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))).toBe(true);
        expect(text).not.toContain('..');
      }),
      { numRuns: 1000 },
    );
  });

  it('holds for every key that is built', () => {
    const team = fc.stringMatching(/^[A-Za-z]{2,4}$/);
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
    const year = fc.integer({ min: 1900, max: 2100 });
    fc.assert(
      fc.property(team, year, id, id, (teamCode, from, gameId, clipId) => {
        const game = { teamCode, season: `${from}-${from + 1}`, gameId };
        expect(isSafeKey(deliveryRef(BUCKETS, game, clipId, 'clip.mp4').key)).toBe(true);
      }),
    );
  });
});
