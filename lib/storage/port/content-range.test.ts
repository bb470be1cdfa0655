import { describe, expect, it } from 'vitest';
import { readUploadClaim } from './content-range.ts';

describe('readUploadClaim', () => {
  it.each([
    [null, { kind: 'whole' }],
    ['bytes */*', { kind: 'query', total: null }],
    ['bytes */100', { kind: 'query', total: 100 }],
    ['bytes 0-99/100', { kind: 'chunk', first: 0, last: 99, total: 100 }],
    ['bytes 0-99/*', { kind: 'chunk', first: 0, last: 99, total: null }],
  ])('reads %j', (header, expected) => {
    expect(readUploadClaim(header)).toEqual(expected);
  });

  it.each([
    '',
    'bytes',
    'bytes 0-99',
    'bytes=0-99/100',
    'bytes 99-0/100',
    'bytes 0-100/100',
    'bytes -5/100',
    'bytes 0-/100',
    'items 0-99/100',
    'bytes 0-99/100, bytes 0-1/2',
    'bytes 0-9999999999999999/*',
    'bytes */-1',
    'bytes 0x0-0x9/10',
  ])('refuses %j', (header) => {
    expect(readUploadClaim(header)).toEqual({ kind: 'malformed' });
  });
});
