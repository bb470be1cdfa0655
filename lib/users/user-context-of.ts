import { z } from 'zod';
import { ROLES, type UserContext } from '#lib/auth/user-context.ts';
import type { User } from './user-repo.ts';

const preferencesSchema = z.object({ locale: z.enum(['en', 'fr']).optional().catch(undefined) }).catch({});
const roleSchema = z.enum(ROLES);

/** The caller that an account makes; `null` for a disabled one, or one whose role this version does not know. */
export function userContextOf(user: User, apiKeyId?: string): UserContext | null {
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
    ...(apiKeyId ? { apiKeyId } : {}),
  };
}
