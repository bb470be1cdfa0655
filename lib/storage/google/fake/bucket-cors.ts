import type { IncomingHttpHeaders } from 'node:http';

/** One rule of a bucket's CORS configuration, with the names of `gcloud storage buckets update --cors-file`. */
export interface CorsRule {
  origin: string[];
  method: string[];
  /** Both what scripts may read of an answer and what they may send. */
  responseHeader: string[];
  maxAgeSeconds?: number;
}

const findRule = (rules: readonly CorsRule[], origin: string, method: string) =>
  rules.find((rule) => (rule.origin.includes('*') || rule.origin.includes(origin)) && rule.method.includes(method));

/** Headers of an answer to a page of another origin; none when no rule allows it. */
export function corsHeaders(
  rules: readonly CorsRule[],
  origin: string | undefined,
  method: string,
): Record<string, string> {
  const rule = origin === undefined ? undefined : findRule(rules, origin, method);
  if (!rule || origin === undefined) return {};
  return {
    'Access-Control-Allow-Origin': rule.origin.includes('*') ? '*' : origin,
    'Access-Control-Expose-Headers': rule.responseHeader.join(', '),
    Vary: 'Origin',
  };
}

/** The answer to a preflight: without these headers the browser sends nothing. */
export function preflightHeaders(rules: readonly CorsRule[], headers: IncomingHttpHeaders): Record<string, string> {
  const { origin } = headers;
  const method = headers['access-control-request-method'] ?? '';
  const rule = origin === undefined ? undefined : findRule(rules, origin, method);
  if (!rule || origin === undefined) return {};
  const allowed = rule.responseHeader.map((name) => name.toLowerCase());
  const asked = (headers['access-control-request-headers'] ?? '').toLowerCase().split(',');
  const names = asked.map((name) => name.trim()).filter(Boolean);
  if (!names.every((name) => allowed.includes(name))) return {};
  return {
    'Access-Control-Allow-Origin': rule.origin.includes('*') ? '*' : origin,
    'Access-Control-Allow-Methods': rule.method.join(', '),
    'Access-Control-Allow-Headers': names.join(', '),
    'Access-Control-Max-Age': String(rule.maxAgeSeconds ?? 3600),
    Vary: 'Origin',
  };
}
