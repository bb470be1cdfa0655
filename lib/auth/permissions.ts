import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import { AppError, forbidden } from '#lib/errors.ts';
import type { Role, UserContext } from './user-context.ts';

/** Everything that a caller may want to do; contract §5, row by row. */
export const ACTIONS = [
  'clips.read',
  'clips.write',
  'clips.delete',
  'masters.read',
  'masters.watch',
  'masters.write',
  'masters.delete',
  'plays.read',
  'plays.write',
  'reels.read',
  'reels.write',
  /** Answers what notes say to them, and changes what is their own of it. */
  'notes.answer',
  'people.read',
  'people.manage',
  'account.read',
  'account.write',
] as const;
export type Action = (typeof ACTIONS)[number];

/** One's own account and keys. */
const OWN: readonly Action[] = ['account.read', 'account.write'];
const READ: readonly Action[] = ['clips.read', 'plays.read', 'reels.read', 'notes.answer', ...OWN];
const WRITE: readonly Action[] = [...READ, 'clips.write', 'masters.watch', 'plays.write', 'reels.write'];

/** All that a key of the scope `read` may do, whatever its user may. */
const READING: readonly Action[] = [
  ...([
    'clips.read',
    'plays.read',
    'reels.read',
    'masters.read',
    'masters.watch',
    'people.read',
    'account.read',
  ] as const),
];

/** The one table of rights. A role or an action that is not in it has none: default deny. */
const RIGHTS: Readonly<Record<Role, readonly Action[]>> = {
  admin: ACTIONS,
  staff: WRITE,
  coach: WRITE,
  analyst: WRITE,
  scout: READ,
  player: READ,
};

/** Whether the role has the right at all; the reach of single rows is `reachOf`'s. */
export const mayDo = (user: Pick<UserContext, 'role' | 'keyScope'>, action: Action): boolean =>
  Object.hasOwn(RIGHTS, user.role) &&
  RIGHTS[user.role].includes(action) &&
  (user.keyScope !== 'read' || READING.includes(action));

/** The roles that have a right, for people to read. */
export const rolesThatMay = (action: Action): Role[] =>
  (Object.keys(RIGHTS) as Role[]).filter((role) => RIGHTS[role].includes(action));

/** @throws AppError 403 when the role has no such right. */
export function authorize(user: UserContext, action: Action): void {
  if (mayDo(user, action)) return;
  const { keyScope: _, ...person } = user;
  throw mayDo(person, action) ? forbidden('This API key may only read.', 'read_only_key') : forbidden();
}

/** Which rows a caller reaches: the teams, and for a player the one player whose clips they are. */
export type Reach = { kind: 'none' } | { kind: 'rows'; teams: 'ALL' | readonly string[]; playerId: string | undefined };

/** The caller's reach. An unknown role, a player without a player id, or anyone without a team, reaches nothing. */
export function reachOf(user: UserContext): Reach {
  if (!Object.hasOwn(RIGHTS, user.role)) return { kind: 'none' };
  const teams = user.teamAccess.includes('ALL') ? 'ALL' : user.teamAccess;
  if (teams !== 'ALL' && teams.length === 0) return { kind: 'none' };
  if (user.role === 'player' && !user.playerId) return { kind: 'none' };
  return { kind: 'rows', teams, playerId: user.role === 'player' ? user.playerId : undefined };
}

/** Whether the caller reaches everything: there is nothing that the time of an answer could tell (ADR 26). */
export const reachesAllTeams = (user: UserContext): boolean => {
  const reach = reachOf(user);
  return reach.kind === 'rows' && reach.teams === 'ALL' && reach.playerId === undefined;
};

/** Whether one row lies in the caller's reach. A row without a player (a master) is never a player's. */
export function reaches(user: UserContext, row: { teamCode: string; playerId?: string }): boolean {
  const reach = reachOf(user);
  if (reach.kind === 'none') return false;
  if (reach.teams !== 'ALL' && !reach.teams.includes(row.teamCode)) return false;
  return reach.playerId === undefined || reach.playerId === row.playerId;
}

/** Whether a team is one of the caller's, a player's too. */
export function reachesTeam(user: UserContext, teamCode: string): boolean {
  const reach = reachOf(user);
  return reach.kind === 'rows' && (reach.teams === 'ALL' || reach.teams.includes(teamCode));
}

/**
 * One team is compared by itself: for whoever asks for a clip by its id, one plan does for all teams. With several Postgres has
 * to look at which they are.
 */
function teamsSql(alias: Prisma.Sql, teams: 'ALL' | readonly string[]): Prisma.Sql {
  if (teams === 'ALL') return Prisma.sql`TRUE`;
  const [only, ...others] = teams;
  if (others.length === 0) return Prisma.sql`${alias}.team_code = ${only}`;
  return Prisma.sql`${PLANNED_EACH_TIME} ${alias}.team_code = ANY(${[...teams]}::text[])`;
}

/**
 * The same rule as an SQL condition over `media.clips c`: what lies in the caller's reach, and is not in the trash.
 * Every list, count, facet and statistic puts it inside its query, so that totals are exact.
 */
export const libraryReachSql = (user: UserContext): Prisma.Sql =>
  Prisma.sql`${clipReachSql(user)} AND c.deleted_at IS NULL`;

/** The trash, for those who may fill it. */
export const trashReachSql = (user: UserContext): Prisma.Sql =>
  mayDo(user, 'clips.delete') ? Prisma.sql`${clipReachSql(user)} AND c.deleted_at IS NOT NULL` : Prisma.sql`FALSE`;

/** The reach over an alias `c` with `team_code` and `player_id`, whether or not there is a trash: what events go by. */
export function clipReachSql(user: UserContext): Prisma.Sql {
  const reach = mayDo(user, 'clips.read') ? reachOf(user) : { kind: 'none' as const };
  if (reach.kind === 'none') return Prisma.sql`FALSE`;
  if (reach.playerId === undefined) return teamsSql(Prisma.sql`c`, reach.teams);
  return Prisma.sql`${PLANNED_EACH_TIME} ${teamsSql(Prisma.sql`c`, reach.teams)} AND c.player_id = ${reach.playerId}`;
}

/** The reach over masters `m`, which have a team and no player: of those who list them, or who watch them alone. */
export function masterReachSql(
  user: UserContext,
  action: 'masters.read' | 'masters.watch' = 'masters.read',
): Prisma.Sql {
  const reach = mayDo(user, action) ? reachOf(user) : { kind: 'none' as const };
  if (reach.kind === 'none') return Prisma.sql`FALSE`;
  return teamsSql(Prisma.sql`m`, reach.teams);
}

/** The reach over plays `p`: a player's are those that name them, or have them on the ice. */
export function playReachSql(user: UserContext): Prisma.Sql {
  const reach = mayDo(user, 'plays.read') ? reachOf(user) : { kind: 'none' as const };
  if (reach.kind === 'none') return Prisma.sql`FALSE`;
  const teams = teamsSql(Prisma.sql`p`, reach.teams);
  return reach.playerId === undefined ? teams : Prisma.sql`${teams} AND p.seen_by @> ARRAY[${reach.playerId}]::text[]`;
}

/** The reach over games `g`. Which of their team's games players see, the policy says: those in which something is theirs. */
export function gameReachSql(user: UserContext): Prisma.Sql {
  const reach = mayDo(user, 'plays.read') ? reachOf(user) : { kind: 'none' as const };
  return reach.kind === 'none' ? Prisma.sql`FALSE` : teamsSql(Prisma.sql`g`, reach.teams);
}

/** The reach over code windows `w`: of the caller's teams those that are shared, and the caller's own. */
export function codeWindowReachSql(user: UserContext): Prisma.Sql {
  const reach = mayDo(user, 'masters.watch') ? reachOf(user) : { kind: 'none' as const };
  if (reach.kind === 'none') return Prisma.sql`FALSE`;
  return Prisma.sql`${teamsSql(Prisma.sql`w`, reach.teams)} AND (w.is_shared OR w.owner_id = ${user.userId}::uuid)`;
}

/**
 * Whether the caller is of those who make reels: to them reels for staff are shown, whatever the scope of the key that they
 * ask with.
 */
export const makesReels = ({ role }: Pick<UserContext, 'role'>): boolean => mayDo({ role }, 'reels.write');

/** The reach over reels `r`. Which of their teams' reels callers see, the policy says: it depends on the audience. */
export function reelReachSql(user: UserContext): Prisma.Sql {
  const reach = mayDo(user, 'reels.read') ? reachOf(user) : { kind: 'none' as const };
  return reach.kind === 'none' ? Prisma.sql`FALSE` : teamsSql(Prisma.sql`r`, reach.teams);
}

/** @throws AppError 403 when a row would be put, or taken, outside the caller's reach. */
export function requireTeam(user: UserContext, teamCode: string, path: string): void {
  if (reaches(user, { teamCode })) return;
  throw new AppError({
    status: 403,
    code: 'foreign_team',
    detail: 'That team is not one of yours.',
    errors: [{ path, message: `You have no access to ${teamCode}.` }],
  });
}

/** What the screens offer; the use-cases decide again. */
export const capabilitiesOf = (user: UserContext) => ({
  canEditClips: mayDo(user, 'clips.write'),
  canDeleteClips: mayDo(user, 'clips.delete'),
  canWatchMasters: mayDo(user, 'masters.watch'),
  canManageMasters: mayDo(user, 'masters.write'),
  /** Files of plays are imported, and clocks tied to film. */
  canWritePlays: mayDo(user, 'plays.write'),
  /** Reels are made, and notes written. */
  canMakeReels: mayDo(user, 'reels.write'),
  canManagePeople: mayDo(user, 'people.manage'),
});
export type Capabilities = ReturnType<typeof capabilitiesOf>;
