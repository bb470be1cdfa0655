import { expect, it } from 'vitest';
import { spareBuffers } from './spare-buffers.ts';

it('uses what was given back again, where it is large enough, and never what is lent', () => {
  const spares = spareBuffers();
  const first = spares.take(600_000);
  const second = spares.take(1000);
  expect([first.length, second.length]).toEqual([600_000, 1000]);
  expect(second.buffer).not.toBe(first.buffer);
  spares.giveBack(second);
  expect(spares.take(700_000).buffer).not.toBe(second.buffer);
  expect(spares.take(2000).buffer).toBe(second.buffer);
  spares.giveBack(first);
  expect(spares.take(900_000).buffer).toBe(first.buffer);
});

it('takes nothing back twice, nor what it has not lent', () => {
  const spares = spareBuffers();
  const taken = spares.take(10);
  spares.giveBack(taken);
  spares.giveBack(taken);
  spares.giveBack(Buffer.alloc(10));
  expect(spares.take(10).buffer).toBe(taken.buffer);
  expect(spares.take(10).buffer).not.toBe(taken.buffer);
});
