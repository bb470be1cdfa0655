import type { DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { ListKeysQuery, ListUsersQuery } from './people-schemas.ts';
import type { ApiKey, User } from './user-repo.ts';

export type KeyWithOwner = ApiKey & { user: Pick<User, 'id' | 'name' | 'email' | 'teamAccess'> };
export type UserLink = Prisma.UserLinkGetPayload<object>;

type Teams = 'ALL' | readonly string[];

/** Accounts that see something of these teams. */
const seeing = (teams: Teams): Prisma.UserWhereInput =>
  teams === 'ALL' ? {} : { teamAccess: { hasSome: [...teams, 'ALL'] } };

/** A text as itself: Prisma hands `%` and `_` to LIKE as they are. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function userWhere(teams: Teams, query: ListUsersQuery): Prisma.UserWhereInput {
  const conditions: Prisma.UserWhereInput[] = [
    teams === 'ALL' || teams.length > 0 ? seeing(teams) : { id: { in: [] } },
  ];
  if (query.q) {
    const part = { contains: literal(query.q), mode: 'insensitive' } as const;
    conditions.push({ OR: [{ name: part }, { email: part }] });
  }
  if (query.role) conditions.push({ role: query.role });
  if (query.team_code) conditions.push({ teamAccess: { has: query.team_code } });
  if (query.status) conditions.push({ disabledAt: query.status === 'active' ? null : { not: null } });
  return { AND: conditions };
}

/** One page of the accounts that see something of these teams, by name, with their number. */
export async function selectUsers(
  db: DbOrTx,
  teams: Teams,
  query: ListUsersQuery,
): Promise<{ users: User[]; total: number }> {
  const where = userWhere(teams, query);
  const [total, users] = await Promise.all([
    db.user.count({ where }),
    db.user.findMany({
      where,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit,
      skip: query.offset,
    }),
  ]);
  return { users, total };
}

/** One at a time changes who the admins are: two who disable each other would leave nobody. */
export async function lockAdmins(tx: DbOrTx): Promise<void> {
  await tx.$queryRaw`SELECT FROM (SELECT pg_advisory_xact_lock(hashtext('media.users admins'))) held`;
}

export async function lockUser(tx: DbOrTx, id: string): Promise<User | null> {
  await tx.$queryRaw`SELECT FROM media.users WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.user.findUnique({ where: { id } });
}

/** How many admins that can sign in there are beside one; with access to all teams, if that is what counts. */
export const countOtherAdmins = (tx: DbOrTx, id: string, withAll: boolean): Promise<number> =>
  tx.user.count({
    where: { role: 'admin', disabledAt: null, id: { not: id }, ...(withAll ? { teamAccess: { has: 'ALL' } } : {}) },
  });

export const updateUser = (tx: DbOrTx, id: string, data: Prisma.UserUncheckedUpdateInput): Promise<User> =>
  tx.user.update({ where: { id }, data });

/** Every key of a user that still holds ends now; their number. */
export async function revokeKeysOf(tx: DbOrTx, userId: string, now: Date): Promise<number> {
  const where = { userId, revokedAt: null };
  return (await tx.apiKey.updateMany({ where, data: { revokedAt: now } })).count;
}

const OWNER = { user: { select: { id: true, name: true, email: true, teamAccess: true } } } as const;

/** One page of keys, newest first: one's own, and those of all who see something of these teams; or one user's of them. */
export async function selectKeys(
  db: DbOrTx,
  owners: { self: string; teams: Teams; only: string | undefined },
  query: ListKeysQuery,
  now: Date,
): Promise<{ keys: KeyWithOwner[]; total: number }> {
  const ended = { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] };
  const { self, teams, only } = owners;
  const inSight = { OR: [{ userId: self }, ...(teams.length > 0 ? [{ user: seeing(teams) }] : [])] };
  const whose: Prisma.ApiKeyWhereInput = only === undefined ? inSight : { AND: [{ userId: only }, inSight] };
  const state = query.status === undefined ? {} : query.status === 'ended' ? ended : { NOT: ended };
  const where: Prisma.ApiKeyWhereInput = { AND: [whose, state] };
  const [total, keys] = await Promise.all([
    db.apiKey.count({ where }),
    db.apiKey.findMany({
      where,
      include: OWNER,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit,
      skip: query.offset,
    }),
  ]);
  return { keys, total };
}

export const findKey = (db: DbOrTx, id: string): Promise<KeyWithOwner | null> =>
  db.apiKey.findUnique({ where: { id }, include: OWNER });

/** True if the key held until now. */
export async function revokeKey(tx: DbOrTx, id: string, now: Date): Promise<boolean> {
  return (await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count > 0;
}

export const countHoldingKeys = (tx: DbOrTx, userId: string, now: Date): Promise<number> =>
  tx.apiKey.count({
    where: { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });

/** A new link of a user; the ones before it are gone. */
export async function replaceLink(tx: DbOrTx, link: Omit<UserLink, 'createdAt' | 'usedAt'>): Promise<void> {
  await tx.userLink.deleteMany({ where: { userId: link.userId, usedAt: null } });
  await tx.userLink.create({ data: link });
}

export const findLink = (db: DbOrTx, tokenHash: string): Promise<(UserLink & { user: User }) | null> =>
  db.userLink.findUnique({ where: { tokenHash }, include: { user: true } });

/** Takes a link, which then is used up. True if it was to be had. */
export async function takeLink(tx: DbOrTx, tokenHash: string, now: Date): Promise<boolean> {
  const where = { tokenHash, usedAt: null, expiresAt: { gt: now } };
  return (await tx.userLink.updateMany({ where, data: { usedAt: now } })).count > 0;
}
