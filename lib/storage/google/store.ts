import { attachmentDisposition } from '#lib/storage/port/download-name.ts';
import type { ObjectRef, ObjectStat, ObjectStore, SignedGetOptions } from '#lib/storage/port/object-store.ts';
import { assertSignedLifetime, isStoreError, StoreError } from '#lib/storage/port/object-store.ts';
import type { GcsClient, GcsStoreOptions } from './client.ts';
import { createGcsClient, statOfResource } from './client.ts';
import { readGcsClock } from './clock.ts';
import { listGcsObjects } from './list.ts';
import { grantedPermissions } from './permissions.ts';
import { readGcsObject } from './read.ts';
import { createGcsSigner } from './signer.ts';
import { cancelGcsUpload, isGcsUploadOpen, startGcsUpload } from './uploads.ts';
import type { V4Signer } from './v4-signature.ts';
import { signV4Url } from './v4-signature.ts';
import { writeGcsObject } from './write.ts';

/** What every process needs in both buckets; asking for it needs no permission itself. */
const NEEDED_PERMISSION = 'storage.objects.get';

async function statGcsObject(client: GcsClient, ref: ObjectRef): Promise<ObjectStat | null> {
  const file = client.file(ref);
  try {
    const [resource] = await client.call(() => file.getMetadata());
    return statOfResource(resource);
  } catch (error) {
    if (isStoreError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

async function deleteGcsObject(client: GcsClient, ref: ObjectRef, ifGenerationMatch?: string): Promise<boolean> {
  const file = client.file(ref);
  let isRepeat = false;
  try {
    await client.call((attempt) => {
      ({ isRepeat } = attempt);
      return file.delete(ifGenerationMatch === undefined ? {} : { ifGenerationMatch });
    });
    return true;
  } catch (error) {
    // Gone after an attempt whose answer was lost: that attempt did it.
    if (isStoreError(error) && error.code === 'not_found') return isRepeat;
    throw error;
  }
}

const wholeSeconds = (moment: Date) => Math.floor(moment.getTime() / 1000);

async function signGcsUrl(
  client: GcsClient,
  signer: () => Promise<V4Signer>,
  ref: ObjectRef,
  { signedAt, expiresAt, generation, downloadName }: SignedGetOptions,
): Promise<string> {
  assertSignedLifetime(signedAt, expiresAt);
  client.file(ref);
  return signV4Url(
    {
      method: 'GET',
      endpoint: client.endpoint,
      ...ref,
      signedAt,
      lifetimeS: wholeSeconds(expiresAt) - wholeSeconds(signedAt),
      query: {
        ...(generation === undefined ? {} : { generation }),
        ...(downloadName === undefined ? {} : { 'response-content-disposition': attachmentDisposition(downloadName) }),
      },
    },
    await signer(),
  );
}

async function checkBuckets(client: GcsClient): Promise<void> {
  for (const name of client.buckets) {
    let granted: string[];
    try {
      granted = await grantedPermissions(client, name, [NEEDED_PERMISSION]);
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const reason = error.code === 'not_found' ? 'there is none of this name' : error.message;
      const { cause, retryable } = error;
      throw new StoreError('unavailable', `Bucket ${name} cannot be used: ${reason}`, { cause, retryable });
    }
    if (!granted.includes(NEEDED_PERMISSION)) {
      throw new StoreError('unavailable', `The credentials may not read objects of bucket ${name}.`, {
        retryable: false,
      });
    }
  }
}

/**
 * The port on Google Cloud Storage. Credentials are the client library's affair: a key file, Application Default
 * Credentials or workload identity. Asks the network only when used.
 */
export function createGcsStore(options: GcsStoreOptions): ObjectStore {
  const client = createGcsClient(options);
  const signer = createGcsSigner(client, options);
  return {
    stat: (ref) => statGcsObject(client, ref),
    read: (ref, readOptions = {}) => readGcsObject(client, ref, readOptions),
    write: (ref, body, writeOptions) => writeGcsObject(client, ref, body, writeOptions),
    list: (bucket, prefix) => listGcsObjects(client, bucket, prefix),
    delete: (ref, { ifGenerationMatch } = {}) => deleteGcsObject(client, ref, ifGenerationMatch),
    signGetUrl: (ref, signOptions) => signGcsUrl(client, signer, ref, signOptions),
    startUpload: (ref, request) => startGcsUpload(client, ref, request),
    isUploadOpen: (url) => isGcsUploadOpen(client, url),
    cancelUpload: (url) => cancelGcsUpload(client, url),
    check: () => checkBuckets(client),
    readClock: () => readGcsClock(client),
  };
}
