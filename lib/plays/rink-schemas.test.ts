import { expect, it } from 'vitest';
import { playFilterSchema } from './play-field-schemas.ts';
import { commonBox, FACE_OFF_DOTS, isInBox, RINK_AREAS, rinkText, turnedBox } from './rink-schemas.ts';

const BOXES = { areas: Object.values(RINK_AREAS), dots: Object.values(FACE_OFF_DOTS) };

it.each(Object.entries(BOXES))('no play lies in two of the %s', (_, boxes) => {
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) expect(commonBox(box, other)).toBeNull();
  }
});

it('every place of the ice lies in an area, and in one', () => {
  const tenths = (upTo: number) => Array.from({ length: (2 * upTo) / 2 + 1 }, (_, index) => -upTo + index * 2);
  const faults = tenths(1000).flatMap((x) =>
    tenths(424).flatMap((y) => {
      const within = Object.values(RINK_AREAS).filter((box) => isInBox(box, x / 10, y / 10));
      return within.length === 1 ? [] : { x, y, within };
    }),
  );
  expect(faults).toEqual([]);
});

it('boxes are written as the filter reads them', () => {
  for (const box of Object.values(BOXES).flat()) {
    expect(playFilterSchema.parse({ rink: rinkText(box) }).rink).toEqual(box);
    expect(turnedBox(turnedBox(box))).toEqual(box);
  }
  expect(turnedBox(FACE_OFF_DOTS.oz_left)).toEqual(FACE_OFF_DOTS.dz_right);
});
