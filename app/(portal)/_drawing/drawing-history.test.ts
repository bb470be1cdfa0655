import { describe, expect, it } from 'vitest';
import type { Shape } from '#lib/drawing/drawing-schemas.ts';
import { type DrawingStep, drawn, EMPTY_HISTORY } from './drawing-history.ts';

const line = (id: string, color = 'red'): Shape => ({
  id,
  type: 'line',
  points: [
    [0, 0],
    [1, 1],
  ],
  color,
  width: 6,
});
const stepsOf = (...steps: DrawingStep[]) => steps.reduce(drawn, EMPTY_HISTORY);
const idsOf = (...steps: DrawingStep[]) => stepsOf(...steps).shapes.map(({ id, color }) => `${id} ${color}`);

const A: DrawingStep = { kind: 'add', shape: line('a') };
const B: DrawingStep = { kind: 'add', shape: line('b') };
const BLUE: DrawingStep = { kind: 'change', shape: line('a', 'blue') };
const UNDO: DrawingStep = { kind: 'undo' };
const REDO: DrawingStep = { kind: 'redo' };

describe('drawn', () => {
  it('takes back and does again, as far as there is something', () => {
    expect(idsOf(A, B, BLUE)).toEqual(['a blue', 'b red']);
    expect(idsOf(A, B, BLUE, UNDO)).toEqual(['a red', 'b red']);
    expect(idsOf(A, B, BLUE, UNDO, UNDO, UNDO, UNDO)).toEqual([]);
    expect(idsOf(A, B, BLUE, UNDO, UNDO, REDO, REDO, REDO)).toEqual(['a blue', 'b red']);
  });

  it('forgets what was taken back once something else is drawn', () => {
    expect(idsOf(A, UNDO, B, REDO)).toEqual(['b red']);
  });

  it('removes a shape, and brings it back', () => {
    const remove: DrawingStep = { kind: 'remove', id: 'a' };
    expect(idsOf(A, B, remove)).toEqual(['b red']);
    expect(idsOf(A, B, remove, UNDO)).toEqual(['a red', 'b red']);
  });

  it('chooses nothing that is not there', () => {
    expect(stepsOf(A, { kind: 'select', id: 'a' }).selectedId).toBe('a');
    expect(stepsOf(A, { kind: 'select', id: 'a' }, UNDO).selectedId).toBeNull();
  });
});
