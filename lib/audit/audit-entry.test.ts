import { expect, it } from 'vitest';
import { changesOf, plainFacts } from './audit-entry.ts';

it('keeps only what an edit changed', () => {
  const before = { zone: 'oz', period: 1, tags: ['a'], note: null };
  expect(changesOf(before, { zone: 'nz', period: 1, tags: ['a'] })).toEqual({
    before: { zone: 'oz' },
    after: { zone: 'nz' },
  });
  expect(changesOf(before, { ...before, tags: ['a', 'b'] })?.after).toEqual({ tags: ['a', 'b'] });
  expect(changesOf(before, { ...before })).toBeNull();
});

it('drops secrets by name, and wherever a text quotes one', () => {
  const facts = {
    password: 'x',
    password_hash: 'x',
    upload_url: 'https://x',
    inner: { token: 'x', key_hash: 'x', signed_url: 'x', name: 'kept' },
    note: 'see https://a.example/o?X-Goog-Signature=abcdef0123 and hb_abcdefghijkl',
    when: new Date(0),
    nul: 'a\0b',
  };
  expect(plainFacts(facts)).toEqual({
    inner: { name: 'kept' },
    note: 'see https://a.example/o?X-Goog-Signature=[redacted] and hb_[redacted]',
    when: '1970-01-01T00:00:00.000Z',
    nul: 'a\ufffdb',
  });
});
