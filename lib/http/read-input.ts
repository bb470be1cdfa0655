import type { z } from 'zod';
import { AppError, badRequest } from '#lib/errors.ts';
import { toFieldFaults } from './problem.ts';

/** No JSON body of this API comes near it; masters travel to the store, not through here. */
const MAX_BODY_BYTES = 1024 * 1024;

const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const result = schema.safeParse(value);
  if (!result.success) throw badRequest(toFieldFaults(result.error));
  return result.data;
};

/** Path parameters. @throws AppError 400 */
export const readParams = <S extends z.ZodType>(schema: S, params: unknown): z.output<S> => parse(schema, params);

/** The query string; a parameter given twice is refused. @throws AppError 400 */
export function readQuery<S extends z.ZodType>(schema: S, url: URL): z.output<S> {
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (name in values) throw badRequest([{ path: name.slice(0, 100), message: 'This parameter is given twice.' }]);
    values[name] = value;
  }
  return parse(schema, { ...values });
}

/** The body's bytes up to the limit, without trusting Content-Length. */
async function readLimited(request: Request): Promise<string> {
  const tooLarge = new AppError({
    status: 413,
    code: 'body_too_large',
    detail: `A body of this API is at most ${MAX_BODY_BYTES} bytes.`,
  });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

/** A JSON body. @throws AppError 400, 413, 415 */
export async function readBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new AppError({ status: 415, code: 'not_json', detail: 'Send the body as application/json.' });
  }
  let value: unknown;
  try {
    value = JSON.parse(await readLimited(request));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw badRequest([{ path: '', message: 'The body is not valid JSON in UTF-8.' }]);
  }
  return parse(schema, value);
}
