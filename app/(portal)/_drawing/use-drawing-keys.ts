import { useEffect, useEffectEvent } from 'react';
import { COLOR_NAMES } from '#lib/drawing/drawing-schemas.ts';
import { movedShape } from '#lib/drawing/shape-hits.ts';
import type { DrawingDesk, Tool } from './use-drawing.ts';

/** The key of each tool, in the order that the toolbar has them. */
export const TOOL_KEYS: readonly (readonly [Tool, string])[] = [
  ['select', 'V'],
  ['pen', 'P'],
  ['arrow', 'A'],
  ['line', 'L'],
  ['ellipse', 'E'],
  ['spotlight', 'S'],
  ['text', 'T'],
];

/** How far an arrow key moves a shape, as a share of the picture. */
const NUDGE = 0.01;
const NUDGES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-NUDGE, 0],
  ArrowRight: [NUDGE, 0],
  ArrowUp: [0, -NUDGE],
  ArrowDown: [0, NUDGE],
};

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** What a key does while one draws, or `null`. */
function stepOf(event: KeyboardEvent, desk: DrawingDesk, onCancel: () => void): (() => void) | null {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? desk.redo : desk.undo;
    return key === 'y' ? desk.redo : null;
  }
  if (event.altKey) return null;
  const { selected } = desk;
  if (key === 'Escape') return selected ? () => desk.select(null) : onCancel;
  if (selected && (key === 'Delete' || key === 'Backspace')) return desk.remove;
  const nudge = NUDGES[key];
  if (selected && nudge) return () => desk.change(movedShape(selected, nudge));
  const tool = TOOL_KEYS.find(([, cap]) => cap.toLowerCase() === key)?.[0];
  if (tool) return () => desk.setTool(tool);
  const color = COLOR_NAMES[Number(key) - 1];
  return color ? () => desk.setColor(color) : null;
}

/** The keys of somebody who draws, before the player's own. Fields keep what is typed in them. */
export function useDrawingKeys(desk: DrawingDesk, onCancel: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || (takesText(event.target) && event.key !== 'Escape')) return;
    // Arrows lead from tool to tool in the toolbar.
    if (event.key.startsWith('Arrow') && event.target instanceof Element && event.target.closest('[role=toolbar]'))
      return;
    const step = stepOf(event, desk, onCancel);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
}
