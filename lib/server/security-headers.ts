import type { Env } from '#lib/config/env.ts';
import { isHttps } from '#lib/config/env.ts';

/** A year, as the preload lists ask. */
const HSTS = 'max-age=31536000; includeSubDomains';

const PERMISSIONS =
  'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()';

/**
 * The Content-Security-Policy of what is no page: nothing in it may run or load, whatever a browser takes it for. Stored
 * files have a stricter one, pages get theirs in proxy.ts.
 */
export const ANSWER_POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'";

/** The headers of every answer, whoever gives it. */
export const securityHeaders = (env: Pick<Env, 'NEXTAUTH_URL'>): Record<string, string> => ({
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': PERMISSIONS,
  ...(isHttps(env) ? { 'Strict-Transport-Security': HSTS } : {}),
});
