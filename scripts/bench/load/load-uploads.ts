import type { BenchReport } from '#scripts/bench/bench-report.ts';
import { askHealth } from './ask-health.ts';
import { stallFigures } from './load-lists.ts';
import type { LoadPortal } from './load-portal.ts';

const UPLOADS = 30;
const MIB = 1024 ** 2;
const SIZE_BYTES = 50 * MIB;
const TEAMS = ['MTL', 'CHI', 'TOR', 'BOS', 'NYR', 'EDM'];

/** Sessions of so many masters, spread over teams. */
export async function openSessions(
  { portal, headers, signal }: LoadPortal,
  { count, sizeBytes, from = 0 }: { count: number; sizeBytes: number; from?: number },
): Promise<string[]> {
  const urls: string[] = [];
  for (let number = from; number < from + count; number++) {
    const body = JSON.stringify({
      team_code: TEAMS[number % TEAMS.length],
      season: '2025-2026',
      game_id: String(30_000 + number),
      filename: `load-${number}.mp4`,
      size_bytes: sizeBytes,
      content_type: 'video/mp4',
    });
    const answer = await fetch(`${portal.url}/api/v2/masters`, { method: 'POST', headers, body, signal });
    if (answer.status !== 201) throw new Error(`An upload was answered ${answer.status}: ${await answer.text()}`);
    urls.push(((await answer.json()) as { upload: { url: string } }).upload.url);
  }
  return urls;
}

/** 30 masters of 50 MB at once, through the web into the disk store. */
export async function loadUploads(load: LoadPortal): Promise<BenchReport> {
  const { portal, watch, signal } = load;
  const urls = await openSessions(load, { count: UPLOADS, sizeBytes: SIZE_BYTES });
  const restMib = await watch.residentMib();
  const fromMs = Date.now();
  const leaving = new AbortController();
  const asking = askHealth(portal.url, Number.POSITIVE_INFINITY, AbortSignal.any([signal, leaving.signal]));
  const uploads = await load.job({ kind: 'uploads', urls, atOnce: UPLOADS, sizeBytes: SIZE_BYTES });
  leaving.abort();
  await asking.catch(() => {});
  const state = await watch.between(fromMs, Date.now());
  return {
    title: `${UPLOADS} uploads of ${SIZE_BYTES / MIB} MiB at once`,
    figures: [
      { what: 'stored', value: uploads.stored, unit: 'files', atLeast: UPLOADS },
      { what: 'stored wrongly', value: uploads.wrong, unit: 'files', atMost: 0 },
      { what: 'speed', value: (UPLOADS * SIZE_BYTES) / MIB / uploads.seconds, unit: 'MiB/s' },
      ...stallFigures(state),
      { what: 'web at rest', value: restMib, unit: 'MiB' },
      { what: 'web at its peak', value: state.peakMib, unit: 'MiB', against: 'web at rest' },
    ],
  };
}
