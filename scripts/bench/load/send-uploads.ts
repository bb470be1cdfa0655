import { randomFillSync } from 'node:crypto';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { nodeTransport } from '#lib/storage/upload/node-transport.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import type { LoadJob, UploadsResult } from './load-jobs.ts';

/** As the browser sends, and all of it in one request. */
const CHUNKS_BYTES = [8 * 1024 * 1024, 1024 * 1024 * 1024];

/** Sends one file of random bytes to each session, so many at once, and compares what the store says of them. */
export async function sendUploads(job: Extract<LoadJob, { kind: 'uploads' }>): Promise<UploadsResult> {
  const bytes = randomFillSync(new Uint8Array(job.sizeBytes));
  const wanted = encodeCrc32c(updateCrc32c(0, bytes));
  const file = { size: bytes.length, slice: (start: number, end: number) => new Blob([bytes.subarray(start, end)]) };
  const left = [...job.urls];
  const checksums: (string | undefined)[] = [];
  const startedMs = performance.now();
  const send = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      const [chunkBytes = 0] = CHUNKS_BYTES.slice(left.length % 2);
      checksums.push((await uploadResumable({ url, file, chunkBytes, transport: nodeTransport })).crc32c);
    }
  };
  await Promise.all(Array.from({ length: job.atOnce }, send));
  return {
    stored: checksums.length,
    wrong: checksums.filter((checksum) => checksum !== wanted).length,
    seconds: (performance.now() - startedMs) / 1000,
  };
}
