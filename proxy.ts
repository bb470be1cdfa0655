import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { readEnv } from '#lib/config/env.ts';
import { storeSourcesOf } from '#lib/config/store-sources.ts';
import { pagePolicy } from '#lib/http/content-security-policy.ts';

/**
 * Gives each page its Content-Security-Policy with a nonce; Next takes the nonce for its own scripts from the request's
 * header. It decides nothing else, and never sees `/api` (docs/adr/0020).
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64');
  const development = process.env.NODE_ENV === 'development';
  const policy = pagePolicy({ nonce, stores: storeSourcesOf(readEnv()), development });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  headers.set('X-Nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

export const config = { matcher: '/((?!api/|_next/).*)' };
