import type { HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, LoaderContext } from 'hls.js';
import type { PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { fileOf } from './signed-url-book.ts';

type LoaderClass = new (config: HlsConfig) => Loader<LoaderContext>;

/**
 * A loader of playlists for hls.js that answers with texts that came otherwise, and asks `Base` for the others: no
 * request for the multivariant playlist, and none for a rendition's after it.
 * @param texts by file name; `null` when they did not come.
 */
export function textLoader(Base: LoaderClass, texts: Promise<PlaylistTexts | null>): LoaderClass {
  return class TextLoader extends Base {
    #isStopped = false;

    override load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
      this.context = context;
      void texts.then((known) => {
        if (this.#isStopped) return;
        const data = known?.[fileOf(context.url)];
        if (data === undefined) return super.load(context, config, callbacks);
        const nowMs = performance.now();
        this.stats.loading = { start: nowMs, first: nowMs, end: nowMs };
        this.stats.loaded = data.length;
        this.stats.total = data.length;
        callbacks.onSuccess({ url: context.url, data, code: 200 }, this.stats, context, null);
      });
    }

    override abort(): void {
      this.#isStopped = true;
      super.abort();
    }

    override destroy(): void {
      this.#isStopped = true;
      super.destroy();
    }
  };
}
