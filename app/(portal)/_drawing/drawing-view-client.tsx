'use client';

import { createElement, type ReactNode, useId, useMemo } from 'react';
import { drawingElements, type SvgElement } from '#lib/drawing/drawing-elements.ts';
import type { Drawing } from '#lib/drawing/drawing-schemas.ts';
import { frameOf, type PictureSize } from '#lib/drawing/reference-frame.ts';

/** What `drawingElements` describes, for React. */
function rendered({ tag, attributes, text, children }: SvgElement, index: number): ReactNode {
  return createElement(tag, { key: index, ...attributes }, text, children?.map(rendered));
}

interface DrawingViewProps {
  drawing: Drawing;
  /** Of the picture that it lies on, in whatever unit. */
  size: PictureSize;
}

/** A drawing as it is burnt in, too; it lies in the frame of its picture (`frameOf`). */
export function DrawnShapes({ drawing, size }: DrawingViewProps) {
  const maskId = useId();
  return useMemo(() => drawingElements(drawing, size, maskId).map(rendered), [drawing, size, maskId]);
}

/** The attributes of an SVG that fills the box of the picture. */
export function frameAttributes(size: PictureSize) {
  const { width, height } = frameOf(size);
  return { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none' } as const;
}
