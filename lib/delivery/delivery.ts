import type { UserContext } from '#lib/auth/user-context.ts';
import { type Buckets, parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { createObjectSeal, type ObjectSeal } from './object-seal.ts';
import {
  type AtOnceOrLater,
  type Cdn,
  isLater,
  type SignOptions,
  signByCdn,
  signByStore,
  windowCache,
} from './object-signers.ts';
import { createPlaybackTokens, filmOfItem, filmOfMaster, type PlaybackTokens } from './playback-token.ts';
import { presentWindow, type SigningPeriod, type SigningWindow } from './signing-window.ts';

/** A URL that works without any header, and the moment at which it stops. */
export interface SignedUrl {
  url: string;
  expiresAt: Date;
}

export interface Delivery {
  /**
   * A signed URL of one object of the two buckets. The store signs at most once per object and window; a CDN's key at
   * most once per clip folder and window. What was signed in this window is there at once: a list asks for hundreds.
   */
  signObject(gcsUri: string, options?: SignOptions): AtOnceOrLater<SignedUrl>;
  /** The absolute URL of a text that the API makes for one clip and caller: a playlist, or the storyboard's VTT. */
  signClipFile(user: UserContext, clipId: string, fileName: string): SignedUrl;
  /** The same of a master: a playlist of what is prepared of it. */
  signMasterFile(user: UserContext, masterId: string, fileName: string): SignedUrl;
  /** The token that these put into their URLs. */
  tokens: PlaybackTokens;
  /** The objects that the portal hands out itself, so that their keys are not read. */
  objects: ObjectSeal;
  /** The same for whoever has a link, and one item of what it shows. */
  ofLink(item: LinkItem): Delivery;
}

/** An item of a reel that is shown through a link. */
export interface LinkItem {
  linkId: string;
  itemId: string;
  /** Whether it may be told whose clip it is: else no URL has the key of an object. */
  isNamed: boolean;
}

export interface DeliveryOptions extends SigningPeriod {
  store: ObjectStore;
  buckets: Buckets;
  baseUrl: string;
  secret: string;
  cdn?: Cdn | undefined;
  now(): Date;
}

/** Turns assets into URLs. Signing times are floored to windows (docs/adr/0006), and a window's signatures are kept. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, buckets, baseUrl, cdn, now } = options;
  const tokens = createPlaybackTokens(options.secret);
  const objects = createObjectSeal(options.secret);
  const windowNow = presentWindow(now, options);
  const byStore = signByStore(store);
  const byCdn = cdn ? signByCdn(cdn) : byStore;
  const keptOf = windowCache<AtOnceOrLater<SignedUrl>>();

  const sign = (gcsUri: string, window: SigningWindow, signOptions: SignOptions): AtOnceOrLater<SignedUrl> => {
    const ref = parseGsUri(buckets, gcsUri);
    // A CDN serves the media bucket only, and cannot be told a file name for the download.
    const signer = ref.bucket === buckets.media && !signOptions.downloadName ? byCdn : byStore;
    const url = signer(ref, window, signOptions);
    const { expiresAt } = window;
    return isLater(url) ? url.then((later) => ({ url: later, expiresAt })) : { url, expiresAt };
  };

  /** However many ask at the same moment, one asks the store; a signature that failed is asked for again. */
  const signObject = (gcsUri: string, signOptions: SignOptions = {}): AtOnceOrLater<SignedUrl> => {
    const window = windowNow();
    const kept = keptOf(window);
    const cacheKey = `${gcsUri}\n${signOptions.generation ?? ''}\n${signOptions.downloadName ?? ''}`;
    const known = kept.get(cacheKey);
    if (known !== undefined) return known;
    try {
      const signed = sign(gcsUri, window, signOptions);
      kept.set(cacheKey, signed);
      if (!isLater(signed)) return signed;
      const isStill = () => kept.get(cacheKey) === signed;
      signed.then(
        (url) => isStill() && kept.set(cacheKey, url),
        () => isStill() && kept.delete(cacheKey),
      );
      return signed;
    } catch (error) {
      return Promise.reject(error);
    }
  };

  const signText = (user: UserContext, film: string, path: string): SignedUrl => {
    const { expiresAt } = windowNow();
    const { userId, apiKeyId, reelId } = user;
    const token = tokens.issue({ film, userId, apiKeyId, reelId, expiresAt });
    return { url: `${baseUrl}/api/v2/${path}?token=${token}`, expiresAt };
  };
  const signClipFile = (user: UserContext, clipId: string, fileName: string): SignedUrl =>
    signText(user, clipId, `clips/${encodeURIComponent(clipId)}/${fileName}`);
  const signMasterFile = (user: UserContext, masterId: string, fileName: string): SignedUrl =>
    signText(user, filmOfMaster(masterId), `masters/${encodeURIComponent(masterId)}/${fileName}`);

  const sealObject =
    (linkId: string): Delivery['signObject'] =>
    (gcsUri, { generation = null, downloadName } = {}) => {
      parseGsUri(buckets, gcsUri);
      const { expiresAt } = windowNow();
      const name = objects.close({ gcsUri, generation, linkId, downloadName, expiresAt });
      return { url: `${baseUrl}/api/v2/shared-media/${name}`, expiresAt };
    };

  const ofLink = ({ linkId, itemId, isNamed }: LinkItem): Delivery => ({
    ...delivery,
    signObject: isNamed ? signObject : sealObject(linkId),
    signClipFile: (_user, _clipId, fileName) => {
      const { expiresAt } = windowNow();
      const token = tokens.issueToLink({ film: filmOfItem(itemId), linkId, expiresAt });
      return { url: `${baseUrl}/api/v2/shared/${itemId}/${fileName}?token=${token}`, expiresAt };
    },
  });

  const delivery: Delivery = { signObject, signClipFile, signMasterFile, tokens, objects, ofLink };
  return delivery;
}
