import { z } from 'zod';
import { UsageError } from './one-line.ts';

/** A flag's text as a whole number. */
export const wholeNumberFlag = z
  .string()
  .regex(/^\d{1,9}$/, 'This is not a whole number.')
  .transform(Number);

const CLOCK = /^(?:(?:(\d{1,2}):)?([0-5]?\d):)?(\d{1,6}(?:\.\d{1,6})?)$/;

/** Seconds (`83.5`), or a clock (`1:23.5`, `0:01:23.5`); to seconds. */
export const timecodeFlag = z
  .string()
  .regex(CLOCK, 'This is no time: write seconds (83.5), or minutes and seconds (1:23.5).')
  .transform((text) => {
    const [, hours = '0', minutes = '0', seconds = '0'] = CLOCK.exec(text) ?? [];
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  });

/** Collects a flag that may be repeated or hold several values between commas. */
export const collect = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
];

/**
 * Parses what a command got with the schema of what it asks for.
 * @param flags the flag behind each field, for the message.
 * @throws UsageError one line that names every bad flag.
 */
export function parseOptions<S extends z.ZodType>(
  schema: S,
  value: unknown,
  flags: Record<string, string>,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path: [field = ''], message, code, ...issue }) => {
    const flag = flags[String(field)] ?? String(field);
    const missing = code === 'invalid_type' && (issue as { input?: unknown }).input === undefined;
    return missing && /received undefined/.test(message) ? `${flag} is missing.` : `${flag}: ${message}`;
  });
  throw new UsageError(faults.join(' '));
}

/** The given fields without those that were left out: exact optional fields stay absent. */
export const given = <T extends Record<string, unknown>>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
