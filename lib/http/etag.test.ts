import { describe, expect, it } from 'vitest';
import { entityTag, readIfMatch, refuseStaleEdit } from './etag.ts';

const ifMatch = (value?: string) =>
  readIfMatch(new Request('http://x/', { headers: value === undefined ? {} : { 'if-match': value } }));

describe('If-Match', () => {
  it('is the versions of the tags, whatever body they came with', () => {
    expect(ifMatch()).toBeNull();
    expect(ifMatch(' * ')).toBe('*');
    expect(ifMatch(entityTag('{}', 'abc'))).toEqual(['abc']);
    expect(ifMatch('"abc", W/"def-012"')).toEqual(['abc', 'def']);
    expect(ifMatch('"a,b-1",W/"c,d" , ""')).toEqual(['a,b', 'c,d', '']);
  });

  it.each(['', 'abc', '"abc', '"a" "b"', '"a",', '*, "a"', '"a\u00e9"'])('%j is refused', (value) => {
    expect(() => ifMatch(value)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('lets an edit through that starts from the current version, and no other', () => {
    expect(() => refuseStaleEdit(null, 'v')).not.toThrow();
    expect(() => refuseStaleEdit('*', 'v')).not.toThrow();
    expect(() => refuseStaleEdit(['u', 'v'], 'v')).not.toThrow();
    expect(() => refuseStaleEdit(['u'], 'v')).toThrow(expect.objectContaining({ status: 412, code: 'stale_edit' }));
    expect(() => refuseStaleEdit([], 'v')).toThrow(expect.objectContaining({ status: 412 }));
  });
});
