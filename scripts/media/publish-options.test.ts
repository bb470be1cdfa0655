import { describe, expect, it } from 'vitest';
import { UsageError } from '#scripts/cli/one-line.ts';
import { assertClipLength, parseIngest } from './ingest-options.ts';
import { factsOfMasterUri, parsePublish, publishRequestOf } from './publish-options.ts';

const URI = 'gs://lake/media/raw/CHI/2025-2026/20031/p2-20251011-NHL-MTLvsCHI-20252026-20031.mp4';
const flags = { master: URI, clipId: 'c1', start: '1:05', end: '70.5', eventType: 'shot', playerId: '9000001' };

describe('media:publish', () => {
  it('takes from the master what the flags leave out', () => {
    expect(factsOfMasterUri(URI)).toEqual({
      team_code: 'CHI',
      season: '2025-2026',
      game_id: '20031',
      period: 2,
      opponent_code: 'MTL',
      game_date: '2025-10-11',
    });
    const request = publishRequestOf(parsePublish({ ...flags, tag: ['a', 'b', 'a'] }), factsOfMasterUri(URI));
    expect(request).toMatchObject({
      start_timecode_s: 65,
      end_timecode_s: 70.5,
      team_code: 'CHI',
      period: 2,
      tags: ['a', 'b'],
    });
  });

  it('lets flags win', () => {
    const input = parsePublish({ ...flags, team: 'mtl', opponent: 'chi', period: '3' });
    expect(publishRequestOf(input, factsOfMasterUri(URI))).toMatchObject({
      team_code: 'MTL',
      opponent_code: 'CHI',
      period: 3,
    });
  });

  it.each([
    [{ start: '9', end: '9' }, /--end lies before --start/],
    [{ clipId: '../x' }, /^--clip-id: /],
    [{ start: '00:00:01:12' }, /^--start: /],
    [{ period: 'two' }, /^--period: /],
  ])('refuses %j by the flag', (over, message) => {
    expect(() => parsePublish({ ...flags, ...over })).toThrow(UsageError);
    expect(() => parsePublish({ ...flags, ...over })).toThrow(message);
  });

  it('names the flag of what the master does not say', () => {
    expect(() => publishRequestOf(parsePublish(flags), {})).toThrow(
      '--team is missing. --season is missing. --game-id is missing.',
    );
    const gone = { ...flags, end: '999' };
    expect(() => publishRequestOf(parsePublish(gone), factsOfMasterUri(URI))).toThrow(
      /--end: A clip lasts at most 300 s/,
    );
  });
});

describe('media:ingest', () => {
  it('reads the file name for what the flags leave out, and the flags win', () => {
    const file = '/x/p2-20251011-NHL-MTLvsCHI-20252026-20031.mp4';
    expect(parseIngest({ file })).toMatchObject({
      file,
      team_code: 'MTL',
      season: '2025-2026',
      game_id: '20031',
      period: 2,
    });
    expect(parseIngest({ file, team: 'chi', period: '1' })).toMatchObject({ team_code: 'CHI', period: 1 });
  });

  it.each([
    [{ file: '/x/plain.mp4' }, /--team is missing\. --season is missing\. --game-id is missing\./],
    [{ file: '/x/film.txt', team: 'MTL', season: '2025-2026', gameId: '1' }, /^--file: This is a document/],
    [{ file: '/x/a.mp4', team: 'MTL', season: '2025-2027', gameId: '1' }, /^--season: A season spans/],
    [
      { file: '/x/a.mp4', team: 'MTL', season: '2025-2026', gameId: '1', clipId: 'c' },
      /needs --event-type and --player-id/,
    ],
  ])('refuses %j', (options, message) => {
    expect(() => parseIngest(options)).toThrow(UsageError);
    expect(() => parseIngest(options)).toThrow(message);
  });

  it('knows that a clip of the whole is too long before a byte is sent', () => {
    expect(() => assertClipLength(300)).not.toThrow();
    expect(() => assertClipLength(300.1)).toThrow(/lasts 300\.1 s/);
  });
});
