import type { UserContext } from '#lib/auth/user-context.ts';

/**
 * A caller who looks at the clips that a reel shows: as one who reads its team. What they are given is named by the reel.
 * Nothing but clips of which the reel has said that it shows them to the caller may be looked up so.
 */
export function readerOf(caller: UserContext, reel: { id: string; team_code: string }): UserContext {
  const { playerId: _, ...person } = caller;
  // To one who has no right beside reading.
  const role = caller.role === 'player' ? 'scout' : caller.role;
  return { ...person, role, teamAccess: [reel.team_code], reelId: reel.id };
}
