import { LRUCache } from 'lru-cache';
import type { ObjectRef, ObjectStore } from '#lib/storage/object-store.ts';
import type { CdnSigner } from './cdn-signature.ts';
import type { SigningWindow } from './signing-window.ts';

export interface SignOptions {
  generation?: string | null | undefined;
  downloadName?: string;
}

/** A URL of one object for one window. The same inputs give the same URL, from the cache or not. */
export type SignObject = (ref: ObjectRef, window: SigningWindow, options: SignOptions) => Promise<string>;

/** The CDN before the media bucket, whose paths are the bucket's keys. */
export interface Cdn {
  /** Scheme and host, without a slash at the end. */
  origin: string;
  signer: Pick<CdnSigner, 'prefixQuery' | 'signUrl'>;
}

/** A page of 500 clips with ten assets each, twice over. */
const CACHED_SIGNATURES = 10_000;

/** Asks the store at most once per object and window, however many ask at the same moment. */
export function signByStore(store: ObjectStore): SignObject {
  const signatures = new LRUCache<string, Promise<string>>({ max: CACHED_SIGNATURES });
  return (ref, { signedAt, expiresAt }, { generation, downloadName }) => {
    const cacheKey = [ref.bucket, ref.key, generation ?? '', downloadName ?? '', signedAt.getTime()].join('\n');
    let signature = signatures.get(cacheKey);
    if (!signature) {
      signature = store.signGetUrl(ref, {
        signedAt,
        expiresAt,
        ...(generation ? { generation } : {}),
        ...(downloadName ? { downloadName } : {}),
      });
      signatures.set(cacheKey, signature);
      // A signature that failed is asked for again, not served again.
      signature.catch(() => signatures.delete(cacheKey));
    }
    return signature;
  };
}

/** `TEAM/SEASON/GAME/CLIP/` of a key that has all of them. A shorter prefix would open other clips as well. */
const CLIP_FOLDER = /^(?:[^/]+\/){4}(?=[^/]+$)/;

/**
 * One signature per clip folder and window; an object outside such a folder gets one of its own. The generation is in
 * the URL, for caches to tell one cut from the next, but no part of a folder's signature.
 */
export function signByCdn({ origin, signer }: Cdn): SignObject {
  const queries = new LRUCache<string, string>({ max: CACHED_SIGNATURES });
  return async ({ key }, { expiresAt }, { generation }) => {
    const url = `${origin}/${key}${generation ? `?generation=${encodeURIComponent(generation)}` : ''}`;
    const folder = CLIP_FOLDER.exec(key)?.[0];
    if (!folder) return signer.signUrl(url, expiresAt);
    const cacheKey = `${folder}\n${expiresAt.getTime()}`;
    let query = queries.get(cacheKey);
    if (query === undefined) {
      query = signer.prefixQuery(`${origin}/${folder}`, expiresAt);
      queries.set(cacheKey, query);
    }
    return `${url}${generation ? '&' : '?'}${query}`;
  };
}
