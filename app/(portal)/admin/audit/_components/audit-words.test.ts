import { expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '#lib/audit/audit-schemas.ts';
import { actionKeyOf, changedFields } from './audit-words.ts';

it('has words for everything that is written down', () => {
  expect(AUDIT_ACTIONS.filter((action) => actionKeyOf(action) === null)).toEqual([]);
  expect(actionKeyOf('constructor')).toBeNull();
});

it('puts before and after side by side', () => {
  expect(changedFields({ before: { zone: 'oz', tags: ['a'] }, after: { zone: null, period: 2 } })).toEqual([
    { name: 'period', before: null, after: '2' },
    { name: 'tags', before: '["a"]', after: null },
    { name: 'zone', before: 'oz', after: null },
  ]);
});
