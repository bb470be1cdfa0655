import { createHmac, createSecretKey } from 'node:crypto';

/** A signing key of a backend bucket: its name there, and its 16 bytes in base64url. */
export interface CdnKey {
  name: string;
  secret: string;
}

/** Cloud CDN knows keys of 128 bits only. */
const KEY_BYTES = 16;

export interface CdnSigner {
  /** The one URL, whatever its query is, until `expiresAt`. */
  signUrl(url: string, expiresAt: Date): string;
  /** A query for every URL that starts with `prefix`, which has neither query nor fragment. */
  prefixQuery(prefix: string, expiresAt: Date): string;
  /** `Cloud-CDN-Cookie=…`, as in a `Set-Cookie`, for every URL that starts with `prefix`. */
  cookie(prefix: string, expiresAt: Date): string;
}

/** Base64url with its padding, which Node's own leaves out and Cloud CDN asks for. */
const paddedBase64Url = (bytes: Buffer): string => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');

const epochSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** Throws a `TypeError` for what is no http(s) URL, and for a prefix that Cloud CDN would not take. */
function assertUrl(url: string, what: 'URL' | 'prefix'): void {
  const isUrl = /^https?:\/\/[^\s#]+$/.test(url) && URL.canParse(url) && !url.includes('/../');
  if (!isUrl || (what === 'prefix' && url.includes('?'))) throw new TypeError(`"${url}" is no ${what} to sign.`);
  const signed = /[?&](URLPrefix|Expires|KeyName|Signature)=/.exec(url);
  if (signed) throw new TypeError(`The URL has a parameter ${signed[1]} of its own.`);
}

/**
 * Signs for Cloud CDN: HMAC-SHA1 over the text so far, in padded base64url ("Use signed URLs" and "Use signed cookies"
 * of the Cloud CDN manual). The same inputs give the same text. Throws a `RangeError` for a key that is not 16 bytes.
 */
export function createCdnSigner({ name, secret }: CdnKey): CdnSigner {
  const key = createSecretKey(Buffer.from(secret, 'base64url'));
  if (key.symmetricKeySize !== KEY_BYTES) throw new RangeError('A signing key of Cloud CDN is 16 bytes in base64url.');
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) throw new RangeError(`"${name}" is no name of a signing key.`);
  const signatureOf = (text: string) => paddedBase64Url(createHmac('sha1', key).update(text).digest());
  const policy = (prefix: string, expiresAt: Date, separator: '&' | ':') => {
    assertUrl(prefix, 'prefix');
    const parts = [
      `URLPrefix=${paddedBase64Url(Buffer.from(prefix))}`,
      `Expires=${epochSeconds(expiresAt)}`,
      `KeyName=${name}`,
    ].join(separator);
    return `${parts}${separator}Signature=${signatureOf(parts)}`;
  };

  return {
    signUrl(url, expiresAt) {
      assertUrl(url, 'URL');
      const text = `${url}${url.includes('?') ? '&' : '?'}Expires=${epochSeconds(expiresAt)}&KeyName=${name}`;
      return `${text}&Signature=${signatureOf(text)}`;
    },
    prefixQuery: (prefix, expiresAt) => policy(prefix, expiresAt, '&'),
    cookie: (prefix, expiresAt) => `Cloud-CDN-Cookie=${policy(prefix, expiresAt, ':')}`,
  };
}
