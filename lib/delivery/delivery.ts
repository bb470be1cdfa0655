import { LRUCache } from 'lru-cache';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type Buckets, parseGsUri } from '#lib/storage/object-keys.ts';
import type { ObjectStore } from '#lib/storage/object-store.ts';
import { createPlaybackTokens, type PlaybackTokens } from './playback-token.ts';
import { type SigningPeriod, windowAt } from './signing-window.ts';

/** A URL that works without any header, and the moment at which it stops. */
export interface SignedUrl {
  url: string;
  expiresAt: Date;
}

export interface SignOptions {
  generation?: string | null | undefined;
  downloadName?: string;
}

export interface Delivery {
  /** A signed URL of one object of the two buckets; the store signs at most once per object and window. */
  signObject(gcsUri: string, options?: SignOptions): Promise<SignedUrl>;
  /** The absolute URL of a text that the API makes for one clip and caller: a playlist, or the storyboard's VTT. */
  signClipFile(user: UserContext, clipId: string, fileName: string): SignedUrl;
  /** The token that `signClipFile` puts into its URLs. */
  tokens: PlaybackTokens;
}

export interface DeliveryOptions extends SigningPeriod {
  store: ObjectStore;
  buckets: Buckets;
  baseUrl: string;
  secret: string;
  now(): Date;
}

/** A page of 500 clips with ten assets each, twice over. */
const CACHED_SIGNATURES = 10_000;

/** Turns assets into URLs. Signing times are floored to windows (docs/adr/0006), and a window's signatures are kept. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, buckets, baseUrl, now } = options;
  const tokens = createPlaybackTokens(options.secret);
  const signatures = new LRUCache<string, Promise<string>>({ max: CACHED_SIGNATURES });

  const signObject = async (gcsUri: string, { generation, downloadName }: SignOptions = {}): Promise<SignedUrl> => {
    const { signedAt, expiresAt } = windowAt(now(), options);
    const cacheKey = [gcsUri, generation ?? '', downloadName ?? '', signedAt.getTime()].join('\n');
    let signature = signatures.get(cacheKey);
    if (!signature) {
      const ref = parseGsUri(buckets, gcsUri);
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
    return { url: await signature, expiresAt };
  };

  const signClipFile = (user: UserContext, clipId: string, fileName: string): SignedUrl => {
    const { expiresAt } = windowAt(now(), options);
    const token = tokens.issue({ clipId, userId: user.userId, apiKeyId: user.apiKeyId, expiresAt });
    return { url: `${baseUrl}/api/v2/clips/${encodeURIComponent(clipId)}/${fileName}?token=${token}`, expiresAt };
  };

  return { signObject, signClipFile, tokens };
}
