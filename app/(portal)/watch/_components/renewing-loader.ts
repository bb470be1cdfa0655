import type {
  HlsConfig,
  Loader,
  LoaderCallbacks,
  LoaderConfiguration,
  LoaderContext,
  LoaderResponse,
  LoaderStats,
} from 'hls.js';
import type { SignedUrlBook } from './signed-url-book.ts';

type LoaderClass = new (config: HlsConfig) => Loader<LoaderContext>;

/** What a store or the portal answers to a URL that has expired; Google says 400 for some. */
const EXPIRED = new Set([400, 401, 403, 410]);

/** Whether less has come than was asked for: `rangeEnd` is behind the last byte. */
const isCutShort = ({ rangeStart = 0, rangeEnd = 0 }: LoaderContext, { data }: LoaderResponse): boolean =>
  typeof data === 'object' && 'byteLength' in data && data.byteLength < rangeEnd - rangeStart;

/**
 * A loader for hls.js that asks for the newest URL of each thing, and renews the URLs once when one is refused.
 * hls.js notices neither: it keeps its playlists, its buffer and the frame on screen, where `loadSource` would not.
 * `renew` fills the book; when it throws, the first refusal goes on to hls.js.
 * A part of a file that was broken off on its way before may come from a browser's cache as far as it had come, as if it
 * were all: hls.js would append that and stand still. It is asked for once more.
 */
export function renewingLoader(Base: LoaderClass, book: SignedUrlBook, renew: () => Promise<void>): LoaderClass {
  // Until it is done, the book holds URLs that are known to be refused: who jumps meanwhile waits for better ones.
  let afterRefusal: Promise<void> | null = null;
  const renewRefused = (): Promise<void> => {
    afterRefusal ??= renew().finally(() => {
      afterRefusal = null;
    });
    return afterRefusal;
  };

  return class RenewingLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats: LoaderStats;
    #config: HlsConfig;
    #inner: Loader<LoaderContext>;
    #isStopped = false;

    constructor(config: HlsConfig) {
      this.#config = config;
      this.#inner = new Base(config);
      this.stats = this.#inner.stats;
    }

    load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>): void {
      this.context = context;
      const start = () => this.#isStopped || this.#loadFirst(context, config, callbacks);
      if (afterRefusal) afterRefusal.then(start, start);
      else start();
    }

    #loadFirst(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
      context.url = book.newest(context.url);
      this.#inner.load(context, config, {
        ...callbacks,
        onSuccess: (response, stats, told, details) => {
          if (isCutShort(told, response)) this.#loadAgain(context, config, callbacks);
          else callbacks.onSuccess(response, stats, told, details);
        },
        onError: (error, failed, details, stats) => {
          const refused = () => callbacks.onError(error, failed, details, stats);
          if (!EXPIRED.has(error.code)) refused();
          else
            renewRefused().then(
              () => this.#loadAgain(context, config, callbacks),
              () => this.#isStopped || refused(),
            );
        },
      });
    }

    /** A loader of hls.js works once: the second request needs a new one, under the same statistics. */
    #loadAgain(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
      if (this.#isStopped) return;
      const next = new Base(this.#config);
      Object.assign(this.stats, next.stats);
      next.stats = this.stats;
      this.#inner = next;
      context.url = book.newest(context.url);
      next.load(context, config, callbacks);
    }

    abort(): void {
      this.#isStopped = true;
      this.#inner.abort();
    }

    destroy(): void {
      this.#isStopped = true;
      this.#inner.destroy();
    }

    getCacheAge(): number | null {
      return this.#inner.getCacheAge?.() ?? null;
    }

    getResponseHeader(name: string): string | null {
      return this.#inner.getResponseHeader?.(name) ?? null;
    }
  };
}
