import { expect, it } from 'vitest';
import { pathWithQuery } from './path-with-query.ts';

it('writes the query back as it came, repeated parameters too', () => {
  expect(pathWithQuery('/clips', { q: 'a&b', tag: ['x', 'y'], zone: undefined })).toBe('/clips?q=a%26b&tag=x&tag=y');
  expect(pathWithQuery('/stats', {})).toBe('/stats');
});
