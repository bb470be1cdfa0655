import { z } from 'zod';
import { isEnvError } from '#lib/config/env.ts';
import { type AppError, guardOf, isAppError, messageOf, TaggedError } from '#lib/errors.ts';
import { isMediaError } from '#lib/media/media-types.ts';
import { redactText } from '#lib/redact.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { isUploadError } from '#lib/storage/upload/error.ts';

/** The command was called wrongly: exit code 2. The message names the flag. */
export class UsageError extends TaggedError {
  constructor(message: string) {
    super('UsageError', message);
  }
}
export const isUsageError = guardOf<UsageError>('UsageError');

/** What the command was asked to check does not hold; already told, line by line. */
export class CommandFailed extends TaggedError {
  constructor(message: string) {
    super('CommandFailed', message);
  }
}
export const isCommandFailed = guardOf<CommandFailed>('CommandFailed');

/** Errors whose message was written for people. */
const SPOKEN = [isAppError, isStoreError, isMediaError, isUploadError, isUsageError, isCommandFailed];

/** Messages of the database's driver and of pg-boss, and what each asks for. */
const DATABASE_ADVICE: readonly [RegExp, string][] = [
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|Can't reach database/,
    'The database of DATABASE_URL does not answer; is it running?',
  ],
  [
    /password authentication failed|no pg_hba\.conf entry|SASL/,
    'The database of DATABASE_URL refuses the user or password.',
  ],
  [/database "[^"]*" does not exist/, 'The database that DATABASE_URL names does not exist; create it first.'],
  [
    /(?:relation|table|column) \S+(?: of relation \S+)? does not exist|pg-boss is not installed|schema "media_jobs"|P202[12]/i,
    'The database has not the newest schema; run npm run db:migrate.',
  ],
];

const oneLine = (text: string): string => redactText(text).replaceAll(/\s+/g, ' ').trim();

/** An error, its `cause`s and the parts of an aggregate, as one text to look for known faults in. */
function everythingSaid(error: unknown, depth = 0): string {
  if (depth > 5 || error === null || error === undefined) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const parts = Array.isArray(errors) ? errors : [];
  return [messageOf(error), typeof code === 'string' ? code : '', everythingSaid(cause, depth + 1)]
    .concat(parts.map((part) => everythingSaid(part, depth + 1)))
    .join(' ');
}

const faultsOf = (error: AppError): string =>
  error.errors?.length && error.code === 'invalid_request'
    ? ` ${error.errors.map(({ path, message }) => `${path}: ${message}`).join(' ')}`
    : '';

/** What a person reads: one line that says what to do; for a bad environment, one line a fault. No secret is in it. */
export function oneLineOf(error: unknown): string {
  if (isEnvError(error)) return error.lines.map(oneLine).join('\n');
  if (isAppError(error)) return oneLine(error.message + faultsOf(error));
  if (SPOKEN.some((isIt) => isIt(error))) return oneLine(messageOf(error));
  if (error instanceof z.ZodError) return oneLine(error.issues.map((issue) => issue.message).join(' '));
  const said = everythingSaid(error);
  const advice = DATABASE_ADVICE.find(([pattern]) => pattern.test(said))?.[1];
  if (advice) return advice;
  return `${oneLine(messageOf(error) || said) || 'Something failed without a word'} (run with LOG_LEVEL=debug for the trace)`;
}
