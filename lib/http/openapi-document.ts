import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { rolesThatMay } from '#lib/auth/permissions.ts';
import type { Resource } from './define-resource.ts';
import { type Answer, type AnyRouteSpec, OPERATION_TAGS, type OperationFacts } from './operation.ts';
import { problemSchema } from './problem-schemas.ts';
import { JSON_TYPE } from './read-input.ts';

/** The resources of an API by their path template, `/clips/{clip_id}`: what each `resource.ts` exports. */
// A handler's deps do not matter to whoever goes by the table, and are contravariant.
export type Resources = Readonly<Record<string, Partial<Resource>>>;

/** What the document says about the API as a whole. */
export interface DocumentFacts {
  title: string;
  version: string;
  description: string;
  /** The base that the paths are relative to, as the caller reaches it. */
  serverUrl: string;
  /** The session cookie's name. */
  sessionCookie: string;
}

type Spec = AnyRouteSpec<never>;
type NamedSpec = Spec & { operation: OperationFacts };

/** Faults that an operation has because of what it takes, whatever it does. */
function usualProblems(spec: Spec): [status: number, when: string][] {
  const takesInput = spec.params || spec.query || spec.body;
  const hasBody = Boolean(spec.body ?? spec.file);
  const problems: [number, string, boolean][] = [
    [400, 'A parameter or field is bad; `errors` names each.', Boolean(takesInput)],
    [401, 'No credentials, or credentials that do not hold.', spec.auth !== 'public'],
    [403, 'The caller’s role, or the origin of the request, does not allow it.', spec.auth !== 'public'],
    [404, 'Not there, or outside the caller’s reach.', Boolean(spec.params)],
    [413, 'The body is too large.', hasBody],
    [415, spec.file ? 'The body is of none of the types that are taken.' : 'The body is not JSON.', hasBody],
    [429, 'Too many requests in a minute; go on after `Retry-After`.', !spec.isUnlimited],
    [500, 'A fault on our side; quote `request_id`.', true],
    [503, 'A service that this needs does not answer; try again after `Retry-After`.', true],
  ];
  return problems.flatMap(([status, when, applies]) => (applies ? [[status, when] as [number, string]] : []));
}

/** Faults that a repeated request may have. They stand beside what the operation says of the same statuses. */
const IDEMPOTENCY_PROBLEMS: Readonly<Record<number, string>> = {
  409: 'The first request with this Idempotency-Key runs still; ask again after `Retry-After`.',
  422: 'The Idempotency-Key was used for another request.',
};

function problemsOf(spec: NamedSpec): Record<string, string> {
  const problems: Record<string, string> = { ...Object.fromEntries(usualProblems(spec)), ...spec.operation.problems };
  for (const [status, when] of Object.entries(spec.idempotent ? IDEMPOTENCY_PROBLEMS : {})) {
    problems[status] = [problems[status], when].filter(Boolean).join(' ');
  }
  return problems;
}

const problemResponseOf = (description: string): ZodOpenApiResponseObject => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

const ETAG_HEADERS = {
  ETag: {
    description: 'The version of what this shows, and a hash of the answer: for If-Match and If-None-Match.',
    schema: { type: 'string' as const },
  },
};

function answerResponseOf(spec: Spec, status: string, answer: Answer): ZodOpenApiResponseObject {
  const description = STATUS_CODES[status] ?? 'Answer';
  if (answer === null) return { description };
  const headers = spec.etag ? { headers: ETAG_HEADERS } : {};
  if (answer instanceof z.ZodType) {
    return { description, ...headers, content: { 'application/json': { schema: answer } } };
  }
  if ('location' in answer) {
    return {
      description,
      headers: { Location: { description: answer.location, schema: { type: 'string', format: 'uri' } } },
    };
  }
  if ('events' in answer) return { description, content: { 'text/event-stream': { schema: answer.events } } };
  const text = { schema: z.string() };
  return { description, content: Object.fromEntries(answer.media.map((type) => [type, text])) };
}

function responsesOf(spec: NamedSpec, method: string): Record<string, ZodOpenApiResponseObject> {
  return {
    ...Object.fromEntries(
      Object.entries(problemsOf(spec)).map(([status, description]) => [status, problemResponseOf(description)]),
    ),
    ...Object.fromEntries(
      Object.entries(spec.answers).map(([status, answer]) => [status, answerResponseOf(spec, status, answer)]),
    ),
    ...(spec.etag && method === 'GET' ? { 304: { description: 'The answer that the caller has still holds.' } } : {}),
  };
}

const headerParameters = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header' as const,
    description,
    schema: { type: 'string' as const },
  }));

/**
 * A body with its examples. They stand beside the schema: of a schema that turns input into something else, the JSON
 * Schema generator drops them, because it takes examples for output.
 */
function requestBodyOf(schema: z.ZodType): ZodOpenApiRequestBodyObject {
  const examples: unknown[] = z.globalRegistry.get(schema)?.examples ?? [];
  const named = Object.fromEntries(examples.map((value, index) => [`example${index + 1}`, { value }]));
  return { required: true, content: { 'application/json': { schema, examples: named } } };
}

/** A body that is a file: bytes in all of its types, JSON as any. */
function fileBodyOf({ types, example }: NonNullable<Spec['file']>): ZodOpenApiRequestBodyObject {
  const contentOf = (type: string) =>
    type === JSON_TYPE && example !== undefined
      ? { schema: z.looseObject({}), examples: { example1: { value: example } } }
      : { schema: z.string() };
  return { required: true, content: Object.fromEntries(types.map((type) => [type, contentOf(type)])) };
}

/** Who may call it, in words and for machines. */
const accessOf = (spec: Spec): { words: string; security: Record<string, string[]>[] } =>
  spec.auth === 'public'
    ? { words: 'Needs no sign-in.', security: [] }
    : {
        words: `Needs the right \`${spec.auth}\`: ${rolesThatMay(spec.auth).join(', ')}.`,
        security: [{ apiKey: [] }, { session: [] }],
      };

function operationOf(spec: NamedSpec, method: string): ZodOpenApiOperationObject {
  const { id, tag, summary, description } = spec.operation;
  const headers = {
    ...(spec.etag && method === 'GET'
      ? { 'If-None-Match': 'The ETag of an answer that the caller has: 304 if it holds.' }
      : {}),
    ...(spec.idempotent
      ? { 'Idempotency-Key': 'Makes a repeated request safe: for 24 hours the same key and body do nothing twice.' }
      : {}),
    ...spec.operation.headers,
  };
  const access = accessOf(spec);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, access.words].filter(Boolean).join('\n\n'),
    security: access.security,
    requestParams: {
      ...(spec.params ? { path: spec.params as z.ZodObject } : {}),
      ...(spec.query ? { query: spec.query as z.ZodObject } : {}),
    },
    ...(Object.keys(headers).length > 0 ? { parameters: headerParameters(headers) } : {}),
    ...(spec.body ? { requestBody: requestBodyOf(spec.body) } : {}),
    ...(spec.file ? { requestBody: fileBodyOf(spec.file) } : {}),
    responses: responsesOf(spec, method),
  };
}

function pathsOf(resources: Resources): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(resources).map(([path, methods]) => {
      const operations = Object.entries(methods).flatMap(([method, { spec }]) =>
        spec?.operation ? [[method.toLowerCase(), operationOf({ ...spec, operation: spec.operation }, method)]] : [],
      );
      return [path, Object.fromEntries(operations)];
    }),
  );
}

/**
 * The OpenAPI 3.1 document of an API, made from the very declarations that its routes run on.
 * @throws Error for a schema that JSON Schema cannot express.
 */
export const createOpenApiDocument = (resources: Resources, facts: DocumentFacts) =>
  createDocument({
    openapi: '3.1.1',
    info: {
      title: facts.title,
      version: facts.version,
      description: facts.description,
      contact: { name: 'The admins of the club that runs this portal' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: facts.serverUrl }],
    tags: Object.entries(OPERATION_TAGS).map(([name, description]) => ({ name, description })),
    paths: pathsOf(resources),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `hb_…`: it acts as its user.' },
        session: { type: 'apiKey', in: 'cookie', name: facts.sessionCookie, description: 'Signed in by the browser.' },
      },
    },
  });
