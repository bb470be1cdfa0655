/**
 * Signed URLs change when they are renewed, what they point to does not: origin and path stay, the query is new.
 * The book holds the newest URL of each thing, so that hls.js may go on asking for the ones it read at the start.
 */
export class SignedUrlBook {
  readonly #newest = new Map<string, string>();
  readonly #otherNames = new Map<string, string>();

  /** Takes absolute URLs as the newest of their things. */
  remember(urls: Iterable<string>): void {
    for (const url of urls) {
      const name = thingOf(url);
      if (name) this.#newest.set(name, url);
    }
  }

  /** Takes `url` as another name of what `signedUrl` is the URL of: playlists name files, and the store's URLs are other ones. */
  alias(url: string, signedUrl: string): void {
    const [name, thing] = [thingOf(url), thingOf(signedUrl)];
    if (name && thing) this.#otherNames.set(name, thing);
    this.remember([signedUrl]);
  }

  /** The newest URL of the same thing, or the URL itself when no newer one is known. */
  newest(url: string): string {
    const name = thingOf(url);
    return (name && this.#newest.get(this.#otherNames.get(name) ?? name)) || url;
  }
}

function thingOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The name of the file that a URL is of. */
export const fileOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** The absolute URLs that an HLS playlist names: its own lines and `URI="…"` attributes (RFC 8216 §4.1, §4.2). */
export function urlsInPlaylist(text: string, baseUrl: string): string[] {
  const named = text.split(/\r?\n/).flatMap((line) => {
    if (!line.startsWith('#')) return line.trim() === '' ? [] : [line.trim()];
    return [...line.matchAll(/URI="([^"]+)"/g)].map((match) => match[1] ?? '');
  });
  const absolute = named.filter((uri) => URL.canParse(uri, baseUrl)).map((uri) => new URL(uri, baseUrl).href);
  return [...new Set(absolute)];
}

const isPlaylist = (url: string) => new URL(url).pathname.endsWith('.m3u8');

/** Every URL of a signed HLS tree: the multivariant playlist's own, its renditions', and what those name. */
export async function urlsOfHlsTree(
  playlistUrl: string,
  fetchText: (url: string) => Promise<string>,
): Promise<string[]> {
  const first = urlsInPlaylist(await fetchText(playlistUrl), playlistUrl);
  const below = await Promise.all(
    first.filter(isPlaylist).map(async (url) => urlsInPlaylist(await fetchText(url), url)),
  );
  return [playlistUrl, ...first, ...below.flat()];
}

/** Which part of a URL's life may pass before it is renewed. */
const RENEW_AFTER = 0.8;
/** `setTimeout` takes 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * How long to wait before a URL is renewed, in ms, from its last moment and the server's clock now (the browser's own
 * clock may be wrong by hours). Never negative.
 */
export function renewalDelayMs(expiresAtMs: number, serverNowMs: number): number {
  return Math.min(LONGEST_TIMER_MS, Math.max(0, (expiresAtMs - serverNowMs) * RENEW_AFTER));
}
