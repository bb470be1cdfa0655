import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '#app/_client/api-fetch.ts';
import { SignedUrlBook } from './signed-url-book.ts';
import { faultOfError, type PlaybackFault, UrlRenewal } from './url-renewal.ts';

const HOUR = 3_600_000;
const apiError = (status: number) => new ApiError({ title: 'x', status, detail: 'x', code: 'x', request_id: null });

function renewalOf(answers: (number | 'ok')[], lifeMs = HOUR) {
  const book = new SignedUrlBook();
  const lost: PlaybackFault[] = [];
  let asked = 0;
  const renewal = new UrlRenewal(book, {
    fetchPlaylist: async () => {
      const answer = answers[asked] ?? 'ok';
      asked += 1;
      if (answer !== 'ok') throw apiError(answer);
      const media = [`https://p.example/360.m4s?sig=${asked}`];
      return { url: `https://p.example/playlist.m3u8?token=${asked}`, media, expiresAtMs: Date.now() + lifeMs };
    },
    urlsOf: async ({ media }) => media,
    serverNowMs: () => Date.now(),
    onLost: (fault) => lost.push(fault),
  });
  return { renewal, book, lost, asked: () => asked };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('UrlRenewal', () => {
  it('renews when 80 % of the life is over, and again after that', async () => {
    const { renewal, book, asked } = renewalOf([]);
    renewal.schedule(Date.now() + HOUR);
    await vi.advanceTimersByTimeAsync(0.79 * HOUR);
    expect(asked()).toBe(0);
    await vi.advanceTimersByTimeAsync(0.02 * HOUR);
    expect(asked()).toBe(1);
    expect(book.newest('https://p.example/360.m4s?sig=0')).toBe('https://p.example/360.m4s?sig=1');
    await vi.advanceTimersByTimeAsync(0.81 * HOUR);
    expect(asked()).toBe(2);
  });

  it('is shared by all who ask at once', async () => {
    const { renewal, asked } = renewalOf([]);
    await Promise.all([renewal.renew(), renewal.renew()]);
    expect(asked()).toBe(1);
    await renewal.renew();
    expect(asked()).toBe(2);
  });

  it('tries again in half a minute when the network is away, without a word', async () => {
    const { renewal, lost, asked } = renewalOf([0, 503, 'ok']);
    renewal.schedule(Date.now());
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(3);
    expect(lost).toEqual([]);
  });

  it.each([
    [401, 'signed_out'],
    [403, 'access'],
    [404, 'access'],
  ] as const)('says that %i is %s', async (status, fault) => {
    const { renewal, lost, asked } = renewalOf([status]);
    await expect(renewal.renew()).rejects.toThrow();
    expect(lost).toEqual([fault]);
    // Nobody is asked again: not by those who try, and not by the clock.
    await expect(renewal.renew()).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(HOUR);
    expect([asked(), lost]).toEqual([1, [fault]]);
  });

  it('does not run hot when fresh URLs look old', async () => {
    const { renewal, asked } = renewalOf([], -HOUR);
    renewal.schedule(Date.now() - HOUR);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toBe(4);
  });

  it('rests when it was stopped', async () => {
    const { renewal, asked } = renewalOf([]);
    renewal.schedule(Date.now() + HOUR);
    renewal.stop();
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(asked()).toBe(0);
  });
});

it('faults without a status are of the network', () => {
  expect(faultOfError(new TypeError('fetch failed'))).toBe('network');
});
