import { useReducer, useState } from 'react';
import {
  COLOR_NAMES,
  type Drawing,
  MAX_POINTS,
  MAX_SHAPES,
  type Shape,
  type ShapeType,
} from '#lib/drawing/drawing-schemas.ts';
import { drawn, EMPTY_HISTORY } from './drawing-history.ts';

/** What a press on the picture does. */
export type Tool = 'select' | ShapeType;

/** How wide lines are, in thousandths of the picture's height. */
export const LINE_WIDTH = 7;

const pointsOf = (shapes: readonly Shape[]): number => shapes.reduce((total, { points }) => total + points.length, 0);

/** Names a shape within its drawing. */
const newId = (shapes: readonly Shape[]): string => {
  let number = shapes.length + 1;
  while (shapes.some(({ id }) => id === `s${number}`)) number += 1;
  return `s${number}`;
};

/** A drawing that is being made, with its tools. */
export function useDrawing(first: Drawing | null) {
  const [history, step] = useReducer(drawn, { ...EMPTY_HISTORY, shapes: first?.shapes ?? [] });
  const [tool, setToolHere] = useState<Tool>('pen');
  const [color, setColorHere] = useState<string>(COLOR_NAMES[0] ?? 'yellow');
  const [text, setTextHere] = useState('');
  const { shapes, past, future, selectedId } = history;
  const selected = shapes.find(({ id }) => id === selectedId) ?? null;
  return {
    ...{ shapes, selected, tool, color: selected?.color ?? color },
    text: selected?.type === 'text' ? selected.text : text,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    setTool: (next: Tool) => {
      setToolHere(next);
      if (next !== 'select') step({ kind: 'select', id: null });
    },
    /** Of what is chosen, and of what is drawn next. */
    setColor: (next: string) => {
      setColorHere(next);
      if (selected && selected.color !== next) step({ kind: 'change', shape: { ...selected, color: next } });
    },
    setText: (next: string) => {
      if (selected?.type !== 'text') setTextHere(next);
      else if (next.trim() !== '') step({ kind: 'change', shape: { ...selected, text: next } });
    },
    /** Whether one more shape of so many points has room. */
    hasRoom: (points: number) => shapes.length < MAX_SHAPES && pointsOf(shapes) + points <= MAX_POINTS,
    add: (shape: Shape) => step({ kind: 'add', shape: { ...shape, id: newId(shapes) } }),
    change: (shape: Shape) => step({ kind: 'change', shape }),
    remove: () => selectedId !== null && step({ kind: 'remove', id: selectedId }),
    select: (id: string | null) => step({ kind: 'select', id }),
    undo: () => step({ kind: 'undo' }),
    redo: () => step({ kind: 'redo' }),
    /** What is drawn, to be kept; `null` where nothing is. */
    drawing: (): Drawing | null => (shapes.length > 0 ? { version: 1, shapes } : null),
  };
}
export type DrawingDesk = ReturnType<typeof useDrawing>;
