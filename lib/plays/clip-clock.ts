import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { ClipClock } from './clip-clock-schemas.ts';

/** The game's clock in a clip of the caller's reach, or `null` where nothing says. @throws AppError 403. */
export async function findClipClock(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  clipId: string,
): Promise<ClipClock | null> {
  authorize(user, 'clips.read');
  const [row] = await readWithinReach(
    deps.db,
    user,
    (reads) => reads.$queryRaw<ClipClock[]>`SELECT period, clock_s, stretches FROM media.clock_of_clip(${clipId})`,
  );
  return row ?? null;
}
