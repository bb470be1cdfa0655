import { z } from 'zod';
import { AppError, badRequest, type FieldFault, isAppError } from '#lib/errors.ts';
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

/**
 * No parameter of ours has a name that every object answers to (`__proto__`, `constructor`). Asked before Next, which
 * loses some of them on the way to a route.
 * @throws AppError 400
 */
export function refuseInheritedNames(query: URLSearchParams): void {
  // `in {}` would be folded to `false` by a minifier.
  const names = [...query.keys()].filter((name) => name in Object.prototype);
  if (names.length === 0) return;
  throw badRequest(names.slice(0, 50).map((path) => ({ path, message: 'This is not a known parameter.' })));
}

/** NUL is in no text of ours, and Postgres stores it in none. @throws AppError 400 */
export function refuseNulUrl({ pathname, searchParams }: URL): void {
  const faults = [...searchParams].flatMap(([name, value]) =>
    `${name}${value}`.includes('\0') ? [{ path: named(name), message: NUL_FAULT }] : [],
  );
  if (pathname.includes('%00')) faults.unshift({ path: '', message: NUL_FAULT });
  if (faults.length > 0) throw badRequest(faults.slice(0, 50));
}

/** The same for a body that somebody else parses, as a form or as JSON. @throws AppError 400 */
export async function refuseNulBody(request: Request): Promise<void> {
  const text = await request.clone().text();
  if (['\0', '%00', '\\u0000'].some((nul) => text.includes(nul))) throw badRequest([{ path: '', message: NUL_FAULT }]);
}

/** No field of ours lies as deep as this many characters of its path. */
const MAX_PATH_CHARS = 1000;

/** Where a parsed JSON text has NUL, in a name or in a value. */
export function nulFaults(value: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  const rest: [path: string, part: unknown][] = [['', value]];
  for (let next = rest.pop(); next && faults.length < 50; next = rest.pop()) {
    const [path, part] = next;
    if (typeof part === 'string' && part.includes('\0')) faults.push({ path, message: NUL_FAULT });
    if (typeof part !== 'object' || part === null || path.length > MAX_PATH_CHARS) continue;
    for (const [name, inner] of Object.entries(part)) {
      const at = path === '' ? named(name) : `${path}.${named(name)}`;
      if (name.includes('\0')) faults.push({ path: at, message: NUL_FAULT });
      rest.push([at, inner]);
    }
  }
  return faults;
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

/** 413: the body is longer than what asked for it takes. */
export const bodyTooLarge = (maxBytes: number) =>
  new AppError({
    status: 413,
    code: 'body_too_large',
    detail: `A body of this resource is at most ${maxBytes} bytes.`,
  });

/** The body's bytes up to the limit, without trusting Content-Length. A route that does not read gets no byte of it. */
async function readLimited(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = bodyTooLarge(maxBytes);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface BodyTerms {
  maxBytes?: number | undefined;
  /** A field whose items are judged one by one later: a fault in one of them is not the whole body's. */
  judgedLater?: string | undefined;
}

/** The one media type of a body here. */
export const JSON_TYPE = 'application/json';

const IS_JSON = /^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i;

/**
 * Looks at what a body says it is. A refusal names what is taken (RFC 9110 §15.5.16; of a PATCH, RFC 5789 §2.2).
 * @throws AppError 415
 */
function refuseOtherThanJson({ headers, method }: Request): void {
  const refused = (code: string, detail: string, header: Record<string, string>) =>
    new AppError({ status: 415, code, detail, headers: header });
  if (!IS_JSON.test(headers.get('content-type') ?? '')) {
    const accepted = { [method === 'PATCH' ? 'Accept-Patch' : 'Accept']: JSON_TYPE };
    throw refused('not_json', `Send the body as ${JSON_TYPE}.`, accepted);
  }
  refuseEncoded(headers);
}

/** @throws AppError 415 */
function refuseEncoded(headers: Headers): void {
  if (/^(identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '')) return;
  const detail = 'Send the body as it is, without Content-Encoding.';
  throw new AppError({ status: 415, code: 'encoded_body', detail, headers: { 'Accept-Encoding': 'identity' } });
}

/** What a file is sent as, of the types that a route takes, and how long it may be. */
export interface FileTerms {
  types: readonly string[];
  maxBytes: number;
}

/** A body that is a file, as it is. @throws AppError 413, 415 */
export function readFile({ types, maxBytes }: FileTerms, request: Request): Promise<Uint8Array> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (!types.includes(type.trim().toLowerCase())) {
    const detail = `Send the file as ${types.join(', ')}.`;
    throw new AppError({ status: 415, code: 'not_a_file', detail, headers: { Accept: types.join(', ') } });
  }
  refuseEncoded(request.headers);
  return readLimited(request, maxBytes);
}

/** A JSON body. @throws AppError 400, 413, 415 */
export async function readBody<S extends z.ZodType>(
  schema: S,
  request: Request,
  { maxBytes = MAX_BODY_BYTES, judgedLater }: BodyTerms = {},
): Promise<z.output<S>> {
  refuseOtherThanJson(request);
  let value: unknown;
  try {
    const bytes = await readLimited(request, maxBytes);
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (isAppError(error)) throw error;
    throw badRequest([{ path: '', message: 'The body is not valid JSON in UTF-8.' }]);
  }
  const faults = nulFaults(judgedLater === undefined ? value : { ...Object(value), [judgedLater]: null });
  if (faults.length > 0) throw badRequest(faults);
  return parse(schema, value);
}
