import { isApiError } from '#app/_client/api-fetch.ts';
import { renewalDelayMs, type SignedUrlBook } from './signed-url-book.ts';

/** A playlist URL and its last moment, with the URLs of the files that the playlists below it name. */
export interface SignedPlaylist {
  url: string;
  media: string[];
  expiresAtMs: number;
}

/** Why playing stopped; each has a picture of its own. */
export type PlaybackFault = 'network' | 'media' | 'access' | 'signed_out';

/** What an error of the portal means to someone who watches. */
export function faultOfError(error: unknown): PlaybackFault {
  const status = isApiError(error) ? error.status : 0;
  if (status === 401) return 'signed_out';
  return status === 403 || status === 404 ? 'access' : 'network';
}

/** Fresh URLs that seem to be old already mean a wrong clock, or a very short life: no reason to ask without a pause. */
const SHORTEST_MS = 5000;
/** How soon a renewal that failed in the background is tried again. */
const RETRY_MS = 30_000;

interface RenewalPort {
  /** Asks the portal for the playlist's newest URL. */
  fetchPlaylist: () => Promise<SignedPlaylist>;
  /** Every URL that goes with it. */
  urlsOf: (playlist: SignedPlaylist) => Promise<string[]>;
  /** The server's clock, in ms. */
  serverNowMs: () => number;
  /** Called when the portal says that this person may not watch any more. */
  onLost: (fault: PlaybackFault) => void;
}

/**
 * Renews the URLs of one clip: in the background when most of their life is over, and whenever someone asks.
 * Several who ask at once share one renewal.
 */
export class UrlRenewal {
  readonly #book: SignedUrlBook;
  readonly #port: RenewalPort;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | null = null;
  #isStopped = false;
  /** The answer that took the clip away; nobody is asked again after it. */
  #refusal: unknown = null;

  constructor(book: SignedUrlBook, port: RenewalPort) {
    this.#book = book;
    this.#port = port;
  }

  /** Plans the renewal of URLs that live until then. */
  schedule(expiresAtMs: number): void {
    this.#wait(Math.max(SHORTEST_MS, renewalDelayMs(expiresAtMs, this.#port.serverNowMs())));
  }

  /** Fills the book with fresh URLs. Throws what the portal answered; once that was a refusal, without asking again. */
  readonly renew = (): Promise<void> => {
    if (this.#refusal) return Promise.reject(this.#refusal);
    this.#underWay ??= this.#renewNow().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  };

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #renewNow(): Promise<void> {
    try {
      const playlist = await this.#port.fetchPlaylist();
      this.#book.remember(await this.#port.urlsOf(playlist));
      this.schedule(playlist.expiresAtMs);
    } catch (error) {
      const fault = faultOfError(error);
      if (fault !== 'network') {
        this.#refusal = error;
        if (!this.#isStopped) this.#port.onLost(fault);
      }
      throw error;
    }
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const tryLater = () => {
      if (!this.#refusal) this.#wait(RETRY_MS);
    };
    this.#timer = setTimeout(() => this.renew().catch(tryLater), ms);
  }
}
