import { type PointerEvent, useState } from 'react';
import type { RinkBox } from '#lib/plays/play-field-schemas.ts';
import { boxBetween, isPress, pointOnIce, type RinkPoint, type RinkSheet } from './rink-geometry.ts';

interface BoxDragOptions {
  sheet: RinkSheet;
  onBox: (box: RinkBox) => void;
  onPress: (point: RinkPoint) => void;
}

/** Dragging a box over the rink, by mouse, pen or finger; a press that does not move is one. */
export function useBoxDrag({ sheet, onBox, onPress }: BoxDragOptions) {
  const [drag, setDrag] = useState<{ from: RinkPoint; to: RinkPoint } | null>(null);
  const pointOf = (event: PointerEvent<SVGSVGElement>) =>
    pointOnIce(sheet, event, event.currentTarget.getBoundingClientRect());
  return {
    box: drag && !isPress(drag.from, drag.to) ? boxBetween(drag.from, drag.to) : null,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = pointOf(event);
        setDrag({ from, to: from });
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (drag && event.isPrimary) setDrag({ from: drag.from, to: pointOf(event) });
      },
      onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
        if (!drag || !event.isPrimary) return;
        const to = pointOf(event);
        setDrag(null);
        if (isPress(drag.from, to)) onPress(to);
        else onBox(boxBetween(drag.from, to));
      },
      onPointerCancel: () => setDrag(null),
    },
  };
}
