import { z } from 'zod';
import { entityTag, isNotModified } from './etag.ts';
import type { AnyReply, AnyRouteSpec } from './operation.ts';
import { type Budget, rateHeaders } from './rate-limit.ts';
import { JSON_TYPE } from './read-input.ts';
import { textResponse } from './whole-text.ts';

const NO_STORE = { 'Cache-Control': 'private, no-store' };
/** A browser may keep it, and asks by its ETag each time. */
const ASK_AGAIN = { 'Cache-Control': 'private, no-cache' };
/** Neither kept, nor compressed (which would hold messages back), nor buffered by a proxy (nginx's own header). */
const EVENT_STREAM = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** JSON with its tag; 304 for a reader who has it already (RFC 9110 §13.1.2: of GET and HEAD). */
function taggedResponse(request: Request, reply: AnyReply, json: unknown, version: string | null, base: HeadersInit) {
  const body = JSON.stringify(json);
  const etag = entityTag(body, version);
  const headers = new Headers(base);
  headers.set('ETag', etag);
  // What answers is compressed for whom is decided later; a 304 says the same of it as the 200 did.
  headers.append('Vary', 'Accept-Encoding');
  if (isRead(request) && isNotModified(request, etag)) return new Response(null, { status: 304, headers });
  headers.set('Content-Type', JSON_TYPE);
  return textResponse(body, { status: reply.status, headers });
}

/** The reply as its declaration promises it: a value that breaks its schema, or a status never declared, is our fault. */
export function toResponse<D>(reply: AnyReply, spec: AnyRouteSpec<D>, request: Request, requestId: string): Response {
  const answer = spec.answers[reply.status];
  if (answer === undefined) throw new Error(`the status ${reply.status} is not declared`);
  const kept = spec.mayBeKept ? ASK_AGAIN : NO_STORE;
  const headers: Record<string, string> = { ...kept, 'X-Request-Id': requestId, ...reply.headers };
  if (reply.location !== undefined) headers.Location = reply.location;
  if (answer instanceof z.ZodType) {
    const json = answer.parse(reply.json);
    if (spec.etag) return taggedResponse(request, reply, json, spec.etag(json), headers);
    return textResponse(JSON.stringify(json), {
      status: reply.status,
      headers: { ...headers, 'Content-Type': JSON_TYPE },
    });
  }
  const isEvents = answer !== null && 'events' in answer;
  Object.assign(headers, isEvents ? EVENT_STREAM : {});
  if (request.method === 'HEAD') {
    // Nobody reads it: what is held for its reader is given back.
    void reply.stream?.cancel();
    return new Response(null, { status: reply.status, headers });
  }
  const init = { status: reply.status, headers };
  return reply.text === undefined ? new Response(reply.stream ?? null, init) : textResponse(reply.text, init);
}

/** Without credentials: `*` tells browsers to send none (Fetch, "CORS protocol and credentials"). */
const OPEN_TO_PAGES = { 'Access-Control-Allow-Origin': '*' };
/** What a page may ask with; a player asks for parts of what it knows. */
const PREFLIGHT = {
  ...OPEN_TO_PAGES,
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Range',
  'Access-Control-Max-Age': '86400',
};

/** Says to whom an answer is open, and what is left of the caller's minute. */
export function withFacts<D>(response: Response, spec: AnyRouteSpec<D> | undefined, budget: Budget | null): Response {
  const facts = { ...(spec?.isOpenToPages ? OPEN_TO_PAGES : {}), ...(budget ? rateHeaders(budget) : {}) };
  for (const [name, value] of Object.entries(facts)) response.headers.set(name, value);
  return response;
}

/** What may be asked of a resource (RFC 9110 §9.3.7), and what its PATCH takes (RFC 5789 §3.1). The same for everybody. */
export function optionsResponse<D>(
  { GET, PATCH }: { GET?: AnyRouteSpec<D>; PATCH?: AnyRouteSpec<D> },
  allow: string,
  requestId: string,
): Response {
  const headers = {
    ...{ ...NO_STORE, Allow: allow, 'X-Request-Id': requestId },
    ...(PATCH?.body ? { 'Accept-Patch': JSON_TYPE } : {}),
    ...(GET?.isOpenToPages ? PREFLIGHT : {}),
  };
  return new Response(null, { status: 204, headers });
}
