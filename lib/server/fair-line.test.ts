import { expect, test } from 'vitest';
import { FairLine } from './fair-line.ts';

const waiter = (name: string) => {
  const [place = '', caller = '', number = ''] = name.split('.');
  return { place, caller, number, name };
};
const lineOf = (...names: string[]) => {
  const line = new FairLine<ReturnType<typeof waiter>>();
  for (const name of names) line.put(waiter(name));
  return line;
};
const takeAll = (line: FairLine<ReturnType<typeof waiter>>) => {
  const names: string[] = [];
  for (let next = line.take(); next; next = line.take()) names.push(next.name);
  return names;
};

test('one caller is served in the order of coming', () => {
  expect(takeAll(lineOf('a.x.1', 'a.x.2', 'a.x.3'))).toEqual(['a.x.1', 'a.x.2', 'a.x.3']);
});

test('places take turns, however many each has sent', () => {
  const line = lineOf('a.x.1', 'a.x.2', 'a.x.3', 'a.x.4', 'b.y.1', 'c.z.1', 'c.z.2');
  expect(takeAll(line)).toEqual(['a.x.1', 'b.y.1', 'c.z.1', 'a.x.2', 'c.z.2', 'a.x.3', 'a.x.4']);
});

test('callers of one place take turns; made-up ones take nothing from other places', () => {
  const line = lineOf('a.m1.1', 'a.m2.1', 'a.m3.1', 'a.m4.1', 'b.y.1', 'b.y.2', 'b.w.1');
  expect(takeAll(line)).toEqual(['a.m1.1', 'b.y.1', 'a.m2.1', 'b.w.1', 'a.m3.1', 'b.y.2', 'a.m4.1']);
});

test('who comes again after a turn stands behind those who had none', () => {
  const line = lineOf('a.x.1', 'b.y.1', 'c.z.1');
  expect(line.take()?.name).toBe('a.x.1');
  line.put(waiter('a.x.2'));
  expect(takeAll(line)).toEqual(['b.y.1', 'c.z.1', 'a.x.2']);
});

test('the fullest place gives up the last of its fullest caller', () => {
  const line = lineOf('a.x.1', 'a.x.2', 'a.x.3', 'a.w.1', 'b.y.1', 'b.y.2');
  expect(line.takeFromFullest()?.name).toBe('a.x.3');
  expect(line.takeFromFullest()?.name).toBe('a.x.2');
  expect(line.size).toBe(4);
});

test('one who leaves is not there any more, and leaves once', () => {
  const line = lineOf('a.x.1', 'b.y.1');
  const [first] = line.all();
  if (!first) throw new Error('the line is empty');
  expect(line.remove(first)).toBe(true);
  expect(line.remove(first)).toBe(false);
  expect([line.size, takeAll(line)]).toEqual([1, ['b.y.1']]);
  expect(line.takeFromFullest()).toBeUndefined();
});
