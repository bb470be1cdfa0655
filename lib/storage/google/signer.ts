import { StoreError } from '#lib/storage/port/object-store.ts';
import type { GcsClient, GcsStoreOptions } from './client.ts';
import { toGcsStoreError } from './errors.ts';
import type { V4Signer } from './v4-signature.ts';
import { hmacSigner } from './v4-signature.ts';

function unsigned(error: unknown): StoreError {
  const { message, cause, retryable } = toGcsStoreError(error);
  return new StoreError('unavailable', `No URL could be signed: ${message}`, { cause, retryable });
}

/**
 * The configured HMAC key, or the credentials: a key file signs by itself, other credentials (workload identity, Cloud
 * Run's account) ask IAM's signBlob, for which the account needs `iam.serviceAccounts.signBlob` on itself (`gcp:setup`).
 */
export function createGcsSigner(
  client: GcsClient,
  { hmacKey, iamEndpoint }: Pick<GcsStoreOptions, 'hmacKey' | 'iamEndpoint'>,
): () => Promise<V4Signer> {
  if (hmacKey) {
    const signer = hmacSigner(hmacKey.accessId, hmacKey.secret);
    return async () => signer;
  }
  const { authClient } = client.storage;
  const accounts = iamEndpoint && `${iamEndpoint}/v1/projects/-/serviceAccounts/`;
  let known: V4Signer | undefined;

  async function sign(text: string): Promise<string> {
    try {
      return Buffer.from(await client.call(() => authClient.sign(text, accounts)), 'base64').toString('hex');
    } catch (error) {
      throw unsigned(error);
    }
  }

  return async () => {
    if (known) return known;
    try {
      const { client_email: accessId } = await client.call(() => authClient.getCredentials());
      if (!accessId) throw new Error('the credentials name no service account.');
      known = { algorithm: 'GOOG4-RSA-SHA256', accessId, sign };
      return known;
    } catch (error) {
      throw unsigned(error);
    }
  };
}
