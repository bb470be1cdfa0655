import { createHash, createHmac, createVerify, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Whose signatures the fake knows. */
export interface KnownKeys {
  /** Public keys of service accounts by their address. */
  accounts: Readonly<Record<string, KeyObject>>;
  /** Secrets of HMAC keys by their access id. */
  hmacSecrets: Readonly<Record<string, string>>;
}

/** A request as it came over the wire; path and query are not decoded. */
export interface WireRequest {
  method: string;
  rawPath: string;
  rawQuery: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type V4Verdict = { ok: true; expiresAt: Date } | { ok: false; status: 400 | 403; code: string };

const refuse = (code: string, status: 400 | 403 = 403): V4Verdict => ({ ok: false, status, code });
const MAX_LIFETIME_S = 604_800;
const NAMES = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'].map((n) => `X-Goog-${n}`);

const header = (value: string | string[] | undefined) =>
  (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/\s{2,}/g, ' ');

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '\0';
  }
}

function readParameters(rawQuery: string): Map<string, string> | null {
  const found = new Map<string, string>();
  for (const pair of rawQuery.split('&')) {
    const [name = '', value = ''] = [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)];
    if (found.has(name)) return null;
    found.set(name, value);
  }
  return NAMES.every((name) => found.has(name)) ? found : null;
}

/** `20260131T235959Z` → a moment. */
function readTime(text: string): Date | null {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const moment = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

const mac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

function isGood(keys: KnownKeys, algorithm: string, accessId: string, scope: string, text: string, hex: string) {
  if (!/^([0-9a-f]{2})+$/.test(hex)) return false;
  const signature = Buffer.from(hex, 'hex');
  if (algorithm === 'GOOG4-RSA-SHA256') {
    const key = keys.accounts[accessId];
    return key !== undefined && createVerify('RSA-SHA256').update(text).verify(key, signature);
  }
  const secret = keys.hmacSecrets[accessId];
  if (algorithm !== 'GOOG4-HMAC-SHA256' || secret === undefined) return false;
  const [date = '', region = '', service = '', type = ''] = scope.split('/');
  const expected = mac(mac(mac(mac(mac(`GOOG4${secret}`, date), region), service), type), text);
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

/**
 * Judges a V4 signed URL by the Cloud Storage manual ("Signatures", "Canonical requests"), written without a look at
 * the code that signs. The canonical request is rebuilt from what came over the wire, so that nothing is forgiven.
 */
export function verifyV4(request: WireRequest, keys: KnownKeys, now: Date): V4Verdict {
  const parameters = readParameters(request.rawQuery);
  if (!parameters) return refuse('AccessDenied');
  const get = (name: string) => decode(parameters.get(`X-Goog-${name}`) ?? '');
  const date = readTime(get('Date'));
  const [accessId = '', ...scopeParts] = get('Credential').split('/');
  const scope = scopeParts.join('/');
  if (!date || !/^\d{8}\/auto\/storage\/goog4_request$/.test(scope) || !get('Date').startsWith(scope.slice(0, 8))) {
    return refuse('AuthorizationQueryParametersError', 400);
  }
  const lifetimeS = /^\d{1,6}$/.test(get('Expires')) ? Number(get('Expires')) : 0;
  if (lifetimeS < 1 || lifetimeS > MAX_LIFETIME_S) return refuse('AuthorizationQueryParametersError', 400);

  const names = get('SignedHeaders').split(';');
  if (!names.includes('host') || [...names].sort().join() !== names.join()) return refuse('SignatureDoesNotMatch');
  const unsigned = Object.keys(request.headers).filter((name) => name.startsWith('x-goog-') && !names.includes(name));
  if (unsigned.length > 0) return refuse('SignatureDoesNotMatch');
  const canonicalHeaders = names.map((name) => `${name}:${header(request.headers[name])}\n`).join('');
  const canonicalQuery = request.rawQuery
    .split('&')
    .filter((pair) => !pair.startsWith('X-Goog-Signature='))
    .sort()
    .join('&');
  const canonical = [
    ...[request.method, request.rawPath, canonicalQuery],
    ...[canonicalHeaders, names.join(';'), 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = [get('Algorithm'), get('Date'), scope, hash].join('\n');
  const signature = parameters.get('X-Goog-Signature') ?? '';
  if (!isGood(keys, get('Algorithm'), accessId, scope, text, signature)) return refuse('SignatureDoesNotMatch');

  const expiresAt = new Date(date.getTime() + lifetimeS * 1000);
  if (now >= expiresAt) return refuse('ExpiredToken', 400);
  return { ok: true, expiresAt };
}
