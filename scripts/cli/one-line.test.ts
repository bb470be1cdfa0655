import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { badRequest, conflict, messageOf } from '#lib/errors.ts';
import { oneLineOf } from './one-line.ts';

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('an error in one line', () => {
  it('says what people wrote for people, as it is', () => {
    expect(oneLineOf(conflict('x', 'That is taken.'))).toBe('That is taken.');
    expect(oneLineOf(badRequest([{ path: 'password', message: 'Too short.' }]))).toBe(
      'The request has bad fields. password: Too short.',
    );
  });

  it('has a line for each fault of the environment', () => {
    const error = thrownBy(() => parseEnv({ LOG_LEVEL: 'loud' }));
    expect(oneLineOf(error).split('\n')).toHaveLength(3);
    expect(oneLineOf(error)).toMatch(/^DATABASE_URL is not set/);
  });

  it('knows a database that is not there, in whatever wrapping', () => {
    const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:5432')], ''), {
      code: 'ECONNREFUSED',
    });
    expect(oneLineOf(refused)).toMatch(/does not answer/);
    expect(oneLineOf(new Error('x', { cause: refused }))).toMatch(/does not answer/);
    expect(oneLineOf(new Error('relation "media.users" does not exist'))).toMatch(/db:migrate/);
  });

  it('folds anything else into one line, without passwords, and says where the trace is', () => {
    const line = oneLineOf(new Error('first\n  second postgresql://me:secret@host/db'));
    expect(line).toBe('first second postgresql://me:[redacted]@host/db (run with LOG_LEVEL=debug for the trace)');
    expect(oneLineOf(new Error(''))).toMatch(/LOG_LEVEL=debug/);
    expect(messageOf('x')).toBe('x');
  });
});
