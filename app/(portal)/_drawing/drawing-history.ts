import type { Drawing, Shape } from '#lib/drawing/drawing-schemas.ts';

/** A drawing that is being made: what it was, what it is, what was taken back, and which shape is chosen. */
export interface DrawingHistory {
  past: readonly Drawing['shapes'][];
  shapes: Drawing['shapes'];
  future: readonly Drawing['shapes'][];
  selectedId: string | null;
}

export type DrawingStep =
  | { kind: 'add' | 'change'; shape: Shape }
  | { kind: 'remove'; id: string }
  | { kind: 'select'; id: string | null }
  | { kind: 'undo' | 'redo' };

export const EMPTY_HISTORY: DrawingHistory = { past: [], shapes: [], future: [], selectedId: null };

const changed = (old: DrawingHistory, shapes: Drawing['shapes'], selectedId: string | null): DrawingHistory => ({
  ...{ past: [...old.past, old.shapes], shapes, future: [], selectedId },
});

/** Whether what is chosen is there still. */
const kept = (id: string | null, shapes: Drawing['shapes']) => (shapes.some((shape) => shape.id === id) ? id : null);

/** What a step makes of a drawing; whatever changes it can be taken back. */
export function drawn(old: DrawingHistory, step: DrawingStep): DrawingHistory {
  const { past, shapes, future, selectedId } = old;
  switch (step.kind) {
    case 'add':
      return changed(old, [...shapes, step.shape], null);
    case 'change': {
      const { shape } = step;
      return changed(
        old,
        shapes.map((each) => (each.id === shape.id ? shape : each)),
        shape.id,
      );
    }
    case 'remove':
      return changed(
        old,
        shapes.filter(({ id }) => id !== step.id),
        null,
      );
    case 'select':
      return { ...old, selectedId: step.id };
    case 'undo': {
      const before = past.at(-1);
      if (!before) return old;
      return {
        past: past.slice(0, -1),
        shapes: before,
        future: [shapes, ...future],
        selectedId: kept(selectedId, before),
      };
    }
    case 'redo': {
      const [after, ...rest] = future;
      if (!after) return old;
      return { past: [...past, shapes], shapes: after, future: rest, selectedId: kept(selectedId, after) };
    }
  }
}
