import { z } from 'zod';
import { StoreError } from '#lib/storage/port/object-store.ts';

/** Numbers of 64 bits are text in Google's JSON; the client library makes numbers of some. */
const int64Text = z.union([z.string().regex(/^\d{1,19}$/), z.int().nonnegative().transform(String)]);

/** The resource "Objects" of the JSON API, as far as this project goes by it. */
export const objectResourceSchema = z.object({
  size: int64Text.transform(Number),
  crc32c: z.string().regex(/^[A-Za-z0-9+/]{6}==$/),
  contentType: z.string().default('application/octet-stream'),
  generation: int64Text,
  updated: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});

/**
 * What Google answered, by its schema. What breaks it is told at once: the same question has the same answer.
 * @throws StoreError `unavailable`
 */
export function readResource<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const where = error.issues.map(({ path }) => path.join('.') || 'all of it').slice(0, 5);
  throw new StoreError('unavailable', `Google Cloud Storage answered with what cannot be read: ${where.join(', ')}.`, {
    cause: error,
    retryable: false,
  });
}
