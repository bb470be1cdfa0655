import { type Env, publicBaseUrl } from './env.ts';

type StoreEnv = Pick<
  Env,
  | 'MEDIA_STORE'
  | 'MEDIA_LAKE_BUCKET'
  | 'MEDIA_GCS_BUCKET'
  | 'MEDIA_CDN_DOMAIN'
  | 'STORAGE_EMULATOR_HOST'
  | 'NEXTAUTH_URL'
  | 'PORT'
>;

/**
 * Where browsers meet the objects: what a signed URL and an upload session may start with. Google's host serves every
 * customer, so its buckets are named by their paths.
 */
export function storeSourcesOf(env: StoreEnv): { read: string[]; write: string[] } {
  const cdn = env.MEDIA_CDN_DOMAIN ? [`https://${env.MEDIA_CDN_DOMAIN.toLowerCase()}`] : [];
  if (env.MEDIA_STORE === 'disk') {
    const { origin } = new URL(publicBaseUrl(env));
    return { read: [origin, ...cdn], write: [origin] };
  }
  const google = env.STORAGE_EMULATOR_HOST ?? 'https://storage.googleapis.com';
  return {
    read: [...[env.MEDIA_LAKE_BUCKET, env.MEDIA_GCS_BUCKET].map((bucket) => `${google}/${bucket}/`), ...cdn],
    write: [`${google}/upload/storage/v1/b/${env.MEDIA_LAKE_BUCKET}/`],
  };
}
