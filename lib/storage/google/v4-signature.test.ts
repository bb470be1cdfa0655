import { createVerify, generateKeyPairSync } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serviceAccount } from './fake/harness.ts';
import { PUBLISHED_ACCOUNT, PUBLISHED_PUBLIC_KEY, PUBLISHED_V4 } from './fake/published-v4.ts';
import { deriveV4Key, hmacSigner, signV4Url, type V4Request } from './v4-signature.ts';

const ENDPOINT = 'https://storage.googleapis.com';
const REQUEST: V4Request = {
  ...{ method: 'GET', endpoint: ENDPOINT, bucket: 'heartbeat-media', key: 'MTL/2025-2026/20031/c-1/720.m4s' },
  ...{ signedAt: new Date('2026-01-31T23:59:59Z'), lifetimeS: 3600 },
};

afterEach(() => vi.useRealTimers());

describe('the string to sign', () => {
  it.each(PUBLISHED_V4)('is what Google published a signature of: $what', async ({ signature, ...published }) => {
    let signed = '';
    const sign = async (text: string) => {
      signed = text;
      return signature;
    };
    const signer = { algorithm: 'GOOG4-RSA-SHA256', accessId: PUBLISHED_ACCOUNT, sign } as const;
    await signV4Url({ method: 'GET', endpoint: ENDPOINT, ...published }, signer);
    const verify = createVerify('RSA-SHA256').update(signed);
    expect(verify.verify(PUBLISHED_PUBLIC_KEY, signature, 'hex')).toBe(true);
  });
});

describe('a signed URL', () => {
  it('has the parts of the client library’s own, in any order, and the same signature', async () => {
    vi.useFakeTimers({ now: REQUEST.signedAt, toFake: ['Date'] });
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const email = 'portal@project.iam.gserviceaccount.com';
    const storage = new Storage({ projectId: 'p', authClient: serviceAccount(email, privateKey) });
    const query = {
      generation: '1769904000000001',
      'response-content-disposition': 'attachment; filename="é \'(1)*.mp4"',
    };
    const sign = async (text: string) => Buffer.from(await storage.authClient.sign(text), 'base64').toString('hex');
    const ours = await signV4Url({ ...REQUEST, query }, { algorithm: 'GOOG4-RSA-SHA256', accessId: email, sign });
    const [theirs] = await storage
      .bucket(REQUEST.bucket)
      .file(REQUEST.key)
      .getSignedUrl({
        ...{ version: 'v4', action: 'read', accessibleAt: REQUEST.signedAt, queryParams: query },
        expires: new Date(REQUEST.signedAt.getTime() + REQUEST.lifetimeS * 1000),
      });
    const partsOf = (url: string) => [url.split('?')[0], ...(url.split('?')[1]?.split('&') ?? []).sort()];
    expect(partsOf(ours)).toEqual(partsOf(theirs));
  });

  it('is the same for the same inputs, and names host and port as they will be asked', async () => {
    const signer = hmacSigner('GOOG1', 'secret');
    const first = await signV4Url(REQUEST, signer);
    expect(await signV4Url({ ...REQUEST }, signer)).toBe(first);
    expect(first).toMatch(
      /^https:\/\/storage\.googleapis\.com\/heartbeat-media\/MTL\/2025-2026\/20031\/c-1\/720\.m4s\?/,
    );
    const signatureOf = (url: string) => new URL(url).searchParams.get('X-Goog-Signature');
    const elsewhere = await signV4Url({ ...REQUEST, endpoint: 'http://127.0.0.1:4443' }, signer);
    expect(signatureOf(elsewhere)).not.toBe(signatureOf(first));
  });
});

describe('hmacSigner', () => {
  it('signs each day with that day’s key, in any order', async () => {
    const signer = hmacSigner('GOOG1', 'secret');
    const days = ['2026-01-31', '2026-02-01', '2026-01-31'].map((day) => new Date(`${day}T12:00:00Z`));
    for (const signedAt of days) {
      const fresh = await signV4Url({ ...REQUEST, signedAt }, hmacSigner('GOOG1', 'secret'));
      expect(await signV4Url({ ...REQUEST, signedAt }, signer)).toBe(fresh);
    }
  });
});

describe('deriveV4Key', () => {
  it('meets the vector that AWS published for the same derivation', () => {
    const key = deriveV4Key('AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', [
      '20120215',
      'us-east-1',
      'iam',
      'aws4_request',
    ]);
    expect(key.toString('hex')).toBe('f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d');
  });
});
