import { createApiKey } from '#lib/users/create-api-key.ts';
import { createUser } from '#lib/users/create-user.ts';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import { type BenchReport, type Figure, median, timed } from './bench-report.ts';
import { signInPairs } from './reach-sign-in.ts';
import { BENCH_CLIPS, seedBenchClips } from './seed-clips.ts';

/** Rounds of a pair: each asks for what another team has, and for what nobody has, the one or the other first. */
const ROUNDS = 600;
const WARM_UP = 20;
/** The medians may differ by so much. */
const RATIO = { atLeast: 0.9, atMost: 1.1 };

/** Two requests whose answers are the same, and whose time should be. */
export interface Pair {
  what: string;
  foreign(): Promise<unknown>;
  missing(): Promise<unknown>;
  rounds?: number;
}

/** A clip of the other team, and a player, a game and a tag that have clips in that team only. */
const FOREIGN = { clip: 'bench-1', player: '9500000', name: 'Zvonimir', game: '29990', tag: 'wjqkxvy' };
/** As long, nowhere, and looked for as long: a word of which more others begin alike takes longer, whoever has it. */
const NOBODY = { clip: 'bench-0', player: '9500001', name: 'Qxwjkvyb', game: '29991', tag: 'wjqkxvz' };

/** Every tenth clip is of that one player and game, and has that tag; all in Chicago. */
async function seedForeignPlayer({ db }: BenchPortal): Promise<void> {
  await seedBenchClips(db, 1, BENCH_CLIPS);
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`UPDATE media.clips SET player_id = ${FOREIGN.player}, player_name = ${FOREIGN.name},
      game_id = ${FOREIGN.game}, search_text = media.search_text_of(${FOREIGN.name}, event_type, opponent_code, clip_id,
        zone, outcome, strength, period, NULL)
      WHERE team_code = 'CHI' AND id % 5 = 0`;
    await tx.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag, team_code)
      SELECT id, ${FOREIGN.tag}, team_code FROM media.clips WHERE player_id = ${FOREIGN.player}`;
    await tx.$executeRaw`SELECT media.add_tag_texts('CHI', ARRAY[${FOREIGN.tag}])`;
    // The words of the counts are kept by triggers.
    await tx.$executeRaw`SET LOCAL session_replication_role = origin`;
    await tx.$executeRaw`SELECT media.recount_clips()`;
  });
  await db.$executeRaw`VACUUM ANALYZE media.clips`;
  await db.$executeRaw`VACUUM ANALYZE media.clip_tags`;
}

/** The headers of an account that is bound to one team. */
async function headersOfCoach({ db }: BenchPortal, team: string): Promise<Record<string, string>> {
  const deps = { db, now: () => new Date() };
  const email = `coach.${team.toLowerCase()}@bench.local`;
  const password = crypto.randomUUID();
  await createUser(deps, { email, name: `Coach of ${team}`, role: 'coach', team_access: [team], password });
  const { key } = await createApiKey(deps, { email, name: 'bench', scope: 'write' });
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}

async function pairsOf(bench: BenchPortal, signal: AbortSignal): Promise<Pair[]> {
  const base = `${bench.portal.url}/api/v2`;
  const headers = await headersOfCoach(bench, 'MTL');
  const send = async (method: string, path: string, expected: number, more: RequestInit = {}) => {
    const all = { ...headers, ...(more.headers as Record<string, string>) };
    const response = await fetch(`${base}${path}`, { method, signal, ...more, headers: all });
    const text = await response.text();
    if (response.status !== expected) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  };
  const own = await fetch(`${base}/clips/${FOREIGN.clip}`, { headers: await headersOfCoach(bench, 'CHI'), signal });
  const etag = own.headers.get('etag') ?? '';
  if (!etag) throw new Error('A clip has an ETag.');

  const of = (what: string, send: (of: typeof FOREIGN) => Promise<unknown>): Pair => ({
    what,
    foreign: () => send(FOREIGN),
    missing: () => send(NOBODY),
  });
  const body = JSON.stringify({ zone: 'oz' });
  const holds = (tag: string) => () =>
    send('GET', `/clips/${FOREIGN.clip}`, 404, { headers: { 'if-none-match': tag } });
  return [
    of('GET a clip', ({ clip }) => send('GET', `/clips/${clip}`, 404)),
    of('PATCH a clip', ({ clip }) => send('PATCH', `/clips/${clip}`, 404, { body })),
    of('DELETE a tag', ({ clip }) => send('DELETE', `/clips/${clip}/tags/x`, 404)),
    { what: 'If-None-Match', foreign: holds(etag), missing: holds(etag.replaceAll(/[0-9a-f]/g, '0')) },
    of('list by player_id', ({ player }) => send('GET', `/clips?player_id=${player}`, 200)),
    of('list by game_id', ({ game }) => send('GET', `/clips?game_id=${game}`, 200)),
    of('list by tag', ({ tag }) => send('GET', `/clips?tag=${tag}`, 200)),
    of('search by a word that is a tag', ({ tag }) => send('GET', `/clips?q=${tag}`, 200)),
    of('facets by player_id', ({ player }) => send('GET', `/clips/facets?player_id=${player}`, 200)),
    of('search by name', ({ name }) => send('GET', `/clips?q=${name}`, 200)),
    // The last letter twice.
    of('search by name, with a slip', ({ name }) => send('GET', `/clips?q=${name}${name.at(-1)}`, 200)),
    ...(await signInPairs(bench, signal)),
  ];
}

/** Takes both in turn, either first as often, so that what else the machine does weighs on both alike. */
async function measure({ what, foreign, missing, rounds = ROUNDS }: Pair, signal: AbortSignal): Promise<Figure[]> {
  for (let n = 0; n < Math.min(WARM_UP, rounds); n++) await (n % 2 ? foreign() : missing());
  const seconds = { foreign: [] as number[], missing: [] as number[] };
  for (let n = 0; n < rounds; n++) {
    signal.throwIfAborted();
    if (n % 2) seconds.foreign.push(await timed(foreign));
    seconds.missing.push(await timed(missing));
    if (!(n % 2)) seconds.foreign.push(await timed(foreign));
  }
  const longer = seconds.foreign.filter((spent, n) => spent > (seconds.missing[n] ?? 0)).length;
  const base = median(seconds.missing) * 1000;
  // Three standard deviations of as many throws of a coin.
  const chance = 150 / Math.sqrt(rounds);
  const nobodys = `${what}: nobody’s`;
  return [
    { what: nobodys, value: base, unit: 'ms' },
    {
      ...{ what: `${what}: another team’s`, value: median(seconds.foreign) * 1000, unit: 'ms', against: nobodys },
      ...{ atLeast: base * RATIO.atLeast, atMost: base * RATIO.atMost },
    },
    {
      ...{ what: `${what}: rounds in which it took longer`, value: (longer / rounds) * 100, unit: '%' },
      ...{ atLeast: 50 - chance, atMost: 50 + chance },
    },
  ];
}

/** Whether the time of an answer tells a caller of one team what another has: it should be a throw of a coin. */
export function benchReach(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  return withBenchPortal(
    async (bench) => {
      say('reach: clips are put there');
      await seedForeignPlayer(bench);
      const figures: Figure[] = [];
      for (const pair of await pairsOf(bench, signal)) {
        say(`reach: ${pair.what}`);
        figures.push(...(await measure(pair, signal)));
      }
      return { title: 'What another team has, and what nobody has, to a coach of one team', figures };
    },
    // Each sign-in comes from a place of its own: the throttle counts places.
    { env: { TRUSTED_PROXY_HOPS: '1' } },
  );
}
