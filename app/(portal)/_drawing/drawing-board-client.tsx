'use client';

import './drawing.css';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Drawing } from '#lib/drawing/drawing-schemas.ts';
import { boxOf } from '#lib/drawing/shape-hits.ts';
import { DrawnShapes, frameAttributes } from './drawing-view-client.tsx';
import type { DrawingDesk } from './use-drawing.ts';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { type PictureBox, usePictureBox } from './use-picture-box.ts';
import { useStrokes } from './use-strokes.ts';

interface DrawingBoardProps {
  desk: DrawingDesk;
  videoOf: () => HTMLVideoElement | null;
  onCancel: () => void;
  /** A text was to be placed that nobody has typed yet. */
  onNoText: () => void;
}

/** Lies over the player while one draws: exactly on the picture, wherever that lies in it. */
export function DrawingBoard({ videoOf, ...others }: DrawingBoardProps) {
  const [over, setOver] = useState<HTMLDivElement | null>(null);
  const box = usePictureBox(over, videoOf);
  useDrawingKeys(others.desk, others.onCancel);
  return (
    <div ref={setOver} className="drawing-board">
      {box ? <Board {...others} box={box} /> : null}
    </div>
  );
}

function Board({ desk, box, onNoText }: Pick<DrawingBoardProps, 'desk' | 'onNoText'> & { box: PictureBox }) {
  const t = useTranslations('notes.draw');
  const { shape, handlers } = useStrokes(desk, box, onNoText);
  const shapes = desk.shapes.map((each) => (each.id === shape?.id ? shape : each));
  const drawing: Drawing = { version: 1, shapes: shape?.id === 'new' ? [...shapes, shape] : shapes };
  const chosen = shapes.find(({ id }) => id === desk.selected?.id);
  const frame = chosen && boxOf(chosen, box);
  return (
    <svg
      {...frameAttributes(box)}
      {...handlers}
      role="img"
      aria-label={t('picture', { count: desk.shapes.length })}
      data-tool={desk.tool}
      className="drawing-surface"
      style={box}
    >
      <DrawnShapes drawing={drawing} size={box} />
      {frame ? (
        <rect
          className="drawing-chosen"
          x={frame.x1 - 8}
          y={frame.y1 - 8}
          width={frame.x2 - frame.x1 + 16}
          height={frame.y2 - frame.y1 + 16}
        />
      ) : null}
    </svg>
  );
}
