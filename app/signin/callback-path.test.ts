import { describe, expect, it } from 'vitest';
import { callbackPath } from './callback-path.ts';

describe('callbackPath', () => {
  it('keeps a path with its query and fragment', () => {
    expect(callbackPath('/clips?event_type=pass&view=table#top')).toBe('/clips?event_type=pass&view=table#top');
  });

  it.each([
    ['another origin', 'https://evil.example/clips'],
    ['a scheme-relative URL', '//evil.example'],
    ['a backslash for a slash', '/\\evil.example'],
    ['a tab that parsers drop', '/\t/evil.example'],
    ['a newline that parsers drop', '/\n/evil.example'],
    ['dots that leave two slashes', '/.//evil.example'],
    ['dots further in', '/a/..//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a path without its slash', 'clips'],
    ['the sign-in page itself', '/signin?callbackUrl=/clips'],
    ['nothing', undefined],
    ['the parameter twice', ['/clips', '/stats']],
  ])('refuses %s', (_, value) => {
    expect(callbackPath(value)).toBe('/clips');
  });
});
