import type { ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { BenchReport, Figure } from '#scripts/bench/bench-report.ts';
import { editClips } from './edit-clips.ts';
import { stallFigures } from './load-lists.ts';
import { createListeners, type LoadPortal } from './load-portal.ts';
import { openSessions } from './load-uploads.ts';

const CONNECTIONS = 20;
const PEOPLE = 20;
const STREAMS_EACH = 5;
const UPLOADS_AT_ONCE = 2;
const UPLOAD_BYTES = 16 * 1024 * 1024;
const EDITS_PER_SECOND = 2;
/** Five parts of the run: memory of the last three is held against that of the second. */
const PARTS = 5;
/** What the median may rise by, in MiB: collections of garbage fall where they fall. */
const FLAT_MIB = 25;

/** What people and players ask for: lists, searches, one clip, sums, playlists. */
async function pathsOf({ portal, headers, signal }: LoadPortal): Promise<string[]> {
  const answer = await fetch(`${portal.url}/api/v2/clips?limit=10`, { headers, signal });
  const { clips } = (await answer.json()) as ClipListJson;
  const playlists = clips.flatMap(({ assets }) => assets.filter((asset) => asset.asset_type === 'hls_playlist'));
  return [
    ...['/api/v2/clips?limit=50', '/api/v2/clips?limit=24&q=player+7', '/api/v2/clips/stats/overview'],
    ...['/api/v2/clips/facets', '/api/v2/clips/bench-5000', '/api/v2/clips?limit=24&event_type=event-7'],
    ...playlists.map(({ signed_url: url }) => url.slice(new URL(url).origin.length)),
  ];
}

/** Uploads one handful after the other, as long as the run goes on. */
async function upload(load: LoadPortal, seconds: number): Promise<{ stored: number; wrong: number }> {
  const endMs = performance.now() + seconds * 1000;
  let stored = 0;
  let wrong = 0;
  while (performance.now() < endMs) {
    const urls = await openSessions(load, { count: 2 * UPLOADS_AT_ONCE, sizeBytes: UPLOAD_BYTES, from: stored });
    const done = await load.job({ kind: 'uploads', urls, atOnce: UPLOADS_AT_ONCE, sizeBytes: UPLOAD_BYTES });
    stored += done.stored;
    wrong += done.wrong;
  }
  return { stored, wrong };
}

/** Lists, playlists, streams, edits and uploads side by side: memory has to come to rest. */
export async function loadMixed(load: LoadPortal, seconds: number): Promise<BenchReport> {
  const { portal, headers, watch } = load;
  const origin = portal.url;
  const [keys, paths] = [await createListeners(load, PEOPLE), await pathsOf(load)];
  const restMib = await watch.residentMib();
  const fromMs = Date.now();
  const [answers, streams, edits, uploads] = await Promise.all([
    load.job({ kind: 'requests', origin, paths, headers, connections: CONNECTIONS, seconds }),
    load.job({ kind: 'streams', origin, keys, streamsPerKey: STREAMS_EACH, seconds }),
    editClips(load, { seconds, perSecond: EDITS_PER_SECOND }),
    upload(load, seconds),
  ]);
  const partMs = (seconds * 1000) / PARTS;
  const parts = await Promise.all(
    Array.from({ length: PARTS }, (_, n) => watch.between(fromMs + n * partMs, fromMs + (n + 1) * partMs)),
  );
  const [, second = Number.NaN] = parts.map(({ medianMib }) => medianMib);
  const memory = parts.map(
    ({ medianMib }, n): Figure => ({
      what: `memory, fifth ${n + 1}`,
      value: medianMib,
      unit: 'MiB',
      ...(n > 1 ? { against: 'memory, fifth 2', atMost: second + FLAT_MIB } : {}),
    }),
  );
  return {
    title: `Everything at once for ${seconds} s`,
    figures: [
      { what: 'requests', value: answers.sent, unit: 'answers', atLeast: 1 },
      { what: 'requests a second', value: answers.perSecond, unit: '/s' },
      { what: 'a request, p99', value: answers.p99Ms, unit: 'ms' },
      { what: 'faults', value: answers.faults, unit: 'answers', atMost: 0 },
      { what: 'streams that broke', value: streams.broken, unit: 'streams', atMost: 0 },
      { what: 'edits that failed', value: edits.failed, unit: 'edits', atMost: 0 },
      { what: 'uploads', value: uploads.stored, unit: 'files', atLeast: 1 },
      { what: 'uploads stored wrongly', value: uploads.wrong, unit: 'files', atMost: 0 },
      ...stallFigures(await watch.between(fromMs, Date.now())),
      { what: 'web at rest', value: restMib, unit: 'MiB' },
      ...memory,
    ],
  };
}
