import { type Figure, median, timed } from './bench-report.ts';
import type { SlicesRun } from './slices.ts';
import { momentOf } from './slices-copies.ts';
import { PLACE } from './slices-lake.ts';

const RUNS = 40;
const MOST_TIMES = 1.5;
const BATCH = 300;
const POSTERS_MOST_S = 60;
const CLIP_S = 8;

interface MarkedClip {
  clip_id: string;
  playback: { kind: string } | null;
}

const clipOf = (filename: string, startS: number) => ({
  ...{ ...PLACE, player_id: '8480018', event_type: 'shot' },
  source_gcs_uri: `gs://heartbeat-474020-lake/media/raw/${PLACE.team_code}/${PLACE.season}/${PLACE.game_id}/${filename}`,
  ...{ start_timecode_s: startS, end_timecode_s: startS + CLIP_S },
});

async function post<T>({ bench, signal }: SlicesRun, pathname: string, body: object): Promise<T> {
  const { headers, portal } = bench;
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal };
  const response = await fetch(`${portal.url}/api/v2${pathname}`, request);
  const text = await response.text();
  if (!response.ok) throw new Error(`${pathname} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Where a clip of the nth mark begins, each in another segment, within a minute. */
const startOf = (n: number): number => (n * 1.3) % 50;

/** `POST /clips` of a prepared master and of one that is not, in turn. No worker runs. */
export async function measureMarking(run: SlicesRun): Promise<Figure[]> {
  const { bench, ingest, say } = run;
  const bare = await ingest('bare.mp4');
  await bench.db.masterPreparation.deleteMany({ where: { masterId: bare } });
  const seconds: Record<string, number[]> = { 'p1.mp4': [], 'bare.mp4': [] };
  for (let n = 0; n < RUNS; n++) {
    say(`mark ${n + 1} of ${RUNS}`);
    for (const [filename, taken] of Object.entries(seconds)) {
      const mark = async () => {
        const { playback } = await post<MarkedClip>(run, '/clips', clipOf(filename, startOf(n)));
        if ((playback?.kind ?? null) !== (filename === 'p1.mp4' ? 'slice' : null))
          throw new Error(`${filename}: wrong`);
      };
      taken.push(await timed(mark));
    }
  }
  await bench.db.clip.deleteMany();
  await bench.db.$executeRaw`DELETE FROM media_jobs.job`;
  const without = median(seconds['bare.mp4'] ?? []) * 1000;
  const what = `POST /clips without playback (median of ${RUNS})`;
  return [
    { what, value: without, unit: 'ms' },
    {
      ...{ what: 'POST /clips with playback', value: median(seconds['p1.mp4'] ?? []) * 1000, unit: 'ms' },
      ...{ against: what, atMost: without * MOST_TIMES },
    },
  ];
}

/** All clips of a game at once, to be cut later: all can be played, and their pictures come. One worker runs. */
export async function measurePosters(run: SlicesRun): Promise<Figure[]> {
  const { bench, say, signal } = run;
  const worker = await bench.portal.startWorker();
  try {
    say(`${BATCH} clips at once`);
    const clips = Array.from({ length: BATCH }, (_, n) => ({
      ...clipOf(`p${1 + (n % 3)}.mp4`, startOf(n)),
      cut: 'later',
    }));
    const startedS = performance.now() / 1000;
    const { results } = await post<{ results: { clip?: MarkedClip }[] }>(run, '/clips/batch', { clips });
    const answeredS = performance.now() / 1000;
    const playable = results.filter(({ clip }) => clip?.playback?.kind === 'slice').length;
    say('their posters');
    const havePosters = async () => (await bench.db.clipAsset.count({ where: { assetType: 'thumbnail' } })) >= BATCH;
    const allS = await momentOf(havePosters, signal);
    return [
      { what: `the answer to ${BATCH} clips for later`, value: answeredS - startedS, unit: 's' },
      { what: 'with playback in it', value: playable, unit: `of ${BATCH}`, atLeast: BATCH },
      { what: 'from the request to all posters', value: allS - startedS, unit: 's', atMost: POSTERS_MOST_S },
    ];
  } finally {
    await worker.stop();
    await bench.db.$executeRaw`DELETE FROM media_jobs.job`;
  }
}
