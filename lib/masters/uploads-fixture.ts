import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { objectRefOfUrl } from '#lib/http/node-http-bridge.ts';
import type { PortalFixture } from '#lib/runtime/portal-fixture.ts';
import { handleObjectRequest } from '#lib/storage/disk/http.ts';
import { crc32cOfStream } from '#lib/storage/port/crc32c.ts';
import type { UploadJson } from './master-schemas.ts';
import type { StartedUpload } from './start-upload.ts';

/** A second of H.264 and AAC, made by ffmpeg, in the container of the suffix. */
export async function makeVideo(folder: string, suffix = 'mp4'): Promise<{ bytes: Buffer; crc32c: string }> {
  const file = path.join(folder, `video.${suffix}`);
  const inputs = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=160x90:rate=30:duration=1',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=1',
  ];
  const outputs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file];
  await execa('ffmpeg', ['-v', 'error', '-y', ...inputs, ...outputs]);
  const bytes = await readFile(file);
  return { bytes, crc32c: await crc32cOfChunks(bytes) };
}

export const crc32cOfChunks = (bytes: Uint8Array): Promise<string> =>
  crc32cOfStream(
    (async function* () {
      yield bytes;
    })(),
  );

/** Sends bytes to an upload session, as a browser does; the status that the store answered. */
export async function sendBytes({ store }: PortalFixture, url: string, bytes: Uint8Array, total = bytes.length) {
  const headers = { 'content-range': `bytes 0-${bytes.length - 1}/${total}` };
  const request = new Request(url, { method: 'PUT', headers, body: Buffer.from(bytes) });
  return (await handleObjectRequest(store, request, objectRefOfUrl(url))).status;
}

/** An upload that has bytes to send still. */
export function toBeSent<Started extends StartedUpload>(started: Started): Started & { upload: UploadJson } {
  const { upload } = started;
  if (!upload) throw new Error('The store has the whole file.');
  return { ...started, upload };
}
