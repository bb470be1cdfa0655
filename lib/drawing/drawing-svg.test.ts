import { describe, expect, it } from 'vitest';
import { type Drawing, drawingSchema, type Shape } from './drawing-schemas.ts';
import { drawingToSvg } from './drawing-svg.ts';

const HD = { width: 1920, height: 1080 };
const drawing = (...shapes: Shape[]): Drawing => ({ version: 1, shapes });
const base = { color: 'red', width: 10 };
const corners = [
  [0.25, 0.25],
  [0.75, 0.75],
];
const SVG = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 [\d.]+ 1080"/;

/** Numbers that are the same every time. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('drawingToSvg', () => {
  it('has the size of the picture, in a frame of one height', () => {
    expect(drawingToSvg(drawing(), { width: 640, height: 360 })).toMatch(SVG);
    const shapes = drawing({ ...base, id: 'a', type: 'ellipse', points: corners });
    const [small, large] = [{ width: 320, height: 180 }, HD].map((size) =>
      drawingToSvg(shapes, size).split('>').slice(1),
    );
    expect(small).toEqual(large);
    expect(small?.join('>')).toContain('cx="960" cy="540" rx="480" ry="270" fill="none" stroke="#ff3b30"');
  });

  it('draws an arrow to its second point', () => {
    const arrow = drawing({
      ...base,
      id: 'a',
      type: 'arrow',
      points: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
    expect(drawingToSvg(arrow, HD)).toContain('d="M1920 540L');
  });

  it('dims once, however many spotlights there are', () => {
    const lit = (id: string): Shape => ({ ...base, id, type: 'spotlight', points: corners });
    const svg = drawingToSvg(drawing(lit('a'), lit('b')), HD);
    expect(svg.match(/fill-opacity/g)).toHaveLength(1);
    expect(svg).toContain('mask="url(#spotlights)"');
    expect(svg.match(/<mask /g)).toHaveLength(1);
  });

  it('says a text as text, whatever it says', () => {
    const text = '</text><script>alert("1")</script>&\'';
    const svg = drawingToSvg(drawing({ ...base, id: 'a', type: 'text', points: [[0, 0]], text }), HD);
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
    expect(svg).not.toMatch(/<script|<\/text><s/);
  });

  it('is well-formed numbers for any drawing that there may be', () => {
    const random = numbers(7);
    const next = () => random.next().value ?? 0;
    const types = ['pen', 'line', 'arrow', 'ellipse', 'spotlight'] as const;
    for (let round = 0; round < 60; round += 1) {
      const shapes = types.map((type, index) => {
        const edge = () => [0, 1, next()][Math.floor(next() * 3)] ?? 0;
        const count = type === 'pen' ? 1 + Math.floor(next() * 40) : 2;
        const points = Array.from({ length: count }, () =>
          next() < 0.5 ? [edge(), edge()] : [edge(), edge(), edge()],
        );
        return { id: `s${index}`, type, points, color: 'white', width: 0.01 + next() * 99 };
      });
      const svg = drawingToSvg(drawingSchema.parse({ version: 1, shapes }), { width: 1 + next() * 4000, height: 720 });
      expect(/NaN|Infinity|undefined|null|\de[-+]/.test(svg)).toBe(false);
    }
  });
});
