import { setTimeout as sleep } from 'node:timers/promises';
import type { GameJson } from '#lib/plays/game-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { type BenchReport, timed } from './bench-report.ts';
import { ask, askJson, type GameRun, importGame, playsOfGame } from './game-asks.ts';
import { type Ingest, PLACE } from './slices-lake.ts';

const PERIODS = [1, 2, 3];
const PLAYABLE_MOST_S = 60;
const EVERY_MS = 200;
/** The beginning of a segment says that it is served. */
const FIRST_KIB = { range: 'bytes=0-1023' };
const AT_ONCE = 8;

interface Segment {
  url: string;
  endS: number;
}

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim());

/** The segments of a master's best rendition so far, with where each ends in the master; none before the first is there. */
async function segmentsOf(run: GameRun, masterId: string): Promise<Segment[]> {
  const { headers, portal } = run.bench;
  const watched = await fetch(`${portal.url}/api/v2/masters/${masterId}/playback`, { headers, signal: run.signal });
  const text = await watched.text();
  if (watched.status === 404) return [];
  if (!watched.ok) throw new Error(`The playback of a master answered ${watched.status}: ${text}`);
  const { url, offset_s } = JSON.parse(text) as { url: string; offset_s: number };
  const textOf = async (at: string) => linesOf(await (await fetch(at, { signal: run.signal })).text());
  const rendition = (await textOf(url)).find((line) => line !== '' && !line.startsWith('#'));
  if (!rendition) return [];
  const segments: Segment[] = [];
  let endS = -offset_s;
  const base = new URL(rendition, url).href;
  for (const line of await textOf(base)) {
    if (line.startsWith('#EXTINF:')) endS += Number.parseFloat(line.slice('#EXTINF:'.length));
    else if (line !== '' && !line.startsWith('#')) segments.push({ url: new URL(line, base).href, endS });
  }
  return segments;
}

/** Where plays are seen: the segment of each, or `null` while one of them is nowhere yet. */
async function segmentsOfPlays(run: GameRun, plays: readonly PlayJson[]): Promise<Set<string> | null> {
  const found = new Set<string>();
  for (const [masterId, seen] of Map.groupBy(plays, ({ video }) => video?.master_id ?? '')) {
    if (masterId === '') return null;
    const segments = await segmentsOf(run, masterId);
    for (const { video } of seen) {
      const segment = segments.find(({ endS }) => (video?.at_s ?? 0) < endS);
      if (!segment) return null;
      found.add(segment.url);
    }
  }
  return found;
}

/** Fetches the beginning of each of these. @throws Error for one that is not served. */
async function fetchAll({ signal }: GameRun, urls: readonly string[]): Promise<void> {
  const left = [...urls];
  const next = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      const response = await fetch(url, { headers: FIRST_KIB, signal });
      const { byteLength } = await response.arrayBuffer();
      if (!response.ok || byteLength === 0) throw new Error(`A segment answered ${response.status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

const filmsOfGame = async (run: GameRun): Promise<{ master_id: string; period: number }[]> => {
  const game = await askJson<GameJson>(run, `/games/${Object.values(PLACE).join('/')}`);
  return game.periods.flatMap(({ master_id, period }) => (master_id === null ? [] : { master_id, period }));
};

/** Somebody has looked, and says that the film begins with the period's opening face-off: from then on places are exact. */
const tieOpening = (run: GameRun, masterId: string, period: number) =>
  ask(run, `/masters/${masterId}/anchors`, {
    ...{ method: 'PUT', body: JSON.stringify([{ period, clock_s: 0, video_s: 0 }]) },
  });

/** Three masters and a file of plays: from the last byte that is uploaded until each play can be watched. */
export async function measureFilms(run: GameRun, ingest: Ingest, file: string, minutes: number): Promise<BenchReport> {
  const { bench, say, signal } = run;
  const worker = await bench.portal.startWorker();
  try {
    let storedS = 0;
    const uploadS = await timed(async () => {
      for (const period of PERIODS) {
        await ingest(`p${period}.mp4`, {
          period,
          onProgress: ({ phase, doneBytes, totalBytes }) => {
            if (phase === 'sending' && doneBytes === totalBytes) storedS = performance.now() / 1000;
          },
        });
      }
    });
    const importS = await timed(() => importGame(run, file));
    for (const { master_id, period } of await filmsOfGame(run)) await tieOpening(run, master_id, period);
    say('waiting until all plays can be watched');
    let plays = await playsOfGame(run);
    let urls = await segmentsOfPlays(run, plays);
    while (urls === null) {
      await sleep(EVERY_MS, undefined, { signal });
      plays = await playsOfGame(run);
      urls = await segmentsOfPlays(run, plays);
    }
    await fetchAll(run, [...urls]);
    const playableS = performance.now() / 1000 - storedS;
    return {
      title: `${PERIODS.length} masters of ${minutes} min, 1080p30 at 8 Mbit/s, and a file of plays; one worker, disk store`,
      figures: [
        { what: 'to upload and check all', value: uploadS, unit: 's' },
        { what: 'to import the plays, as the worker begins', value: importS, unit: 's' },
        {
          what: 'from the last byte until every play can be watched',
          value: playableS,
          unit: 's',
          atMost: PLAYABLE_MOST_S,
        },
        { what: 'plays', value: plays.length, unit: '' },
        {
          what: 'exactly placed',
          value: plays.filter(({ video }) => video?.is_exact).length,
          unit: '',
          atLeast: plays.length,
        },
        { what: 'segments that they lie in', value: urls.size, unit: '' },
      ],
    };
  } finally {
    await worker.stop();
  }
}

const IMPORTS = 5;
const IMPORT_MOST_S = 2;
const CLIPS = 300;
const CLIPS_MOST_S = 3;

/** A file of plays into games that nobody has, and the same file again. */
export async function measureImports(run: GameRun, file: string, rows: number): Promise<BenchReport['figures']> {
  const seconds = { first: [] as number[], again: [] as number[] };
  for (let n = 0; n < IMPORTS; n++) {
    run.say(`import ${n + 1} of ${IMPORTS}`);
    const query = `team_code=MTL&season=2022-2023&game_id=${29_000 + n}`;
    for (const taken of [seconds.first, seconds.again]) taken.push(await timed(() => importGame(run, file, query)));
  }
  await run.bench.db.game.deleteMany({ where: { season: '2022-2023' } });
  const slowest = `${rows} rows into a new game (longest of ${IMPORTS})`;
  return [
    { what: slowest, value: Math.max(...seconds.first), unit: 's', atMost: IMPORT_MOST_S },
    { what: 'the same file again', value: Math.max(...seconds.again), unit: 's', against: slowest },
  ];
}

/** Clips of three hundred plays in one request. */
export async function measureClips(run: GameRun): Promise<BenchReport['figures']> {
  const play_ids = (await playsOfGame(run))
    .filter(({ player_id, kind }) => player_id && kind === 'event')
    .map(({ id }) => id);
  const request = (body: object) => ask(run, '/plays/clips', { method: 'POST', body: JSON.stringify(body) });
  const body = { play_ids: play_ids.slice(0, CLIPS) };
  run.say(`${CLIPS} clips of plays`);
  let made = 0;
  const tookS = await timed(async () => {
    const { created } = JSON.parse(await request(body)) as { created: number };
    made = created;
  });
  const againS = await timed(() => request(body));
  return [
    { what: `${CLIPS} clips of plays`, value: tookS, unit: 's', atMost: CLIPS_MOST_S },
    { what: 'made', value: made, unit: `of ${CLIPS}`, atLeast: CLIPS },
    { what: 'asked for again', value: againS, unit: 's' },
  ];
}
