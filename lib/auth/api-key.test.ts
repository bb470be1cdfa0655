import { describe, expect, it } from 'vitest';
import { generateApiKey, hashApiKey, hintOf, readBearer } from './api-key.ts';

describe('API keys', () => {
  it('have 256 random bits and a readable start', () => {
    const keys = new Set(Array.from({ length: 100 }, generateApiKey));
    expect(keys.size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^hb_[A-Za-z0-9_-]{43}$/);
      expect(key.startsWith(hintOf(key))).toBe(true);
      expect(hintOf(key)).toHaveLength(9);
      expect(readBearer(`Bearer ${key}`)).toBe(key);
    }
  });

  it('are kept as SHA-256', () => {
    // echo -n hb_test | sha256sum
    expect(hashApiKey('hb_test')).toBe('1b72bdea043e673f343c106df36d5cd41821d1fd3c0e163d8648109d36a32512');
  });
});

describe('readBearer', () => {
  const key = `hb_${'a'.repeat(43)}`;

  it('tells no header from a bad one', () => {
    expect(readBearer(null)).toBeNull();
    expect(readBearer('')).toBeUndefined();
  });

  it.each([`Bearer ${key}`, `bearer ${key}`, `  BEARER ${key}  `])('reads %j', (header) => {
    expect(readBearer(header)).toBe(key);
  });

  it.each([
    key,
    `Basic ${key}`,
    `Bearer${key}`,
    `Bearer  ${key}`,
    `Bearer ${key} x`,
    `Bearer ${key}, Bearer ${key}`,
    'Bearer hb_short',
    `Bearer sk_${'a'.repeat(43)}`,
    `Bearer hb_${'a'.repeat(101)}`,
    `Bearer hb_${'a'.repeat(42)}é`,
    `Bearer hb_${'a'.repeat(42)}'`,
  ])('refuses %j', (header) => {
    expect(readBearer(header)).toBeUndefined();
  });
});
