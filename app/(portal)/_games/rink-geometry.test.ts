import { describe, expect, it } from 'vitest';
import { RINK_AREAS, rinkText } from '#lib/plays/rink-schemas.ts';
import {
  boxBetween,
  boxOfText,
  creasePath,
  drawnBox,
  frameOf,
  goalLineReach,
  isPress,
  isSameBox,
  nearestTo,
  pointOnIce,
  RINK_SHEETS,
} from './rink-geometry.ts';

const { nhl, iihf, iihfNarrow } = RINK_SHEETS;

describe('the sheets', () => {
  it('measure what their leagues say', () => {
    expect(nhl).toMatchObject({ halfLength: 100, halfWidth: 42.5, cornerRadius: 28, goalLine: 89, blueLine: 25 });
    expect(iihf.halfLength * 2 * 0.3048).toBeCloseTo(60, 9);
    expect(iihf.halfWidth * 2 * 0.3048).toBeCloseTo(30, 9);
    expect(iihfNarrow.halfWidth * 2 * 0.3048).toBeCloseTo(26, 9);
    expect((iihf.halfLength - iihf.goalLine) * 0.3048).toBeCloseTo(4, 9);
  });

  it.each(Object.entries(RINK_SHEETS))('end their goal line at the boards: %s', (_, sheet) => {
    const y = goalLineReach(sheet) - (sheet.halfWidth - sheet.cornerRadius);
    const x = sheet.goalLine - (sheet.halfLength - sheet.cornerRadius);
    expect(Math.hypot(x, y)).toBeCloseTo(sheet.cornerRadius, 9);
    expect(goalLineReach(sheet)).toBeLessThan(sheet.halfWidth);
  });

  it('have a crease in front of the goal line at either end', () => {
    expect(creasePath(nhl, 1)).toBe('M89,4L84.528,4A6,6 0 0 1 84.528,-4L89,-4');
    expect(creasePath(nhl, -1)).toBe('M-89,4L-84.528,4A6,6 0 0 0 -84.528,-4L-89,-4');
  });
});

describe('a point of the screen', () => {
  const { width, height } = frameOf(nhl);
  const drawn = { left: 10, top: 20, width: width * 3, height: height * 3 };

  it('is a place on the ice, y growing upwards', () => {
    const at = (x: number, y: number) => ({
      clientX: 10 + (x - frameOf(nhl).left) * 3,
      clientY: 20 + (-y - frameOf(nhl).top) * 3,
    });
    const point = pointOnIce(nhl, at(69, 22), drawn);
    expect(point.x).toBeCloseTo(69, 9);
    expect(point.y).toBeCloseTo(22, 9);
    expect(pointOnIce(nhl, at(300, -300), drawn)).toEqual({ x: 100, y: -42.5 });
  });
});

describe('a box', () => {
  it('lies between two points, whichever is dragged from, to half a foot', () => {
    const box = { left: 54, right: 89, bottom: -17, top: 16.5 };
    expect(boxBetween({ x: 54.1, y: 16.6 }, { x: 88.9, y: -16.9 })).toEqual(box);
    expect(boxBetween({ x: 88.9, y: -16.9 }, { x: 54.1, y: 16.6 })).toEqual(box);
    expect(rinkText(boxBetween({ x: -0.1, y: 0 }, { x: 0.1, y: -0.1 }))).toBe('0,0,0,0');
  });

  it('is told from a press', () => {
    expect(isPress({ x: 0, y: 0 }, { x: 1, y: 1 })).toBe(true);
    expect(isPress({ x: 0, y: 0 }, { x: 2, y: 0 })).toBe(false);
  });

  it('is read as it is written, and nothing else is', () => {
    for (const area of Object.values(RINK_AREAS)) expect(boxOfText(rinkText(area))).toEqual(area);
    expect(boxOfText('89,17,69,-17')).toEqual({ left: 69, right: 89, bottom: -17, top: 17 });
    for (const text of ['', '1,2,3', '1,2,3,x', '1,2,3,4,5']) expect(boxOfText(text)).toBeNull();
  });

  it('is known again by what it says', () => {
    expect(isSameBox(boxOfText('69,-7,89,7'), RINK_AREAS.inner_slot)).toBe(true);
    expect(isSameBox(null, null)).toBe(false);
  });

  it('is drawn as far as there is ice', () => {
    expect(drawnBox({ left: 89, right: 200, bottom: -50, top: 0 }, nhl)).toEqual({
      ...{ x: 89, y: -0, width: 11, height: 42.5 },
    });
  });
});

it('the nearest play is the one that is pressed, if any is near', () => {
  const plays = [
    { id: 1, x_ft: 0, y_ft: 0 },
    { id: 2, x_ft: 4, y_ft: 0 },
  ];
  expect(nearestTo(plays, { x: 3, y: 0 }, 6)?.id).toBe(2);
  expect(nearestTo(plays, { x: 1, y: 1 }, 6)?.id).toBe(1);
  expect(nearestTo(plays, { x: 50, y: 0 }, 6)).toBeNull();
});
