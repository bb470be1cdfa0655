import { z } from 'zod';
import { AppError, badRequest, isAppError } from '#lib/errors.ts';
import { bodyTooLarge, openBodyGate } from './body-gate.ts';
import { toFieldFaults } from './problem.ts';

/** No JSON body of this API comes near it; masters travel to the store, not through here. */
const MAX_BODY_BYTES = 1024 * 1024;

const NUL_FAULT = 'NUL is in no text.';

const parse = <S extends z.ZodType>(schema: S, value: unknown, pathOf = (path: string) => path): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badRequest(toFieldFaults(result.error).map((fault) => ({ ...fault, path: pathOf(fault.path) })));
};

const named = (name: string): string => name.replaceAll('\0', '\ufffd').slice(0, 100);

/** Every object has something of this name: whoever sends it means no parameter of ours. */
const isInherited = (name: string): boolean => name in {};

/**
 * What no route takes: a name that every object answers to (`__proto__`), and NUL, which no text of ours has and Postgres
 * stores in none.
 * @throws AppError 400
 */
export function refuseHostileUrl({ pathname, searchParams }: URL): void {
  const faults = [...searchParams].flatMap(([name, value]) => {
    if (isInherited(name)) return [{ path: named(name), message: 'This is not a known parameter.' }];
    return `${name}${value}`.includes('\0') ? [{ path: named(name), message: NUL_FAULT }] : [];
  });
  if (pathname.includes('%00')) faults.unshift({ path: '', message: NUL_FAULT });
  if (faults.length > 0) throw badRequest(faults.slice(0, 50));
}

/** The same for a body that somebody else parses, as a form or as JSON. @throws AppError 400 */
export async function refuseNulBody(request: Request): Promise<void> {
  const text = await request.clone().text();
  if (['\0', '%00', '\\u0000'].some((nul) => text.includes(nul))) throw badRequest([{ path: '', message: NUL_FAULT }]);
}

/** Path parameters. @throws AppError 400 */
export const readParams = <S extends z.ZodType>(schema: S, params: unknown): z.output<S> => parse(schema, params);

/** Whether a schema, without what was put around it, is a list. */
const isList = (schema: unknown): boolean => {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap());
  return schema instanceof z.ZodPipe && isList(schema.in);
};

/** The parameters of a query that may be repeated. */
const listsOf = (schema: z.ZodType): ReadonlySet<string> =>
  new Set(schema instanceof z.ZodObject ? Object.keys(schema.shape).filter((name) => isList(schema.shape[name])) : []);

/**
 * The query string. A parameter whose schema is a list has all its values; any other that is given twice is refused.
 * @throws AppError 400
 */
export function readQuery<S extends z.ZodType>(schema: S, url: URL): z.output<S> {
  const lists = listsOf(schema);
  const values = new Map<string, string | string[]>();
  for (const [name, value] of url.searchParams) {
    const earlier = values.get(name);
    if (lists.has(name)) values.set(name, [...(earlier ?? []), value]);
    else if (earlier === undefined) values.set(name, value);
    else throw badRequest([{ path: name.slice(0, 100), message: 'This parameter is given twice.' }]);
  }
  // A fault in one of several values is the parameter's.
  return parse(schema, Object.fromEntries(values), (path) => path.replace(/\.\d+$/, ''));
}

/** The body's bytes up to the limit, without trusting Content-Length. */
async function readLimited(request: Request, maxBytes: number): Promise<string> {
  openBodyGate(maxBytes);
  const tooLarge = bodyTooLarge(maxBytes);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

/** A JSON body. @throws AppError 400, 413, 415 */
export async function readBody<S extends z.ZodType>(
  schema: S,
  request: Request,
  maxBytes = MAX_BODY_BYTES,
): Promise<z.output<S>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new AppError({ status: 415, code: 'not_json', detail: 'Send the body as application/json.' });
  }
  let value: unknown;
  try {
    value = JSON.parse(await readLimited(request, maxBytes));
  } catch (error) {
    if (isAppError(error)) throw error;
    throw badRequest([{ path: '', message: 'The body is not valid JSON in UTF-8.' }]);
  }
  return parse(schema, value);
}
