import { z } from 'zod';
import { KEY_SCOPES, ROLES, type UserContext } from '#lib/auth/user-context.ts';
import type { CallerUser } from './caller-repo.ts';
import type { ApiKey } from './user-repo.ts';

const preferencesSchema = z.object({ locale: z.enum(['en', 'fr']).optional().catch(undefined) }).catch({});
const roleSchema = z.enum(ROLES);
/** A scope that this version does not know is the smaller one. */
const scopeSchema = z.enum(KEY_SCOPES).catch('read');

/** The caller that an account makes; `null` for a disabled one, or one whose role this version does not know. */
export function userContextOf(user: CallerUser, key?: Pick<ApiKey, 'id' | 'scope'>): UserContext | null {
  const role = roleSchema.safeParse(user.role);
  if (user.disabledAt || !role.success) return null;
  const { locale } = preferencesSchema.parse(user.preferences);
  return {
    userId: user.id,
    role: role.data,
    name: user.name,
    teamAccess: user.teamAccess,
    ...(user.playerId ? { playerId: user.playerId } : {}),
    preferences: locale ? { locale } : {},
    ...(key ? { apiKeyId: key.id, keyScope: scopeSchema.parse(key.scope) } : {}),
  };
}
