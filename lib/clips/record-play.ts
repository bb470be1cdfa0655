import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type Clip, hasFilm } from './clip.ts';
import { selectClip } from './clip-repo.ts';

/** How long one play lasts: whoever goes on, loops, or gets a new signature in the same hour plays the same play. */
const PLAY_WINDOW_MS = 3_600_000;

/** Writes a play down, once for clip, person and hour, however it was told. */
export async function recordPlay(
  deps: Pick<PortalDeps, 'now'>,
  tx: Transaction,
  user: UserContext,
  clip: Clip,
): Promise<void> {
  const window = Math.floor(deps.now().getTime() / PLAY_WINDOW_MS);
  await recordAudit(tx, user, {
    action: 'clip.play',
    target: { type: 'clip', id: clip.clip_id },
    teams: [clip.team_code],
    once: `play:${clip.id}:${user.linkId ?? user.userId}:${window}`,
  });
}

/**
 * What the portal's own player tells when a clip begins to play: what it fetches ahead is no play.
 * @throws AppError 404 for a clip that is not in reach, or that cannot be played (yet).
 */
export async function tellPlay(deps: Pick<PortalDeps, 'db' | 'now'>, user: UserContext, clipId: string): Promise<void> {
  authorize(user, 'clips.read');
  await withinReach(deps.db, user, async (tx) => {
    const clip = await selectClip(tx, user, clipId, { assets: false, slices: true, tags: false, indexes: false });
    if (!clip || !hasFilm(clip)) throw notFound('Clip');
    await recordPlay(deps, tx, user, clip);
  });
}
