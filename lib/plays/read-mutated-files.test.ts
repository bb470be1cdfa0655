import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '#lib/errors.ts';
import { deriveRuns } from './derive-runs.ts';
import { deriveShifts } from './derive-shifts.ts';
import { mutatedFiles, SOUND_FILES, type SoundFormat } from './mutated-files-fixture.ts';
import { MAX_CLOCK_S, MAX_IDS, MAX_VIDEO_S } from './plain-values.ts';
import { MAX_PLAYS, type Play } from './play.ts';
import { type PlayFile, readPlayFile } from './read-play-file.ts';

/**
 * Files of each format, the same ones every time. `FUZZ_RUNS=100000 FUZZ_SEED=7 npx vitest run lib/plays/read-mutated-files
 * -t 'play sequence'` looks harder, and elsewhere, and says what it took.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const IS_LONG = process.env.FUZZ_RUNS !== undefined;
/** Of this process alone: what else the machine does counts for nothing. */
const MAX_CPU_MS = 2000;

/** Longest texts, as the database has room for them. */
const ROOM: Partial<Record<keyof Play, number>> = {
  ...{ source_id: 200, part: 100, name: 100, shorthand: 100, type: 50, outcome: 50, zone: 50, strength: 20 },
  ...{ acting_team: 50, player_id: 20, player_name: 255, free_text: 2000 },
};
const LARGEST: Partial<Record<keyof Play, number>> = {
  ...{ period: 9, clock_s: MAX_CLOCK_S, end_clock_s: MAX_CLOCK_S, video_s: MAX_VIDEO_S, end_video_s: MAX_VIDEO_S },
  ...{ x_ft: 200, y_ft: 200 },
};

/** Every text in a value, wherever it lies; keys are of our own making. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsIn(each);
}

/** A text that can be neither kept nor shown: control characters, half a letter. */
const isBadText = (text: string): boolean => !text.isWellFormed() || /\p{Cc}/u.test(text);

function* faultsOfPlay(play: Play): Generator<string> {
  for (const [field, value] of Object.entries(play) as [keyof Play, Play[keyof Play]][]) {
    if (typeof value === 'number') {
      const isSound = Number.isFinite(value) && Math.abs(value) <= (LARGEST[field] ?? Number.MAX_SAFE_INTEGER);
      if (!isSound || Object.is(value, -0)) yield `${field} is ${value}`;
      if (value < 0 && !['x_ft', 'y_ft'].includes(field)) yield `${field} is below zero`;
    } else if (typeof value === 'string' && value.length > (ROOM[field] ?? 20))
      yield `${field} is ${value.length} long`;
  }
  for (const field of ['on_ice', 'against', 'named_ids'] as const) {
    if (play[field].length > MAX_IDS) yield `${field} has ${play[field].length}`;
    if (play[field].some((id) => id.length > 20 || id === '')) yield `${field} has no id`;
    if (new Set(play[field]).size < play[field].length) yield `${field} has one twice`;
  }
  if (play.labels.length > 100) yield `${play.labels.length} labels`;
  if (play.labels.some(({ group, text }) => text === '' || text.length > 255 || (group?.length ?? 1) > 100)) {
    yield 'a label is too long, or none';
  }
}

/** What is wrong with what was read, in words. */
function* faultsOf(file: PlayFile): Generator<string> {
  const broken = file.read - file.plays.length - file.skipped.length;
  if (broken !== 0) yield `${file.read} rows, ${file.plays.length} plays, ${file.skipped.length} skipped`;
  if (file.plays.length > MAX_PLAYS || file.plays.length === 0) yield 'no plays, or too many';
  if (new Set(file.plays.map(({ source_id }) => source_id)).size < file.plays.length) yield 'an id twice';
  const derived = deriveShifts(file.plays);
  if (derived.length > 60 * file.plays.length) yield `${derived.length} shifts`;
  for (const play of [...file.plays, ...derived]) yield* faultsOfPlay(play);
  for (const run of deriveRuns(file.plays)) if (!Object.values(run).every(Number.isFinite)) yield 'a run without end';
  for (const text of textsIn([file.plays, file.players, file.game, file.unknownNames, file.skipped])) {
    if (isBadText(text)) yield `a text is ${JSON.stringify(text.slice(0, 60))}`;
  }
  for (const { player_id, player_name, jersey, position, team } of file.players) {
    const rooms: [string | null, number][] = [
      [player_id, 20],
      [player_name, 255],
      [jersey, 5],
      [position, 10],
      [team, 50],
    ];
    if (rooms.some(([text, room]) => (text ?? '').length > room)) yield 'a player has too long a name';
  }
}

/** What comes of a file: what was read, or the code of its refusal. @throws whatever is no refusal. */
const outcomeOf = (bytes: Uint8Array): Promise<PlayFile | string> =>
  readPlayFile(bytes).catch((error: unknown) => {
    if (isAppError(error) && error.status >= 400 && error.status < 500) return `${error.code}: ${error.message}`;
    throw error;
  });

describe.each(Object.keys(SOUND_FILES) as SoundFormat[])('%s that something happened to', (format) => {
  it(
    'is read as what it still is, or refused, and the same the next time',
    async ({ annotate }) => {
      let slowest = 0;
      let peak = 0;
      const counts: Record<string, number> = {};
      const property = fc.asyncProperty(mutatedFiles(format), async (bytes) => {
        const before = process.cpuUsage();
        const outcome = await outcomeOf(bytes);
        const { user, system } = process.cpuUsage(before);
        slowest = Math.max(slowest, (user + system) / 1000);
        peak = Math.max(peak, process.memoryUsage.rss());
        const told = typeof outcome === 'string' ? (outcome.split(':')[0] ?? '') : 'read';
        counts[told] = (counts[told] ?? 0) + 1;
        if (typeof outcome !== 'string') expect([...faultsOf(outcome)].slice(0, 5)).toEqual([]);
        else expect(isBadText(outcome)).toBe(false);
        expect(isDeepStrictEqual(await outcomeOf(bytes), outcome)).toBe(true);
        if (IS_LONG) expect(slowest).toBeLessThan(MAX_CPU_MS);
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: IS_LONG });
      // Both are met: files that nothing was left of, and files that something was.
      expect(counts.read).toBeGreaterThan(RUNS / 10);
      expect(Object.keys(counts).length).toBeGreaterThan(2);
      const facts = { slowestMs: Math.round(slowest), peakMib: Math.round(peak / 2 ** 20), ...counts };
      if (IS_LONG) await annotate(`${format}: ${JSON.stringify(facts)}`);
    },
    IS_LONG ? 7_200_000 : 120_000,
  );
});
