import { makesReels } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { Clip } from '#lib/clips/clip.ts';
import { selectClipsById } from '#lib/clips/clip-repo.ts';
import { LINK } from '#lib/delivery/playback-token.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type ItemRow, selectItems } from '#lib/reels/reel-items-repo.ts';
import { type ReelRow, selectReel } from '#lib/reels/reel-repo.ts';
import { resolveTokenCaller } from '#lib/users/resolve-caller.ts';
import { type LiveLink, selectLiveLink } from './link-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

/** What every link answers that opens nothing (any more), whatever the reason. */
export const nothingThere = () => notFound('Link');

/** The link of a pass, while both are good. @throws AppError 404. */
export async function linkOfPass(deps: Deps & Pick<PortalDeps, 'delivery'>, pass: string): Promise<LiveLink> {
  const id = deps.delivery.tokens.linkOf(pass, LINK, deps.now());
  const link = id === null ? null : await selectLiveLink(deps.db, { id }, deps.now());
  if (!link) throw nothingThere();
  return link;
}

/** Who made a link, as they are now. @throws AppError 404 when they may show nothing any more. */
export async function makerOf(deps: Deps, link: LiveLink): Promise<UserContext> {
  const maker = await resolveTokenCaller(deps, { userId: link.created_by });
  if (!maker || !makesReels(maker)) throw nothingThere();
  return maker;
}

/** Somebody who reads the clips that a link shows, and who is nobody beside. */
export const readerOfLink = (maker: UserContext, link: LiveLink): UserContext => ({
  ...{ userId: maker.userId, name: '', role: 'scout', preferences: {} },
  ...{ teamAccess: [link.team_code], reelId: link.reel_id, linkId: link.id },
});

/** An item of a reel with the clip that it shows. */
export interface ShownItem {
  item: ItemRow;
  clip: Clip;
}

/** What a link shows now: what its maker would be shown in the reel. */
export interface ShownReel {
  maker: UserContext;
  reader: UserContext;
  reel: ReelRow;
  items: ShownItem[];
}

/**
 * The reel of a link with the clips that it shows.
 * @param onlyItem the item that is asked for, where it is one.
 * @throws AppError 404 when its maker may not show it any more.
 */
export async function readShown(deps: Deps, link: LiveLink, onlyItem?: string): Promise<ShownReel> {
  const maker = await makerOf(deps, link);
  const [reel, rows] = await readWithinReach(deps.db, maker, (reads) =>
    Promise.all([selectReel(reads, maker, link.reel_id), selectItems(reads, link.reel_id)]),
  );
  if (!reel) throw nothingThere();
  const items = rows.filter(({ id }) => onlyItem === undefined || id === onlyItem);
  const reader = readerOfLink(maker, link);
  const names = [...new Set(items.flatMap(({ clip_id }) => clip_id ?? []))];
  const clips =
    names.length > 0 ? await readWithinReach(deps.db, reader, (reads) => selectClipsById(reads, reader, names)) : [];
  const byName = new Map(clips.map((clip) => [clip.clip_id, clip]));
  const shown = items.flatMap((item) => {
    const clip = item.clip_id === null ? undefined : byName.get(item.clip_id);
    return clip ? [{ item, clip }] : [];
  });
  return { maker, reader, reel, items: shown };
}
