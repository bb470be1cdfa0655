import { randomUUID } from 'node:crypto';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { announce, apiOf } from './support/api.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';
import { rawRequest, setCookies, signInRaw } from './support/raw-http.ts';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

const policyOf = (value: unknown): Map<string, string> =>
  new Map(
    String(value)
      .split('; ')
      .map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]),
  );

test('every page has a nonce of its own, and no script without it', async ({ portal }) => {
  const nonces = new Set<string>();
  for (const path of ['/signin', '/signin', '/clips', '/nowhere']) {
    const { headers, text } = await rawRequest(portal.url, path);
    expect(headers).toMatchObject(EVERYWHERE);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['permissions-policy']).toContain('camera=()');
    const policy = policyOf(headers['content-security-policy']);
    expect(policy.get('script-src')).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('media-src')).toBe(`'self' blob: ${portal.url}`);
    const nonce = /'nonce-([^']+)'/.exec(policy.get('script-src') ?? '')?.[1] ?? '';
    nonces.add(nonce);
    const scripts = text.match(/<script\b[^>]*>/g) ?? [];
    if (path !== '/clips') expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(4);
});

test('a nonce that a request brings along is not taken', async ({ portal }) => {
  const headers = { 'Content-Security-Policy': "script-src 'nonce-aGFja2Vk'", 'X-Nonce': 'aGFja2Vk' };
  const answer = await rawRequest(portal.url, '/signin', { headers });
  expect(JSON.stringify(answer.headers) + answer.text).not.toContain('aGFja2Vk');
});

test('answers of the API can neither run nor load anything', async ({ portal }) => {
  for (const path of [
    '/api/v2/clips',
    '/api/v2/clips/health',
    '/api/v2/nowhere',
    '/api/auth/csrf',
    '/api/objects/x/y',
  ]) {
    const { headers } = await rawRequest(portal.url, path);
    expect(headers, path).toMatchObject(EVERYWHERE);
    const policy = policyOf(headers['content-security-policy']);
    expect([path, policy.get('default-src'), policy.get('frame-ancestors')]).toEqual([path, "'none'", "'none'"]);
  }
});

test('what somebody smuggles into a page neither runs nor calls out', async ({ openAs, guard }) => {
  guard.allow(/Content Security Policy|violates the following/, /failed: GET https:\/\/evil\.example/);
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips');
  const called = await page.evaluate(async () => {
    const marks = window as unknown as { violated: string[] };
    marks.violated = [];
    document.addEventListener('securitypolicyviolation', (event) => marks.violated.push(event.effectiveDirective));
    const box = document.createElement('div');
    box.innerHTML =
      '<img src="/favicon.svg" onload="window.smuggled = true"><a href="javascript:window.smuggled=true">x</a>' +
      '<iframe srcdoc="<script>parent.smuggled = true</script>"></iframe>';
    const loaded = [...box.querySelectorAll('img, iframe')].map(
      (element) => new Promise((resolve) => element.addEventListener('load', resolve)),
    );
    document.body.append(box);
    box.querySelector('a')?.click();
    await Promise.all(loaded);
    return fetch('https://evil.example/').then(
      () => 'sent',
      () => 'refused',
    );
  });
  expect(called).toBe('refused');
  const violated = () => page.evaluate(() => (window as unknown as { violated: string[] }).violated);
  await expect.poll(violated).toEqual(expect.arrayContaining(['script-src-attr', 'connect-src']));
  expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
});

test('the reference of the API runs under the policy', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/docs');
  const operation = page.locator('.opblock-summary').first();
  await expect(operation).toBeVisible();
  await operation.click();
  await expect(page.locator('.opblock-body').first()).toBeVisible();
});

test('the proxy that makes the nonces caps no upload', async ({ portal }) => {
  const admin = apiOf(accountOf('admin', 'MTL'));
  const size = 11 * 1024 * 1024;
  const place = { team_code: 'MTL', season: '2014-2015', game_id: 'headers' };
  const { json } = await admin.post('/masters', announce(place, `${randomUUID()}.mp4`, size));
  const sent = await fetch(json.upload.url, {
    method: 'PUT',
    headers: { 'Content-Range': `bytes 0-${size - 1}/${size}` },
    body: new Uint8Array(size),
  });
  expect(sent.status).toBe(200);
  expect(new URL(json.upload.url).origin).toBe(portal.url);
  expect((await admin.delete(`/masters/${json.master.id}?permanent=true`)).status).toBe(204);
});

test('a portal that is reached by https insists on it, and its cookies are its own', async () => {
  const { email } = accountOf('coach', 'MTL');
  const web = await startSecondWeb({ NEXTAUTH_URL: 'https://portal.example' });
  try {
    for (const path of ['/signin', '/api/v2/clips', '/favicon.svg', '/api/auth/csrf']) {
      const { headers } = await rawRequest(web.url, path);
      expect(headers['strict-transport-security'], path).toMatch(/^max-age=31536000/);
    }
    const { answer, cookies } = await signInRaw(web.url, { email, password: PASSWORD });
    expect(answer.status).toBe(200);
    const session = setCookies(answer).find((cookie) => cookie.startsWith('__Host-next-auth.session-token='));
    expect(session).toMatch(/; Secure/);
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect(session).toMatch(/; Path=\//);
    expect(session).not.toMatch(/Domain=/i);
    for (const cookie of setCookies(answer)) expect(cookie).toMatch(/^__Host-/);
    const list = (Cookie: string) => rawRequest(web.url, '/api/v2/clips?limit=1', { headers: { Cookie } });
    expect((await list(cookies)).status).toBe(200);
    // The same token under the name without the prefix, which a neighbour in the domain could set.
    expect((await list(cookies.replaceAll('__Host-', ''))).status).toBe(401);
  } finally {
    await web.process.stop();
  }
});
