import { describe, expect, it } from 'vitest';
import type { PlayImportJson } from '#lib/plays/play-schemas.ts';
import { changesPlays, type ImportEvent, mayImport, NO_FILES, nextQueue } from './import-queue.ts';

const GAME = { team_code: 'MTL', season: '2025-2026', game_id: '20031' };
const file = (name: string) => new File(['x'], name);
const outcome = (others: Partial<PlayImportJson> = {}): PlayImportJson => ({
  ...{ format: 'playsequence', encoding: 'utf-8', read: 3, added: 3, changed: 0, unchanged: 0, removed: 0, shifts: 0 },
  ...{
    skipped: [],
    skipped_total: 0,
    is_whole: true,
    unknown_names: [],
    unknown_names_total: 0,
    periods: [1],
    players: 1,
    disagreements: [],
  },
  ...others,
});
const fault = (code: string) => ({ code, detail: '', requestId: null, canRetry: true });
const queueAfter = (...events: ImportEvent[]) => events.reduce(nextQueue, NO_FILES);
const dropped = (...names: string[]): ImportEvent => ({ kind: 'dropped', files: names.map(file), game: GAME });
const placed: ImportEvent = { kind: 'placed', game: GAME };
const read = (others?: Partial<PlayImportJson>): ImportEvent => ({ kind: 'read', outcome: outcome(others) });
const steps = (...events: ImportEvent[]) =>
  queueAfter(...events).files.map((each) => `${each.id} ${each.file.name} ${each.step.kind}`);

describe('files that are imported', () => {
  it('wait for each other, also those that are dropped while one is read', () => {
    expect(steps(dropped('a', 'b'), placed, dropped('c'))).toEqual(['0 a reading', '1 b looking', '2 c looking']);
    expect(steps(dropped('a', 'b'), placed, dropped('c'), read(), { kind: 'started' }, { kind: 'ended' })).toEqual([
      ...['1 b looking', '2 c looking'],
    ]);
    expect(steps(dropped('a', 'b'), { kind: 'closed' }, dropped('c'))).toEqual(['2 c looking']);
  });

  it('are tried again where they failed, with what was known', () => {
    const lost: ImportEvent = { kind: 'failed', fault: fault('network') };
    expect(steps(dropped('a'), placed, lost)).toEqual(['0 a failed']);
    expect(steps(dropped('a'), placed, lost, lost, { kind: 'again' })).toEqual(['0 a reading']);
    const [again] = queueAfter(dropped('a'), placed, read(), { kind: 'started' }, lost, { kind: 'again' }).files;
    expect(again?.step).toEqual({ kind: 'importing', outcome: outcome() });
    // Other events than one's own change nothing.
    expect(steps({ kind: 'again' }, dropped('a'), { kind: 'started' }, { kind: 'again' })).toEqual(['0 a looking']);
  });

  it('of another game want a second word, which is of that game alone', () => {
    const wrong = { disagreements: [{ path: 'team_code', message: 'The file is of LAV and TOR.' }] };
    const may = (...events: ImportEvent[]) => queueAfter(dropped('a'), placed, ...events).files.map(mayImport);
    expect(may(read())).toEqual([true]);
    expect(may(read(wrong))).toEqual([false]);
    const yes: ImportEvent = { kind: 'confirmed', isConfirmed: true };
    expect(may(read(wrong), yes)).toEqual([true]);
    expect(may(read(wrong), yes, placed, read(wrong))).toEqual([false]);
    // The game has changed since: what speaks against it is shown first.
    expect(
      steps(dropped('a'), placed, read(), { kind: 'started' }, { kind: 'failed', fault: fault('wrong_game') }),
    ).toEqual(['0 a reading']);
  });

  it('change something when plays are new, other or gone', () => {
    expect(changesPlays(outcome({ added: 0 }))).toBe(false);
    expect(changesPlays(outcome({ added: 0, removed: 1 }))).toBe(true);
  });
});
