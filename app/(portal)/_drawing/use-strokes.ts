import { type PointerEvent, useRef, useState } from 'react';
import type { DrawnPoint, Shape } from '#lib/drawing/drawing-schemas.ts';
import type { PictureSize } from '#lib/drawing/reference-frame.ts';
import { movedShape, shapeAt } from '#lib/drawing/shape-hits.ts';
import { type DrawingDesk, LINE_WIDTH } from './use-drawing.ts';

/** How far off a pointer and a finger may press, in the frame's unit. */
const REACH = { mouse: 10, touch: 28 };
/** Points nearer than this to the one before say nothing. */
const STEP = 0.0015;
/** What is smaller was a press by accident. */
const SMALLEST = 0.01;

const short = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

function pointOf(event: Pick<PointerEvent, 'clientX' | 'clientY'>, box: DOMRect): [number, number] {
  return [short((event.clientX - box.left) / box.width), short((event.clientY - box.top) / box.height)];
}

const farFrom = (from: DrawnPoint | undefined, [x = 0, y = 0]: DrawnPoint): number =>
  Math.hypot(x - (from?.[0] ?? 0), y - (from?.[1] ?? 0));

/** A stroke under way: what is drawn, or what is moved from where. */
interface Stroke {
  pointerId: number;
  shape: Shape;
  movedFrom: DrawnPoint | null;
}

function begun(desk: DrawingDesk, at: [number, number], pressure: number | null): Shape | null {
  const { tool, color, text } = desk;
  const base = { id: 'new', color, width: LINE_WIDTH };
  if (tool === 'select') return null;
  if (tool === 'text') return text.trim() === '' ? null : { ...base, type: 'text', points: [at], text: text.trim() };
  if (tool === 'pen') return { ...base, type: 'pen', points: [pressure === null ? at : [...at, pressure]] };
  return { ...base, type: tool, points: [at, at] };
}

function drawnOn(shape: Shape, points: readonly DrawnPoint[]): Shape {
  const last = points.at(-1);
  if (!last) return shape;
  if (shape.type === 'text') return { ...shape, points: [last.slice(0, 2)] };
  if (shape.type !== 'pen') return { ...shape, points: [shape.points[0] ?? last, last.slice(0, 2)] };
  const all = [...shape.points];
  for (const point of points) if (farFrom(all.at(-1), point) >= STEP) all.push(point);
  return { ...shape, points: all };
}

const isTiny = ({ type, points }: Shape): boolean =>
  type !== 'pen' && type !== 'text' && farFrom(points[0], points.at(-1) ?? []) < SMALLEST;

/** One mouse, pen or finger at a time draws, or chooses and moves; a second finger ends that without a trace. */
export function useStrokes(desk: DrawingDesk, size: PictureSize, onNoText: () => void) {
  const [stroke, setStroke] = useState<Stroke | null>(null);
  // Two events may come before the next picture.
  const current = useRef<Stroke | null>(null);
  const put = (next: Stroke | null) => {
    current.current = next;
    setStroke(next);
  };
  const boxOf = (event: PointerEvent<Element>) => event.currentTarget.getBoundingClientRect();

  const onPointerDown = (event: PointerEvent<Element>) => {
    if (!event.isPrimary) return put(null);
    if (event.button !== 0) return;
    event.preventDefault();
    const at = pointOf(event, boxOf(event));
    event.currentTarget.setPointerCapture(event.pointerId);
    if (desk.tool === 'select') {
      const reach = event.pointerType === 'touch' ? REACH.touch : REACH.mouse;
      const hit = shapeAt({ version: 1, shapes: desk.shapes }, at, size, reach);
      desk.select(hit?.id ?? null);
      return put(hit && { pointerId: event.pointerId, shape: hit, movedFrom: at });
    }
    const shape = begun(desk, at, event.pointerType === 'pen' ? short(event.pressure) : null);
    if (!shape) onNoText();
    put(shape && desk.hasRoom(shape.points.length) ? { pointerId: event.pointerId, shape, movedFrom: null } : null);
  };

  const onPointerMove = (event: PointerEvent<Element>) => {
    const { current: old } = current;
    if (old?.pointerId !== event.pointerId || old.movedFrom) return old && move(event, old);
    const { nativeEvent } = event;
    const all = nativeEvent.getCoalescedEvents?.() ?? [];
    const box = boxOf(event);
    const points = (all.length > 0 ? all : [nativeEvent]).map((each) => [
      ...pointOf(each, box),
      ...(event.pointerType === 'pen' ? [short(each.pressure)] : []),
    ]);
    const shape = drawnOn(old.shape, points);
    if (desk.hasRoom(shape.points.length)) put({ ...old, shape });
  };
  const move = (event: PointerEvent<Element>, old: Stroke) => {
    if (old.pointerId !== event.pointerId || !old.movedFrom) return;
    const at = pointOf(event, boxOf(event));
    const by = [at[0] - (old.movedFrom[0] ?? 0), at[1] - (old.movedFrom[1] ?? 0)] as const;
    put({ ...old, shape: movedShape(old.shape, by), movedFrom: at });
  };

  const onPointerUp = (event: PointerEvent<Element>) => {
    const { current: done } = current;
    if (done?.pointerId !== event.pointerId) return;
    put(null);
    if (done.movedFrom === null) {
      if (!isTiny(done.shape)) desk.add(done.shape);
    } else if (desk.selected && farFrom(desk.selected.points[0], done.shape.points[0] ?? []) > 0)
      desk.change(done.shape);
  };
  return {
    /** What is under the pointer now; it stands in the place of the shape of its id. */
    shape: stroke?.shape ?? null,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: () => put(null) },
  };
}
