import { LRUCache } from 'lru-cache';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';
import type { CdnSigner } from './cdn-signature.ts';
import type { SigningWindow } from './signing-window.ts';

export interface SignOptions {
  generation?: string | null | undefined;
  downloadName?: string;
}

/** What is there without waiting when it is known, and otherwise comes. */
export type AtOnceOrLater<T> = T | Promise<T>;

export const isLater = <T extends string | object | null>(value: AtOnceOrLater<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && 'then' in value;

/** A URL of one object for one window. The same inputs give the same URL. */
export type SignObject = (ref: ObjectRef, window: SigningWindow, options: SignOptions) => AtOnceOrLater<string>;

/** The CDN before the media bucket, whose paths are the bucket's keys. */
export interface Cdn {
  /** Scheme and host, without a slash at the end. */
  origin: string;
  signer: Pick<CdnSigner, 'prefixQuery' | 'signUrl'>;
}

/** Thousands of clips with all their assets: some 60 MB when every URL is as long as Google's. */
const CACHED_SIGNATURES = 50_000;

/** What was signed in the present window. At the next one all of it is worthless, and is dropped at once. */
export function windowCache<V extends {}>(): (window: SigningWindow) => LRUCache<string, V> {
  const cache = new LRUCache<string, V>({ max: CACHED_SIGNATURES });
  let startMs = Number.NaN;
  return ({ signedAt }) => {
    if (signedAt.getTime() !== startMs) {
      cache.clear();
      startMs = signedAt.getTime();
    }
    return cache;
  };
}

export const signByStore =
  (store: ObjectStore): SignObject =>
  (ref, window, { generation, downloadName }) =>
    store.signGetUrl(ref, {
      ...window,
      ...(generation ? { generation } : {}),
      ...(downloadName ? { downloadName } : {}),
    });

/** `TEAM/SEASON/GAME/CLIP/` of a key that has all of them. A shorter prefix would open other clips as well. */
const CLIP_FOLDER = /^(?:[^/]+\/){4}(?=[^/]+$)/;

/**
 * One signature per clip folder and window; an object outside such a folder gets one of its own. The generation is in
 * the URL, for caches to tell one cut from the next, but no part of a folder's signature.
 */
export function signByCdn({ origin, signer }: Cdn): SignObject {
  const cacheOf = windowCache<string>();
  return ({ key }, window, { generation }) => {
    const url = `${origin}/${key}${generation ? `?generation=${encodeURIComponent(generation)}` : ''}`;
    const folder = CLIP_FOLDER.exec(key)?.[0];
    if (!folder) return signer.signUrl(url, window.expiresAt);
    const queries = cacheOf(window);
    const query = queries.get(folder) ?? signer.prefixQuery(`${origin}/${folder}`, window.expiresAt);
    queries.set(folder, query);
    return `${url}${generation ? '&' : '?'}${query}`;
  };
}
