import { describe, expect, it } from 'vitest';
import type { StoreBench } from './store-bench.ts';

/** Signed URLs: what they serve, and that nothing about them can be changed. */
export function describeSignedGet(bench: StoreBench): void {
  const { newRef, put, lifetime } = bench;
  describe('signed GET', () => {
    it('serves the bytes, whole and by range', async () => {
      const ref = newRef('.mp4');
      await put(ref, '0123456789', 'video/mp4');
      const url = await bench.store.signGetUrl(ref, lifetime());
      const whole = await fetch(url);
      expect(whole.status).toBe(200);
      expect(whole.headers.get('content-type')).toBe('video/mp4');
      expect(await whole.text()).toBe('0123456789');
      const part = await fetch(url, { headers: { Range: 'bytes=2-4' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
      expect(await part.text()).toBe('234');
    });

    it('is the same text for the same inputs', async () => {
      const ref = newRef();
      const { generation } = await put(ref, 'x');
      const options = { ...lifetime(), generation, downloadName: 'é "x".mp4' };
      expect(await bench.store.signGetUrl(ref, options)).toBe(await bench.store.signGetUrl(ref, { ...options }));
    });

    it('refuses a URL in which any character of path or query was changed', async () => {
      const ref = newRef();
      const { generation } = await put(ref, 'secret');
      const url = await bench.store.signGetUrl(ref, { ...lifetime(), generation, downloadName: 'name.mp4' });
      expect((await fetch(url)).status).toBe(200);
      const parts = new URL(url);
      const from = url.indexOf(parts.pathname, parts.origin.length) + 1;
      for (let i = from; i < url.length; i++) {
        const other = url[i] === 'a' ? 'b' : url[i] === '1' ? '2' : /\d/.test(url[i] ?? '') ? '1' : 'a';
        const response = await fetch(url.slice(0, i) + other + url.slice(i + 1), { redirect: 'manual' });
        const text = await response.text();
        expect(response.status, `${url[i]} at ${i}`).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
        expect(text).not.toContain('secret');
      }
    });

    it('refuses an expired URL, and one signed for another key', async () => {
      const ref = newRef();
      await put(ref, 'x');
      const past = Math.floor(Date.now() / 1000) * 1000 - 60_000;
      const url = await bench.store.signGetUrl(ref, { signedAt: new Date(past - 60_000), expiresAt: new Date(past) });
      expect([400, 403]).toContain((await fetch(url)).status);
      const other = newRef();
      await put(other, 'y');
      const good = await bench.store.signGetUrl(ref, lifetime());
      expect((await fetch(good.replace(ref.key, other.key))).status).toBe(403);
    });

    it('refuses a lifetime of nothing and one beyond seven days', async () => {
      await expect(bench.store.signGetUrl(newRef(), lifetime(0))).rejects.toBeInstanceOf(RangeError);
      await expect(bench.store.signGetUrl(newRef(), lifetime(604_801))).rejects.toBeInstanceOf(RangeError);
    });

    it('serves the pinned generation or nothing', async () => {
      const ref = newRef();
      const { generation } = await put(ref, 'old');
      const url = await bench.store.signGetUrl(ref, { ...lifetime(), generation });
      expect(await (await fetch(url)).text()).toBe('old');
      await put(ref, 'new');
      expect((await fetch(url)).status).toBe(404);
    });

    it.each([
      ['clip "one".mp4', 'attachment; filename="clip \\"one\\".mp4"'],
      ['é.mp4', "attachment; filename=e.mp4; filename*=UTF-8''%C3%A9.mp4"],
      ['A–B 日.mp4', 'attachment; filename="A-B _.mp4"; filename*=UTF-8\'\'A%E2%80%93B%20%E6%97%A5.mp4'],
      [`${'x'.repeat(300)}.mp4`, `attachment; filename=${'x'.repeat(196)}.mp4`],
      ['a\r\nSet-Cookie: x=1.mp4', 'attachment; filename="a__Set-Cookie: x=1.mp4"'],
      ['../../etc/passwd', 'attachment; filename=.._.._etc_passwd'],
      ['', 'attachment; filename=download'],
    ])('sends the download name %j safely', async (downloadName, expected) => {
      const ref = newRef();
      await put(ref, 'x');
      const response = await fetch(await bench.store.signGetUrl(ref, { ...lifetime(), downloadName }));
      expect(response.headers.get('content-disposition')).toBe(expected);
      expect(response.headers.get('set-cookie')).toBeNull();
    });
  });
}
