import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A strong tag names the bytes as they were sent, so that what was compressed on the way out must not carry the tag of
 * what was not (RFC 9110 §8.8.3.3). It becomes weak: the same content, in other bytes. Conditions that bring it back
 * are compared weakly, and `If-Match` by its version alone (`lib/http/etag.ts`).
 *
 * Answers are compressed within `writeHead`, by listeners that are laid over this one: it is asked last.
 */
export function weakenTagsOfCompressed(request: IncomingMessage, response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    const tag = response.getHeader('etag');
    const isStrong = typeof tag === 'string' && tag.startsWith('"');
    const isCompressed = response.hasHeader('content-encoding');
    // A 304 has no bytes to tell by: it says the tag that its reader has.
    const status = typeof args[0] === 'number' ? args[0] : response.statusCode;
    const isHeldWeakly = status === 304 && request.headers['if-none-match']?.includes(`W/${tag}`);
    if (isStrong && (isCompressed || isHeldWeakly)) response.setHeader('ETag', `W/${tag}`);
    return writeHead(...args);
  };
}
