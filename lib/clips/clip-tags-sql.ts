import { reachesAllTeams, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { writtenOut } from '#lib/db/statement-names.ts';

/** Tags of which a clip has one, as they were looked up. */
export interface SoughtTags {
  tags: readonly string[];
  /** More clips of the caller's teams have one of them than are worth collecting: a list is walked, clip by clip. */
  isMany: boolean;
}

/** To collect a clip takes about as long as one step along a list; from here on a few steps find a page. */
const MOST_COLLECTED = 10_000;

/** Whoever reaches one player's clips looks at those, and at no index over everybody's (ADR 26). */
export const looksAtOwn = (user: UserContext): boolean => {
  const reach = reachOf(user);
  return reach.kind === 'rows' && reach.playerId !== undefined;
};

/**
 * Whether many clips of the caller's teams have one of some tags, as an expression that asks no more than that many.
 * @param tags an expression, of `text[]`.
 */
export const isManySql = (user: UserContext, tags: Prisma.Sql): Prisma.Sql =>
  looksAtOwn(user)
    ? Prisma.sql`true`
    : Prisma.sql`(SELECT count(*) > ${writtenOut(MOST_COLLECTED)} FROM media.tagged_clips(${tags}, ${writtenOut(MOST_COLLECTED + 1)}))`;

/**
 * Whether a clip `c` that is come by has one of some tags: looked up by the clip, for the collation fits no index that begins
 * with the tag. A value, and no EXISTS: that might be answered for all clips at once, everybody's.
 */
export const isTaggedSql = ({ tags }: SoughtTags): Prisma.Sql =>
  Prisma.sql`(SELECT true FROM media.clip_tags t
    WHERE t.clip_id = c.id AND t.tag COLLATE "C" = ANY(${[...tags]}::text[]) LIMIT 1)`;

/**
 * Whether a clip `c` has one of some tags, for a list of all that do. Few are collected by the index that leads with the
 * team, so that a tag which another team has is met nowhere (ADR 26); many are asked clip by clip. Those who reach all teams
 * have nothing to be kept from: of many, Postgres chooses by what it knows of the tag.
 */
export function taggedSql(user: UserContext, sought: SoughtTags): Prisma.Sql {
  const tags = Prisma.sql`${[...sought.tags]}::text[]`;
  if (!sought.isMany) return Prisma.sql`c.id = ANY(ARRAY(SELECT media.tagged_clips(${tags})))`;
  if (!reachesAllTeams(user)) return isTaggedSql(sought);
  return Prisma.sql`EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = c.id AND t.tag = ANY(${tags}))`;
}
