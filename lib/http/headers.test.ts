import { describe, expect, it } from 'vitest';
import { readIdempotencyKey } from './idempotency-key.ts';
import { parseCookies } from './parse-cookies.ts';

describe('parseCookies', () => {
  it.each<[string | null, Record<string, string>]>([
    [null, {}],
    ['', {}],
    ['a=1; b=2', { a: '1', b: '2' }],
    ['a=x=y==', { a: 'x=y==' }],
    ['a=%20b%', { a: '%20b%' }],
    ['a=%E2%9C%93', { a: '✓' }],
    ['a=1; a=2', { a: '1' }],
    [';; =x; a; b=2;', { b: '2' }],
  ])('%j', (header, cookies) => {
    expect(parseCookies(header)).toEqual(cookies);
  });

  it('makes nothing of a cookie named __proto__ but a cookie', () => {
    const cookies = parseCookies('__proto__=x; a=1');
    expect(cookies.a).toBe('1');
    expect(Object.getPrototypeOf(cookies)).toBe(Object.prototype);
  });
});

describe('Idempotency-Key', () => {
  const keyOf = (key?: string) =>
    readIdempotencyKey(new Request('http://x/', { headers: key === undefined ? {} : { 'idempotency-key': key } }));

  it('is the header, or null', () => {
    expect(keyOf()).toBeNull();
    expect(keyOf('a-1_B:/')).toBe('a-1_B:/');
    expect(keyOf('x'.repeat(255))).toHaveLength(255);
  });

  it.each(['', 'a b', 'é', 'x'.repeat(256)])('%j is refused', (key) => {
    expect(() => keyOf(key)).toThrow(expect.objectContaining({ status: 400 }));
  });
});
