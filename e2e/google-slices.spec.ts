import { accountOf } from './support/accounts.ts';
import { CDN_HOST } from './support/cdn-stand-in.ts';
import { test } from './support/google-test.ts';
import { expect } from './support/portal-test.ts';
import { forgetSlices, prepareSliced, stayOnClip, watchSlices } from './support/slices.ts';

/** As in `slices.spec.ts`: more of them when asked for. */
const SLICES_A_RATE = Number(process.env.HEARTBEAT_SLICES ?? 1);
const RATES = ['25', '30000/1001', '50', '60000/1001'];
const coach = accountOf('coach', 'MTL');

test.afterAll(({ google }) => forgetSlices(google.state));

test('a slice is played to the frame from the store, and from the CDN, each segment signed for itself', async ({
  google,
  openAs,
}) => {
  test.setTimeout(120_000 + SLICES_A_RATE * 60_000);
  const proxy = { server: google.cdn.proxy, bypass: 'localhost,127.0.0.1' };
  const page = await openAs(coach);
  const behindCdn = await openAs(coach, { baseURL: google.urls.cdn, proxy, ignoreHTTPSErrors: true });
  const films: string[] = [];
  for (const each of [page, behindCdn]) {
    await stayOnClip(each);
    each.on('request', (request) => /\.m4s\?/.test(request.url()) && films.push(request.url()));
  }
  const hosts = async (watched: typeof page, rate: string, master: Awaited<ReturnType<typeof prepareSliced>>) => {
    const before = films.length;
    await watchSlices(google.state, watched, master, SLICES_A_RATE);
    const asked = films.slice(before).map((url) => new URL(url));
    expect(asked.length, rate).toBeGreaterThan(0);
    return new Set(asked.map(({ host }) => host));
  };
  for (const rate of RATES) {
    const master = await prepareSliced(google.state, rate);
    expect(await hosts(page, rate, master)).toEqual(new Set([new URL(google.fake.origin).host]));
    expect(await hosts(behindCdn, rate, master)).toEqual(new Set([CDN_HOST]));
  }
});
