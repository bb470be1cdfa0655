import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openUploadFile } from '#lib/storage/upload/local-file.ts';
import { nodeTransport } from '#lib/storage/upload/node-transport.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { timed } from './bench-report.ts';
import { residentMib } from './process-facts.ts';

const SIZE_BYTES = 5 * 1024 ** 3;
const SAMPLE_EVERY_MS = 100;
const MIB = 1024 ** 2;

/** The web process' memory while a 5 GiB master goes through it in 8 MiB chunks, beside its memory at rest. */
export async function benchUpload(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-bench-'));
  try {
    const file = path.join(folder, 'p1-20251011-MTLvsCHI.mp4');
    const handle = await open(file, 'w');
    await handle.truncate(SIZE_BYTES);
    await handle.close();
    return await withBenchPortal(async ({ portal, headers }) => {
      const body = JSON.stringify({
        team_code: 'MTL',
        season: '2025-2026',
        game_id: '20031',
        filename: path.basename(file),
        size_bytes: SIZE_BYTES,
        content_type: 'video/mp4',
      });
      const response = await fetch(`${portal.url}/api/v2/masters`, { method: 'POST', headers, body, signal });
      const { upload } = (await response.json()) as { upload: { url: string } };
      const restMib = await residentMib(portal.web.pid);
      let peakMib = restMib;
      const sampler = setInterval(async () => {
        peakMib = Math.max(peakMib, await residentMib(portal.web.pid).catch(() => 0));
      }, SAMPLE_EVERY_MS);
      await using source = await openUploadFile(file);
      const onProgress = ({ storedBytes }: { storedBytes: number }) =>
        say(`upload: ${Math.floor((storedBytes / SIZE_BYTES) * 100)} %`);
      const seconds = await timed(() =>
        uploadResumable({ url: upload.url, file: source, transport: nodeTransport, onProgress, signal }),
      );
      clearInterval(sampler);
      const baseline = 'web at rest';
      return {
        title: 'A 5 GiB master through the web into the disk store',
        figures: [
          { what: baseline, value: restMib, unit: 'MiB' },
          { what: 'web at its peak', value: peakMib, unit: 'MiB', against: baseline },
          { what: 'risen by', value: peakMib - restMib, unit: 'MiB' },
          { what: 'speed', value: SIZE_BYTES / MIB / seconds, unit: 'MiB/s' },
        ],
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
