import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { cleanDownloadName } from '#lib/storage/port/download-name.ts';
import type { ObjectRef, SignedGetOptions } from '#lib/storage/port/object-store.ts';
import { assertSignedLifetime } from '#lib/storage/port/object-store.ts';

const KEY_LABEL = 'heartbeat-media disk store: signed GET, version 1';
const PARAMETERS = ['expires', 'generation', 'download', 'signature'] as const;

/** What a good signature allows. */
export interface SignedGrant {
  expiresAt: Date;
  generation?: string;
  downloadName?: string;
}

export type SignatureVerdict = { ok: true; grant: SignedGrant } | { ok: false; code: 'bad_signature' | 'url_expired' };

export interface UrlSigner {
  /** `bucket/key?…`: the same inputs give the same text, byte for byte. */
  signedPath(ref: ObjectRef, options: SignedGetOptions): string;
  /** Judges a received query; expiry is only told to a bearer of a good signature. */
  verify(ref: ObjectRef, query: URLSearchParams, now: Date): SignatureVerdict;
}

/** The three optional parts are percent-encoded, so that no value can pass for another part. */
const canonicalQuery = (expires: string, generation: string | null, download: string | null): string =>
  [
    `expires=${expires}`,
    ...(generation === null ? [] : [`generation=${encodeURIComponent(generation)}`]),
    ...(download === null ? [] : [`download=${encodeURIComponent(download)}`]),
  ].join('&');

const wholeSeconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** Each parameter at most once, and none that was not signed. */
function readParameters(query: URLSearchParams): Map<string, string> | null {
  const found = new Map<string, string>();
  for (const [name, value] of query) {
    if (!PARAMETERS.some((known) => known === name) || found.has(name) || !value.isWellFormed()) return null;
    found.set(name, value);
  }
  return found;
}

/** HMAC-SHA-256 over method, bucket, key and query; the key comes from `secret` by HKDF (RFC 5869). */
export function createUrlSigner(secret: string): UrlSigner {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', KEY_LABEL, 32)));
  const signatureOf = (ref: ObjectRef, query: string) =>
    createHmac('sha256', key).update(`GET\n${ref.bucket}\n${ref.key}\n${query}`).digest('base64url');

  return {
    signedPath(ref, { signedAt, expiresAt, generation, downloadName }) {
      assertSignedLifetime(signedAt, expiresAt);
      const download = downloadName === undefined ? null : cleanDownloadName(downloadName);
      const query = canonicalQuery(String(wholeSeconds(expiresAt)), generation ?? null, download);
      return `${ref.bucket}/${ref.key}?${query}&signature=${signatureOf(ref, query)}`;
    },
    verify(ref, query, now) {
      const parameters = readParameters(query);
      const expires = parameters?.get('expires');
      const signature = parameters?.get('signature');
      if (!parameters || !signature || !expires || !/^\d{1,12}$/.test(expires)) {
        return { ok: false, code: 'bad_signature' };
      }
      const generation = parameters.get('generation');
      const downloadName = parameters.get('download');
      const signed = signatureOf(ref, canonicalQuery(expires, generation ?? null, downloadName ?? null));
      // The text is compared, not the decoded bytes: base64 has several spellings of one value.
      const [expected, given] = [Buffer.from(signed), Buffer.from(signature)];
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
        return { ok: false, code: 'bad_signature' };
      }
      const expiresAt = new Date(Number(expires) * 1000);
      if (now.getTime() >= expiresAt.getTime()) return { ok: false, code: 'url_expired' };
      return {
        ok: true,
        grant: {
          expiresAt,
          ...(generation === undefined ? {} : { generation }),
          ...(downloadName === undefined ? {} : { downloadName }),
        },
      };
    },
  };
}
