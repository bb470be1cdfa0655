import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAdmission } from './admission.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOLD_MS = 1000;
const STUCK_MS = 3250;

/** A door with requests that say what became of them. */
function door(bounds: { atOnce: number; waiting: number }) {
  const admission = createAdmission(bounds);
  const told: string[] = [];
  const ask = (name: string) => {
    const [place = '', caller = ''] = name.split('.');
    const leaving = new AbortController();
    const entry = admission.enter({ place, caller }, leaving.signal).then(
      (leave) => {
        told.push(`${name} ${leave ? 'in' : 'gone'}`);
        return leave;
      },
      (error: unknown) => {
        told.push(`${name} ${(error as { code: string }).code}`);
        return null;
      },
    );
    return { entry, abandon: () => leaving.abort(), out: async () => (await entry)?.() };
  };
  const settled = async () => {
    await vi.advanceTimersByTimeAsync(0);
    return told.splice(0);
  };
  return { admission, ask, settled };
}

test('no more come in at once than may, and each that leaves lets the next one in', async () => {
  const { admission, ask, settled } = door({ atOnce: 2, waiting: 10 });
  const [first] = [ask('a.x.1'), ask('a.x.2'), ask('a.x.3'), ask('a.x.4')];
  expect(await settled()).toEqual(['a.x.1 in', 'a.x.2 in']);
  expect([admission.insideCount(), admission.waitingCount()]).toEqual([2, 2]);
  await first?.out();
  await first?.out();
  expect(await settled()).toEqual(['a.x.3 in']);
  expect([admission.insideCount(), admission.waitingCount()]).toEqual([2, 1]);
});

test('a flood of one place lets others by', async () => {
  const { ask, settled } = door({ atOnce: 1, waiting: 100 });
  const first = ask('flood.x.0');
  const flood = Array.from({ length: 20 }, (_, n) => ask(`flood.x.${n + 1}`));
  const other = ask('quiet.y.1');
  await settled();
  await first.out();
  await flood[0]?.out();
  expect(await settled()).toEqual(['flood.x.1 in', 'quiet.y.1 in']);
  await other.out();
});

test('a full line refuses whoever has most in it, and takes a newcomer of another place', async () => {
  const { admission, ask, settled } = door({ atOnce: 1, waiting: 3 });
  for (const name of ['a.x.0', 'a.x.1', 'a.x.2', 'a.x.3', 'a.x.4', 'b.y.1']) ask(name);
  expect(await settled()).toEqual(['a.x.0 in', 'a.x.4 too_busy', 'a.x.3 too_busy']);
  expect(admission.waitingCount()).toBe(3);
});

test('who leaves the line is never let in, and keeps nobody waiting', async () => {
  const { admission, ask, settled } = door({ atOnce: 1, waiting: 10 });
  const [first, second] = [ask('a.x.1'), ask('a.x.2')];
  ask('a.x.3');
  await settled();
  second.abandon();
  expect(await settled()).toEqual(['a.x.2 gone']);
  await first.out();
  expect(await settled()).toEqual(['a.x.3 in']);
  expect([admission.insideCount(), admission.waitingCount()]).toEqual([1, 0]);
});

test('who left before coming, or in the moment of coming in, holds no place', async () => {
  const { admission, ask, settled } = door({ atOnce: 1, waiting: 10 });
  const [first, second] = [ask('a.x.1'), ask('a.x.2')];
  await settled();
  const leave = await first.entry;
  leave?.();
  second.abandon();
  expect(await settled()).toEqual(['a.x.2 gone']);
  expect(admission.insideCount()).toBe(0);
});

test('whoever waits inside for something else keeps the others out for a second only', async () => {
  const { admission, ask, settled } = door({ atOnce: 1, waiting: 10 });
  const slow = ask('a.x.1');
  ask('a.x.2');
  await settled();
  await vi.advanceTimersByTimeAsync(HOLD_MS);
  expect(await settled()).toEqual(['a.x.2 in']);
  await slow.out();
  expect(admission.insideCount()).toBe(1);
});

test('when nobody comes out any more, those in line hear of it in time', async () => {
  const { ask, settled } = door({ atOnce: 1, waiting: 100 });
  for (let n = 0; n < 10; n++) ask(`a.x.${n}`);
  await vi.advanceTimersByTimeAsync(STUCK_MS);
  const told = await settled();
  expect(told.filter((line) => line.endsWith('too_busy'))).toHaveLength(6);
  const late = ask('b.y.1');
  await vi.advanceTimersByTimeAsync(STUCK_MS);
  expect(await settled()).not.toContain('b.y.1 too_busy');
  await late.out();
});

test('a line that moves may be waited in for half a minute, and no longer', async () => {
  const { ask, settled } = door({ atOnce: 1, waiting: 100 });
  const all = Array.from({ length: 100 }, (_, n) => ask(`a.x.${n}`));
  const told: string[] = [];
  for (let second = 0; second < 29; second++) {
    await all[second]?.out();
    await vi.advanceTimersByTimeAsync(900);
    told.push(...(await settled()));
  }
  expect(told.filter((line) => line.endsWith('too_busy'))).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect((await settled()).filter((line) => line.endsWith('too_busy')).length).toBeGreaterThan(50);
});
