import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/auth/user-context.ts';
import type { Team } from './access-rules.ts';
import { accountOf, type TestAccount } from './accounts.ts';
import { type Api, announce, apiOf } from './api.ts';
import { seedClipRows, sql } from './database.ts';
import { readPortalState } from './portal-state.ts';

/** Whose it is: the caller's; somebody's of the same team, where that differs; the other team's; nobody's. */
export type Target = 'own' | 'teammate' | 'other' | 'missing';
export type Targets = Partial<Record<Target, string>>;

export interface Caller {
  role: Role;
  team: Team;
  account: TestAccount;
  api: Api;
}

/** Everything that the matrix makes bears one of these, by which it is found and removed. */
export const MATRIX = { season: '2018-2019', name: 'matrix', domain: 'matrix.local', url: 'https://hooks.invalid/' };

export const otherTeam = (team: Team): Team => (team === 'MTL' ? 'CHI' : 'MTL');
const masterOf = (team: Team): string => readPortalState().masters[team === 'MTL' ? 'mtl' : 'chi'];
const teammateOf = ({ role, team }: Caller) => accountOf(role === 'coach' ? 'staff' : 'coach', team);
const strangerOf = ({ team }: Caller) => accountOf('coach', otherTeam(team));

/** The id of an account, or of the key that it calls with. */
async function idOf(of: 'u' | 'k', { email }: TestAccount): Promise<string> {
  const [row] = await sql(
    `SELECT ${of}.id FROM media.users u JOIN media.api_keys k ON k.user_id = u.id AND k.name = 'test' WHERE u.email = $1`,
    [email],
  );
  return String(row?.id);
}

/** The id of what an account has just made. */
async function made(answer: ReturnType<Api['post']>): Promise<string> {
  const { status, text, json } = await answer;
  if (status !== 201) throw new Error(`a target could not be made: ${status} ${text}`);
  return json.master?.id ?? json.id;
}

/** Ready clips with all the assets of a clip that was really cut. */
export async function makeClips({ team, account }: Caller): Promise<Targets> {
  const ids = { own: randomUUID(), teammate: randomUUID(), other: randomUUID(), missing: randomUUID() };
  const player_id = account.playerId ?? accountOf('player', team).playerId ?? '';
  const row = { season: MATRIX.season, event_type: 'shot' };
  await seedClipRows([
    { ...row, clip_id: ids.own, team_code: team, player_id },
    { ...row, clip_id: ids.teammate, team_code: team, player_id: '1' },
    // The same player id in another team: an id alone opens nothing.
    { ...row, clip_id: ids.other, team_code: otherTeam(team), player_id },
  ]);
  await sql(
    `WITH made AS (SELECT id, lower(team_code) AS team FROM media.clips WHERE clip_id = ANY($1)),
       tagged AS (INSERT INTO media.clip_tags (clip_id, tag) SELECT id, 'matrix' FROM made)
     INSERT INTO media.clip_assets (clip_id, asset_type, gcs_uri, file_size_bytes, duration_s, generation, delivery_index)
     SELECT made.id, a.asset_type, a.gcs_uri, a.file_size_bytes, a.duration_s, a.generation, a.delivery_index
     FROM made JOIN media.clips c ON c.clip_id = 'lib-' || made.team || '-1' JOIN media.clip_assets a ON a.clip_id = c.id`,
    [Object.values(ids)],
  );
  return ids;
}

const announceFor = (team: Team, account: TestAccount) =>
  made(
    apiOf(account).post(
      '/masters',
      announce({ team_code: team, season: MATRIX.season, game_id: '1' }, `${randomUUID()}.mp4`, 9),
    ),
  );

/** Who started an upload completes it. */
export const makeMasters = async ({ role, team, account }: Caller): Promise<Targets> => ({
  own: await announceFor(team, role === 'admin' ? account : accountOf('admin')),
  other: await announceFor(otherTeam(team), accountOf('admin')),
  missing: randomUUID(),
});

/** Reels shown to their teams: one's own, or for who makes none a teammate's; a teammate's; the other team's. */
export async function makeReels(caller: Caller): Promise<Targets> {
  const makeFor = (account: TestAccount, team: Team) =>
    made(apiOf(account).post('/reels', { team_code: team, title: MATRIX.name, audience: 'team' }));
  const { role, team, account } = caller;
  const maker = role === 'scout' || role === 'player' ? teammateOf(caller) : account;
  return {
    own: await makeFor(maker, team),
    teammate: await makeFor(teammateOf(caller), team),
    other: await makeFor(strangerOf(caller), otherTeam(team)),
    missing: randomUUID(),
  };
}

/**
 * Notes on the clips of `makeClips`: one's own, or for who writes none an answer of theirs; a teammate's for staff; one in
 * the other team for everybody.
 */
export async function makeNotes(caller: Caller): Promise<Targets> {
  const clips = await makeClips(caller);
  const note = (account: TestAccount, clipId: string | undefined, visible_to: 'staff' | 'audience') =>
    made(apiOf(account).post(`/clips/${clipId}/notes`, { at_s: 0, text: MATRIX.name, visible_to }));
  const { role, account, api } = caller;
  const answers = role === 'scout' || role === 'player';
  const first = await note(answers ? teammateOf(caller) : account, clips.own, answers ? 'audience' : 'staff');
  return {
    own: answers ? await made(api.post(`/notes/${first}/answers`, { text: MATRIX.name })) : first,
    teammate: await note(teammateOf(caller), clips.own, 'staff'),
    other: await note(strangerOf(caller), clips.other, 'audience'),
    missing: randomUUID(),
  };
}

/** A link to each of these. */
export async function makeLinks(caller: Caller): Promise<Targets> {
  const reels = await makeReels(caller);
  const linkTo = (account: TestAccount, reel: string | undefined) =>
    made(apiOf(account).post(`/reels/${reel}/links`, {}));
  const { role, account } = caller;
  const maker = role === 'scout' || role === 'player' ? teammateOf(caller) : account;
  return {
    own: await linkTo(maker, reels.own),
    teammate: await linkTo(teammateOf(caller), reels.teammate),
    other: await linkTo(strangerOf(caller), reels.other),
    missing: randomUUID(),
  };
}

const makePerson = (team: Team) => {
  const person = { name: MATRIX.name, role: 'scout', team_access: [team], email: `${randomUUID()}@${MATRIX.domain}` };
  return made(apiOf(accountOf('admin')).post('/users', person));
};

export const makePeople = async ({ team }: Caller): Promise<Targets> => ({
  own: await makePerson(team),
  other: await makePerson(otherTeam(team)),
  missing: randomUUID(),
});

const makeKey = (account: TestAccount) => made(apiOf(account).post('/keys', { name: MATRIX.name }));

export const makeKeys = async (caller: Caller): Promise<Targets> => ({
  own: await makeKey(caller.account),
  teammate: await makeKey(teammateOf(caller)),
  other: await makeKey(strangerOf(caller)),
  missing: randomUUID(),
});

export async function makeWebhooks(caller: Caller): Promise<Targets> {
  // A key has ten at most.
  await sql('DELETE FROM media.webhooks WHERE url = $1', [MATRIX.url]);
  const makeFor = (account: TestAccount) =>
    made(apiOf(account).post('/webhooks', { url: MATRIX.url, event_types: ['clip.ready'] }));
  const [own, teammate, other] = [caller.account, teammateOf(caller), strangerOf(caller)].map(makeFor);
  return { own: await own, teammate: await teammate, other: await other, missing: randomUUID() };
}

/** A message of each webhook that has ended, of a clip in its owner's reach. */
export async function makeDeliveries(
  { team, account }: Caller,
  { webhook_id = {} }: Readonly<Record<string, Targets>>,
) {
  const ids = { own: randomUUID(), teammate: randomUUID(), other: randomUUID(), missing: randomUUID() };
  const rows = (['own', 'teammate', 'other'] as const).map((kind) => ({
    id: ids[kind],
    webhook_id: webhook_id[kind],
    team_code: kind === 'other' ? otherTeam(team) : team,
    player_id: account.playerId ?? '1',
  }));
  await sql(
    `INSERT INTO media.webhook_deliveries (id, webhook_id, type, clip_id, team_code, player_id, data, state, ended_at)
     SELECT id, webhook_id, 'clip.ready', 'matrix', team_code, player_id, '{"clip_id":"matrix"}', 'delivered', now()
     FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, webhook_id uuid, team_code text, player_id text)`,
    [JSON.stringify(rows)],
  );
  return ids;
}

/** An export of each reel that is still to be made. */
export async function makeExports({ account }: Caller, { reel_id = {} }: Readonly<Record<string, Targets>>) {
  const ids = { own: randomUUID(), teammate: randomUUID(), other: randomUUID(), missing: randomUUID() };
  const rows = (['own', 'teammate', 'other'] as const).map((kind) => ({ id: ids[kind], reel_id: reel_id[kind] }));
  await sql(
    `INSERT INTO media.reel_exports (id, reel_id, reel_version, requested_by, title_cards, notes, names, gcs_uri)
     SELECT id, reel_id, 1, $2::uuid, false, false, true, 'gs://' || $3 || '/MTL/reels/' || reel_id || '/' || id || '.mp4'
     FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, reel_id uuid)`,
    [JSON.stringify(rows), await idOf('u', account), MATRIX.name],
  );
  return ids;
}

/** The caller's own, one that a colleague keeps for themselves, and one that the other team shares. */
export async function makeCodeWindows(caller: Caller): Promise<Targets> {
  const ids = { own: randomUUID(), teammate: randomUUID(), other: randomUUID(), missing: randomUUID() };
  const { team } = caller;
  const rows = [
    { id: ids.own, owner_id: await idOf('u', caller.account), team_code: team, is_shared: false },
    { id: ids.teammate, owner_id: await idOf('u', teammateOf(caller)), team_code: team, is_shared: false },
    { id: ids.other, owner_id: await idOf('u', strangerOf(caller)), team_code: otherTeam(team), is_shared: true },
  ];
  await insertCodeWindows(rows);
  return ids;
}

const insertCodeWindows = (rows: readonly object[]) =>
  sql(
    `INSERT INTO media.code_windows (id, owner_id, team_code, name, is_shared, buttons)
     SELECT id, owner_id, team_code, $2, is_shared, '[{"label":"Shot","event_type":"shot","lead_s":3,"lag_s":5,"tags":[],"color":"red"}]'
     FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, owner_id uuid, team_code text, is_shared boolean)`,
    [JSON.stringify(rows), MATRIX.name],
  );

/** A code window that each team shares. */
export const seedCodeWindows = () =>
  insertCodeWindows((['MTL', 'CHI'] as const).map((team_code) => ({ id: randomUUID(), team_code, is_shared: true })));

export const teamsOf = ({ team }: Caller): Targets => ({ own: team, other: otherTeam(team), missing: 'ZZZ' });

/** Two plays of each team that name its player: one of the game of paths, and one that the library's master shows. */
export async function seedPlays(): Promise<void> {
  const teams = (['MTL', 'CHI'] as const).map((team) => ({
    ...{ team_code: team, master_id: masterOf(team), player_id: accountOf('player', team).playerId },
  }));
  await sql(
    `WITH given AS (
       SELECT m.team_code, m.season, p.*, g.player_id, m.id AS master_id
       FROM jsonb_to_recordset($1::jsonb) AS g(master_id uuid, player_id text) JOIN media.masters m ON m.id = g.master_id,
         LATERAL (VALUES ('20031', 1, $2), (m.game_id, m.period, $2 || '-film')) AS p(game_id, period, source_id)
     ), game AS (
       INSERT INTO media.games (team_code, season, game_id) SELECT DISTINCT team_code, season, game_id FROM given
       ON CONFLICT DO NOTHING
     ), anchor AS (
       INSERT INTO media.master_anchors (master_id, period, clock_s, video_s)
       SELECT DISTINCT master_id, m.period, 0, 0 FROM given JOIN media.masters m ON m.id = master_id ON CONFLICT DO NOTHING
     )
     INSERT INTO media.plays (team_code, season, game_id, source, source_id, part, period, clock_s, name, acting_team, player_id)
     SELECT team_code, season, game_id, 'nhl', source_id, '1', period, 2, 'shot', team_code, player_id FROM given ON CONFLICT DO NOTHING`,
    [JSON.stringify(teams), MATRIX.name],
  );
}

/** A reel of each team, shown to all of it. */
export async function seedReels(): Promise<void> {
  for (const team of ['MTL', 'CHI'] as const) {
    await made(
      apiOf(accountOf('coach', team)).post('/reels', { team_code: team, title: MATRIX.name, audience: 'team' }),
    );
  }
}

export async function playsOf({ team }: Caller): Promise<Targets> {
  const rows = await sql('SELECT team_code, id FROM media.plays WHERE source_id = $1', [MATRIX.name]);
  const idIn = (of: Team) => String(rows.find(({ team_code }) => team_code === of)?.id);
  return { own: idIn(team), other: idIn(otherTeam(team)), missing: '999999999' };
}

export const playersOf = ({ team }: Caller): Targets => ({
  own: accountOf('player', team).playerId ?? '',
  other: accountOf('player', otherTeam(team)).playerId ?? '',
  missing: '9999999',
});

export const libraryMasters = ({ team }: Caller): Targets => ({
  own: masterOf(team),
  other: masterOf(otherTeam(team)),
  missing: randomUUID(),
});

/** The accounts themselves, or the keys that they call with. */
export const idsOf = (of: 'u' | 'k') => async (caller: Caller) => ({
  own: await idOf(of, caller.account),
  teammate: await idOf(of, teammateOf(caller)),
  other: await idOf(of, strangerOf(caller)),
  missing: randomUUID(),
});

/** The keys that the accounts call with, each with a webhook. */
export async function keysWithWebhooks(caller: Caller): Promise<Targets> {
  await makeWebhooks(caller);
  return idsOf('k')(caller);
}

/** Takes away what the matrix made. */
export async function removeTargets(): Promise<void> {
  await sql('DELETE FROM media.reels WHERE title = $1', [MATRIX.name]);
  await sql(`DELETE FROM media.reel_export_leftovers WHERE gcs_uri LIKE 'gs://' || $1 || '/%'`, [MATRIX.name]);
  await sql('DELETE FROM media.clips WHERE season = $1 OR play_id IS NOT NULL', [MATRIX.season]);
  await sql('DELETE FROM media.plays WHERE source_id LIKE $1', [`${MATRIX.name}%`]);
  await sql('DELETE FROM media.master_anchors WHERE master_id = ANY($1::uuid[])', [
    (['MTL', 'CHI'] as const).map(masterOf),
  ]);
  await sql('DELETE FROM media.masters WHERE season = $1', [MATRIX.season]);
  await sql('DELETE FROM media.games WHERE season = $1', [MATRIX.season]);
  await sql('DELETE FROM media.code_windows WHERE name = $1', [MATRIX.name]);
  await sql('DELETE FROM media.webhooks WHERE url = $1', [MATRIX.url]);
  await sql('DELETE FROM media.api_keys WHERE name = $1', [MATRIX.name]);
  await sql('DELETE FROM media.users WHERE email LIKE $1', [`%@${MATRIX.domain}`]);
}
