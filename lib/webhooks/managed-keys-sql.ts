import { mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { teamsOf } from '#lib/users/people-reach.ts';
import { isProgram } from './webhook-reach.ts';

/** `managesWebhooksOf` as a condition over `api_keys k` and `users u`. */
export function managedKeysSql(user: UserContext): Prisma.Sql {
  if (isProgram(user)) return Prisma.sql`k.id = ${user.apiKeyId}::uuid`;
  const own = Prisma.sql`k.user_id = ${user.userId}::uuid`;
  if (!mayDo(user, 'people.manage')) return own;
  const teams = teamsOf(user);
  if (teams === 'ALL') return Prisma.sql`TRUE`;
  return Prisma.sql`(${own} OR (cardinality(u.team_access) > 0 AND u.team_access::text[] <@ ${[...teams]}::text[]))`;
}
