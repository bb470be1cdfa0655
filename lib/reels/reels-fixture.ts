import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { enlist } from '#lib/runtime/portal-fixture.ts';
import { addItems } from './change-items.ts';
import { createReel } from './change-reel.ts';
import { type Audience, addItemsSchema, createReelSchema, type ReelJson } from './reel-schemas.ts';

/** Whose clips the tests show to others. */
export const CHOSEN = '7';

/** Somebody of each kind who may or may not see a reel of MTL. */
export async function enlistAll(deps: PortalDeps) {
  const of = (teamAccess: string[], playerId?: string) => ({ teamAccess, ...(playerId ? { playerId } : {}) });
  return {
    maker: await enlist(deps, 'coach', of(['MTL'])),
    admin: await enlist(deps, 'admin', of(['MTL'])),
    'admin of all': await enlist(deps, 'admin', of(['ALL'])),
    staff: await enlist(deps, 'staff', of(['MTL'])),
    coach: await enlist(deps, 'coach', of(['CHI', 'MTL'])),
    analyst: await enlist(deps, 'analyst', of(['MTL'])),
    scout: await enlist(deps, 'scout', of(['MTL'])),
    chosen: await enlist(deps, 'player', of(['MTL'], CHOSEN)),
    player: await enlist(deps, 'player', of(['MTL'], '9')),
    'chosen of CHI': await enlist(deps, 'player', of(['CHI'], CHOSEN)),
    'coach of CHI': await enlist(deps, 'coach', of(['CHI'])),
    'scout of CHI': await enlist(deps, 'scout', of(['CHI'])),
    'admin of nothing': await enlist(deps, 'admin', of([])),
  } satisfies Record<string, UserContext>;
}
export type People = Awaited<ReturnType<typeof enlistAll>>;

/** A reel of MTL with these clips. */
export async function makeReel(
  deps: PortalDeps,
  maker: UserContext,
  audience: Audience,
  clipIds: readonly string[] = [],
): Promise<ReelJson> {
  const { reel } = await createReel(
    deps,
    maker,
    createReelSchema.parse({ team_code: 'MTL', title: 'A reel', audience }),
  );
  if (clipIds.length > 0) {
    await addItems(deps, maker, { reelId: reel.id, ifMatch: null }, addItemsSchema.parse({ clip_ids: clipIds }));
  }
  return reel;
}
