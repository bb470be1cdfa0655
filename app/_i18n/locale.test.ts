import { describe, expect, it } from 'vitest';
import { pickLocale } from './locale.ts';

describe('pickLocale', () => {
  it('takes what the reader chose over what the browser asks for', () => {
    expect(pickLocale('fr', 'en-CA,en;q=0.9')).toBe('fr');
    expect(pickLocale('en', 'fr-CA')).toBe('en');
  });

  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.4, fr;q=0.7', 'fr'],
    ['de-DE,de;q=0.9,fr;q=0.5,en;q=0.3', 'fr'],
    ['fr;q=0, en;q=0.1', 'en'],
    ['de', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('reads Accept-Language %s as %s', (header, locale) => {
    expect(pickLocale(undefined, header)).toBe(locale);
  });

  it('ignores a cookie that names no known language', () => {
    expect(pickLocale('../../etc', 'fr')).toBe('fr');
  });
});
