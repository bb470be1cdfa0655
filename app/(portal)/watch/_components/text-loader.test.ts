import Hls, { type HlsConfig, type Loader, type LoaderCallbacks, type LoaderContext, LoadStats } from 'hls.js';
import { describe, expect, it } from 'vitest';
import type { PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { textLoader } from './text-loader.ts';

const BASE = 'https://portal.example/api/v2/clips/c1';
const CONFIG: HlsConfig = { ...Hls.DefaultConfig };
const LOADING = {
  loadPolicy: CONFIG.playlistLoadPolicy.default,
  maxRetry: 0,
  timeout: 0,
  retryDelay: 0,
  maxRetryDelay: 0,
};

function play(texts: Promise<PlaylistTexts | null>) {
  const asked: string[] = [];
  class NetLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats = new LoadStats();
    load(context: LoaderContext, _config: unknown, callbacks: LoaderCallbacks<LoaderContext>) {
      asked.push(context.url);
      callbacks.onSuccess({ url: context.url, data: 'from the net' }, this.stats, context, null);
    }
    abort() {}
    destroy() {}
  }
  const Texts = textLoader(NetLoader, texts);
  const loader = new Texts(CONFIG);
  const answers: unknown[] = [];
  const request = async (url: string) => {
    loader.load({ url, responseType: 'text', type: 'manifest' } as LoaderContext, LOADING, {
      onSuccess: ({ url: from, data }) => answers.push([from, data]),
      onError: (error) => answers.push(error.code),
      onTimeout: () => answers.push('timeout'),
    });
    await texts;
  };
  return { asked, answers, loader, request };
}

describe('textLoader', () => {
  it('answers with the text that it has, at the URL that was asked for, and asks nobody', async () => {
    const { request, asked, answers, loader } = play(Promise.resolve({ 'playlist.m3u8': '#EXTM3U\n720.m3u8\n' }));
    await request(`${BASE}/playlist.m3u8?token=t`);
    expect(answers).toEqual([[`${BASE}/playlist.m3u8?token=t`, '#EXTM3U\n720.m3u8\n']]);
    expect(asked).toEqual([]);
    expect(loader.stats.loading.end).toBeGreaterThan(0);
  });

  it.each([[{ '720.m3u8': '#EXTM3U' }], [null]])('asks for what it has not: %j', async (texts) => {
    const { request, asked, answers } = play(Promise.resolve(texts));
    await request(`${BASE}/playlist.m3u8?token=t`);
    expect(asked).toEqual([`${BASE}/playlist.m3u8?token=t`]);
    expect(answers).toEqual([[`${BASE}/playlist.m3u8?token=t`, 'from the net']]);
  });

  it('says nothing of what was given up while the texts were on their way', async () => {
    const { request, asked, answers, loader } = play(Promise.resolve(null));
    const asking = request(`${BASE}/playlist.m3u8?token=t`);
    loader.abort();
    await asking;
    expect([asked, answers]).toEqual([[], []]);
  });
});
