import type { HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, LoaderContext } from 'hls.js';

type LoaderClass = new (config: HlsConfig) => Loader<LoaderContext>;

/** Bytes that are held, by the names of what they are (`bytesName`). */
export type KeptBytes = Map<string, ArrayBuffer>;

/** What a file, or a range of it, is called whatever its signature: origin and path stay. */
export function bytesName(url: string, range: { start: number; end: number } | null): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname} ${range ? `${range.start}-${range.end}` : ''}`;
}

const nameOf = ({ url, rangeStart, rangeEnd }: LoaderContext): string =>
  bytesName(url, rangeEnd ? { start: rangeStart ?? 0, end: rangeEnd } : null);

/** A loader of segments for hls.js that answers with bytes that are held, and asks `Base` for the others. */
export function keptLoader(Base: LoaderClass, kept: KeptBytes): LoaderClass {
  return class KeptLoader extends Base {
    #isStopped = false;

    override load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
      const data = kept.get(nameOf(context));
      if (!data) return super.load(context, config, callbacks);
      this.context = context;
      queueMicrotask(() => {
        if (this.#isStopped) return;
        const nowMs = performance.now();
        this.stats.loading = { start: nowMs, first: nowMs, end: nowMs };
        this.stats.loaded = data.byteLength;
        this.stats.total = data.byteLength;
        // What is handed over may be taken away from whoever holds it.
        callbacks.onSuccess({ url: context.url, data: data.slice(0), code: 200 }, this.stats, context, null);
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
