import { describe, expect, it, vi } from 'vitest';
import { AppError, isAppError, notFound } from './errors.ts';
import { isStoreError, StoreError } from './storage/port/object-store.ts';

/** The module once more, as another bundle has it. */
async function anotherCopy(): Promise<typeof import('./errors.ts')> {
  vi.resetModules();
  return import('./errors.ts');
}

describe('errors told by their tag', () => {
  it('knows an error of another bundle, which is no instance of its own class', async () => {
    const copy = await anotherCopy();
    const theirs = copy.notFound('Clip');
    expect(theirs instanceof Error && Object.getPrototypeOf(theirs) === AppError.prototype).toBe(false);
    expect(isAppError(theirs)).toBe(true);
    expect(copy.isAppError(notFound('Clip'))).toBe(true);
  });

  it('tells the kinds apart, and nothing else is one', () => {
    const store = new StoreError('unavailable', 'Away.');
    expect([isStoreError(store), isAppError(store)]).toEqual([true, false]);
    const lookalike = Object.assign(new Error('No.'), { name: 'AppError', status: 404, code: 'not_found' });
    for (const other of [lookalike, new Error('No.'), null, undefined, 'AppError', 404, {}]) {
      expect(isAppError(other)).toBe(false);
    }
  });

  it('keeps name, message and cause as an error has them', () => {
    const cause = new Error('Deeper.');
    const error = new StoreError('unavailable', 'Away.', { cause });
    expect([error.name, error.message, error.cause]).toEqual(['StoreError', 'Away.', cause]);
    expect(Object.keys(error)).not.toContain('tag');
  });
});
