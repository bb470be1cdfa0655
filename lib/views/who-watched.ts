import { authorize, reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectReel } from '#lib/reels/reel-repo.ts';
import { selectReachedClip } from './view-repo.ts';
import { KEPT_DAYS, type OwnViewsJson, type TeamViewsJson, type ViewerJson, type ViewsJson } from './view-schemas.ts';
import {
  selectAudience,
  selectClipsOfItems,
  selectCurves,
  selectOwnTotal,
  selectOwnViews,
  selectReelColumns,
  selectSums,
  selectTeamPeople,
  selectViewers,
} from './who-watched-repo.ts';

type Deps = Pick<PortalDeps, 'db'>;

const notYet = (person: { id: string; name: string; role: string }): ViewerJson => ({
  ...{ kind: 'person', ...person, seconds: 0, repeats: 0, last_at: null },
});

/**
 * Who watched a reel, how much, and which seconds; with the players to whom it is shown and who have not yet.
 * @throws AppError 403, 404 for one that is not shown to the caller.
 */
export async function getReelViews(deps: Deps, user: UserContext, reelId: string): Promise<ViewsJson> {
  authorize(user, 'reels.write');
  const thing = { reelId };
  const [reel, viewers, audience, clips, before] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([
      ...([selectReel(reads, user, reelId), selectViewers(reads, thing), selectAudience(reads, reelId)] as const),
      ...([selectClipsOfItems(reads, reelId), selectSums(reads, thing)] as const),
    ]),
  );
  if (!reel) throw notFound('Reel');
  const curves = await readWithinReach(deps.db, user, (reads) => selectCurves(reads, user, thing, clips));
  const watched = new Set(viewers.map(({ id }) => id));
  const others = audience.filter(({ id }) => !watched.has(id)).map(notYet);
  return { viewers: [...viewers, ...others], curves, before, kept_days: KEPT_DAYS };
}

/** Who watched a clip, in reels and outside of them. @throws AppError 403, 404 for one that is not in reach. */
export async function getClipViews(deps: Deps, user: UserContext, clipId: string): Promise<ViewsJson> {
  authorize(user, 'reels.write');
  const clip = await readWithinReach(deps.db, user, (reads) => selectReachedClip(reads, user, clipId));
  if (!clip) throw notFound('Clip');
  const thing = { clipId: clip.id };
  const [viewers, curves, before] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([
      ...([
        selectViewers(reads, thing),
        selectCurves(reads, user, thing, [clip.id]),
        selectSums(reads, thing),
      ] as const),
    ]),
  );
  return { viewers, curves, before, kept_days: KEPT_DAYS };
}

/** Who of a team watched which reel; nobody, of a team that is not the caller's. @throws AppError 403. */
export async function getTeamViews(deps: Deps, user: UserContext, team: string): Promise<TeamViewsJson> {
  authorize(user, 'reels.write');
  if (!reaches(user, { teamCode: team })) return { reels: [], people: [] };
  const reels = await readWithinReach(deps.db, user, (reads) => selectReelColumns(reads, user, team));
  const ids = reels.map(({ id }) => id);
  const people = await readWithinReach(deps.db, user, (reads) => selectTeamPeople(reads, team, ids));
  return { reels, people };
}

/** What is kept of the caller's own watching. */
export async function getOwnViews(deps: Deps, user: UserContext): Promise<OwnViewsJson> {
  authorize(user, 'account.read');
  const [views, total] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectOwnViews(reads, user), selectOwnTotal(reads, user)]),
  );
  return { ...total, views, kept_days: KEPT_DAYS };
}
