import { AppError } from '#lib/errors.ts';
import type { ImageReference } from './image-references.ts';

/** Lists of one image per platform come first: their digest is right on every machine. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Where images without a registry in their name come from. */
export const DOCKER_HUB = 'https://registry-1.docker.io';
const PATIENCE_MS = 20_000;

const fault = (image: ImageReference, reason: string, cause?: unknown) =>
  new AppError({ status: 500, code: 'image_unknown', detail: `${image.name}:${image.tag}: ${reason}`, cause });

/** The fields of `WWW-Authenticate: Bearer realm="…",service="…",scope="…"`. */
const challengeOf = (header: string): Map<string, string> =>
  new Map([...header.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));

/** Registries hand out a token to whoever asks, and expect it (Docker Registry v2, token authentication). */
async function askForToken(header: string, signal: AbortSignal): Promise<string> {
  const challenge = challengeOf(header);
  const url = new URL(challenge.get('realm') ?? '');
  for (const key of ['service', 'scope']) url.searchParams.set(key, challenge.get(key) ?? '');
  const { token, access_token } = await (await fetch(url, { signal })).json();
  return token ?? access_token;
}

/**
 * The digest that a registry has for a tag now, by the registry API v2: `sha256:` and 64 hexadecimal digits.
 * @throws AppError `image_unknown` when the registry cannot be reached, or has no such image.
 */
export async function readDigest(image: ImageReference, registry = DOCKER_HUB): Promise<string> {
  const repository = image.name.includes('/') ? image.name : `library/${image.name}`;
  const url = `${registry}/v2/${repository}/manifests/${image.tag}`;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const ask = (headers: Record<string, string>) =>
    fetch(url, { method: 'HEAD', headers: { Accept: MANIFESTS, ...headers }, signal });
  let answer: Response;
  try {
    answer = await ask({});
    const challenge = answer.headers.get('www-authenticate');
    if (answer.status === 401 && challenge)
      answer = await ask({ Authorization: `Bearer ${await askForToken(challenge, signal)}` });
  } catch (cause) {
    throw fault(image, `the registry ${registry} cannot be reached`, cause);
  }
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (!answer.ok) throw fault(image, `the registry answers ${answer.status}`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw fault(image, 'the registry tells no digest');
  return digest;
}
