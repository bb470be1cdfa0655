import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { publicBaseUrl, readEnv } from '#lib/config/env.ts';
import { storeSourcesOf } from '#lib/config/store-sources.ts';
import { pagePolicy } from '#lib/http/content-security-policy.ts';
import { isFromOwnPage } from '#lib/http/same-origin.ts';

const FOREIGN = 'A change by a browser must come from a page of the portal itself.';

/**
 * Gives each page its Content-Security-Policy with a nonce; Next takes the nonce for its own scripts from the request's
 * header. Refuses what no page of the portal sent. Who may do what is decided elsewhere, and it never sees `/api`
 * (docs/adr/0020, 0019).
 */
export function proxy(request: NextRequest): NextResponse {
  const env = readEnv();
  if (!isFromOwnPage(request, new URL(publicBaseUrl(env)).origin)) return new NextResponse(FOREIGN, { status: 403 });
  const nonce = randomBytes(16).toString('base64');
  const development = process.env.NODE_ENV === 'development';
  const policy = pagePolicy({ nonce, stores: storeSourcesOf(env), development });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  headers.set('X-Nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  // What a link shows is for whoever it was given to.
  if (request.nextUrl.pathname.startsWith('/s/')) response.headers.set('X-Robots-Tag', 'noindex, nofollow');
  return response;
}

export const config = { matcher: '/((?!api/|_next/).*)' };
