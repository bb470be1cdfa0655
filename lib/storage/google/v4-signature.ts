import { createHash, createHmac } from 'node:crypto';

/** Who signs, and how. `sign` gets the string to sign and gives the signature in lower-case hex. */
export interface V4Signer {
  algorithm: 'GOOG4-RSA-SHA256' | 'GOOG4-HMAC-SHA256';
  /** The service account's address, or the access id of an HMAC key. */
  accessId: string;
  sign(stringToSign: string): Promise<string>;
}

export interface V4Request {
  method: 'GET';
  /** Scheme and host (with its port, if any) that the URL will be asked under: the host is signed. */
  endpoint: string;
  bucket: string;
  key: string;
  signedAt: Date;
  /** Seconds after `signedAt`. */
  lifetimeS: number;
  query?: Readonly<Record<string, string>>;
}

/** RFC 3986: everything but unreserved characters, as "Canonical requests" of the Cloud Storage manual asks. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const encodePath = (text: string): string => text.split('/').map(encode).join('/');

const hexSha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `20260131T235959Z` */
const basicTime = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** The text that a V4 signature is made over ("Signatures" of the Cloud Storage manual). */
export const stringToSign = (algorithm: string, time: string, scope: string, canonicalRequest: string): string =>
  [algorithm, time, scope, hexSha256(canonicalRequest)].join('\n');

/**
 * A V4 signed URL of one object, without payload checks: deterministic for the same inputs, and unlike the client
 * library's own signer it signs for any moment and with HMAC keys too.
 */
export async function signV4Url(request: V4Request, signer: V4Signer): Promise<string> {
  const { host, origin } = new URL(request.endpoint);
  const time = basicTime(request.signedAt);
  const scope = `${time.slice(0, 8)}/auto/storage/goog4_request`;
  const path = `/${encodePath(`${request.bucket}/${request.key}`)}`;
  const query = Object.entries({
    ...request.query,
    'X-Goog-Algorithm': signer.algorithm,
    'X-Goog-Credential': `${signer.accessId}/${scope}`,
    'X-Goog-Date': time,
    'X-Goog-Expires': String(request.lifetimeS),
    'X-Goog-SignedHeaders': 'host',
  })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    // No name is the start of another, so that the order of the pairs is that of the names.
    .sort((a, b) => (a < b ? -1 : 1))
    .join('&');
  const canonical = [request.method, path, query, `host:${host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const signature = await signer.sign(stringToSign(signer.algorithm, time, scope, canonical));
  return `${origin}${path}?${query}&X-Goog-Signature=${signature}`;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * A day's signing key: HMAC-SHA-256 over each part of the scope in turn, from the prefixed secret on. Google's and
 * Amazon's derivations differ in the words only ("Signatures" of the Cloud Storage manual, AWS Signature Version 4).
 */
export const deriveV4Key = (prefixedSecret: string, scopeParts: readonly string[]): Buffer =>
  scopeParts.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(prefixedSecret));

/** Signs with a Cloud Storage HMAC key, without asking anybody. */
export function hmacSigner(accessId: string, secret: string): V4Signer {
  let scope = '';
  let key: Buffer = Buffer.alloc(0);
  return {
    algorithm: 'GOOG4-HMAC-SHA256',
    accessId,
    sign: async (text) => {
      const asked = text.split('\n', 3)[2] ?? '';
      // A day's key serves all of that day's signatures.
      if (asked !== scope) {
        key = deriveV4Key(`GOOG4${secret}`, asked.split('/'));
        scope = asked;
      }
      return hmac(key, text).toString('hex');
    },
  };
}
