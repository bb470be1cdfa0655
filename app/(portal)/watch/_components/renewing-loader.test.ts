import Hls, { type HlsConfig, type Loader, type LoaderCallbacks, type LoaderContext, LoadStats } from 'hls.js';
import { describe, expect, it } from 'vitest';
import { renewingLoader } from './renewing-loader.ts';
import { SignedUrlBook } from './signed-url-book.ts';

const OLD = 'https://store.example/b/360.m4s?sig=old';
const NEW = 'https://store.example/b/360.m4s?sig=new';

const CONFIG: HlsConfig = { ...Hls.DefaultConfig };
const LOADING = { loadPolicy: CONFIG.fragLoadPolicy.default, maxRetry: 0, timeout: 0, retryDelay: 0, maxRetryDelay: 0 };

/** A store that serves URLs signed `new` and answers `refusal` to any other. */
function storeLoader(asked: string[], refusal: number) {
  return class StoreLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats = new LoadStats();

    load(context: LoaderContext, _config: unknown, callbacks: LoaderCallbacks<LoaderContext>) {
      if (this.stats.loading.start) throw new Error('Loader can only be used once.');
      this.stats.loading.start = 1;
      asked.push(context.url);
      if (context.url === NEW) callbacks.onSuccess({ url: context.url, data: 'bytes' }, this.stats, context, null);
      else callbacks.onError({ code: refusal, text: 'refused' }, context, null, this.stats);
    }

    abort() {}
    destroy() {}
  };
}

function play({ refusal = 403, knows = NEW as string | null } = {}) {
  const asked: string[] = [];
  const book = new SignedUrlBook();
  let renewals = 0;
  const renew = async () => {
    renewals += 1;
    if (knows === null) throw new Error('gone');
    book.remember([knows]);
  };
  const Renewing = renewingLoader(storeLoader(asked, refusal), book, renew);
  const request = (loader: Loader<LoaderContext> = new Renewing(CONFIG)) => {
    const context = { url: OLD, responseType: 'arraybuffer', type: 'media-fragment' } as LoaderContext;
    return new Promise<string>((resolve) => {
      loader.load(context, LOADING, {
        onSuccess: (response) => resolve(`ok ${response.url}`),
        onError: (error) => resolve(`error ${error.code}`),
        onTimeout: () => resolve('timeout'),
      });
    });
  };
  return { asked, book, request, Renewing, renewals: () => renewals };
}

describe('renewingLoader', () => {
  it('renews once on a refusal and loads the new URL, unseen by hls.js', async () => {
    const { request, asked, renewals } = play();
    expect(await request()).toBe(`ok ${NEW}`);
    expect(asked).toEqual([OLD, NEW]);
    expect(renewals()).toBe(1);
  });

  it('asks for the newest URL at once when it is known', async () => {
    const { request, asked, book, renewals } = play();
    book.remember([NEW]);
    expect(await request()).toBe(`ok ${NEW}`);
    expect(asked).toEqual([NEW]);
    expect(renewals()).toBe(0);
  });

  it('gives up after one renewal', async () => {
    const { request, asked } = play({ knows: OLD });
    expect(await request()).toBe('error 403');
    expect(asked).toHaveLength(2);
  });

  it('hands the refusal on when the renewal fails', async () => {
    expect(await play({ knows: null }).request()).toBe('error 403');
  });

  it('lets whoever jumps during the renewal wait for it: a URL that was refused is not asked for again', async () => {
    const { request, asked, renewals } = play();
    expect(await Promise.all([request(), request()])).toEqual([`ok ${NEW}`, `ok ${NEW}`]);
    expect(asked).toEqual([OLD, NEW, NEW]);
    expect(renewals()).toBe(1);
  });

  it('asks for nothing that was given up while it waited', async () => {
    const { request, asked, Renewing } = play();
    const first = request();
    const waiting = new Renewing(CONFIG);
    void request(waiting);
    waiting.abort();
    await first;
    expect(asked).toEqual([OLD, NEW]);
  });

  it('does not renew for other faults', async () => {
    const { request, renewals } = play({ refusal: 503 });
    expect(await request()).toBe('error 503');
    expect(renewals()).toBe(0);
  });

  it('keeps the statistics object that hls.js holds', async () => {
    const { request, Renewing } = play();
    const loader = new Renewing(CONFIG);
    const { stats } = loader;
    await request(loader);
    expect(loader.stats).toBe(stats);
  });

  it('asks once more for a part of a file that comes cut short', async () => {
    const lengths = [4, 10, 4, 4];
    class CutLoader implements Loader<LoaderContext> {
      context: LoaderContext | null = null;
      stats = new LoadStats();
      load(context: LoaderContext, _config: unknown, callbacks: LoaderCallbacks<LoaderContext>) {
        const data = new ArrayBuffer(lengths.shift() ?? 0);
        callbacks.onSuccess({ url: context.url, data }, this.stats, context, null);
      }
      abort() {}
      destroy() {}
    }
    const Renewing = renewingLoader(CutLoader, new SignedUrlBook(), async () => {});
    const lengthOf = () =>
      new Promise<unknown>((resolve) => {
        const context = { url: OLD, responseType: 'arraybuffer', rangeStart: 90, rangeEnd: 100 } as LoaderContext;
        new Renewing(CONFIG).load(context, LOADING, {
          onSuccess: ({ data }) => resolve(typeof data === 'object' && 'byteLength' in data && data.byteLength),
          onError: resolve,
          onTimeout: () => resolve('timeout'),
        });
      });
    expect(await lengthOf()).toBe(10);
    // No more often than that: what it is then, is told.
    expect(await lengthOf()).toBe(4);
    expect(lengths).toEqual([]);
  });
});
