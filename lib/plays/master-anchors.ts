import { createHash } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound, unprocessable } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import { lockAnchoredMaster, replaceAnchors, selectAnchors } from './anchor-repo.ts';
import type { Anchor, AnchorListJson } from './anchor-schemas.ts';

type Deps = Pick<PortalDeps, 'db'>;

const VERSION_CHARS = 20;

/** What people have set is what they change: what a file places by itself makes no other version. */
function anchorListOf(anchors: AnchorListJson['anchors']): AnchorListJson {
  const set = anchors
    .filter(({ is_set }) => is_set)
    .map(({ period, clock_s, video_s, rate }) => [period, clock_s, video_s, rate]);
  const version = createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, VERSION_CHARS);
  return { anchors, version };
}

/** The moments that tie the clocks of periods to a master. @throws AppError 403, 404. */
export async function getAnchors(deps: Deps, user: UserContext, masterId: string): Promise<AnchorListJson> {
  authorize(user, 'masters.watch');
  const anchors = await readWithinReach(deps.db, user, (reads) => selectAnchors(reads, user, masterId));
  if (!anchors) throw notFound('Master');
  return anchorListOf(anchors);
}

function requireWithin(anchors: readonly Anchor[], durationS: number | null): void {
  if (durationS === null) return;
  const errors = anchors.flatMap(({ video_s }, index) =>
    video_s > durationS ? [{ path: `${index}.video_s`, message: `The master lasts ${durationS.toFixed(1)} s.` }] : [],
  );
  if (errors.length > 0) throw unprocessable('beyond_master', 'An anchor lies beyond the end of the master.', errors);
}

/**
 * Sets all anchors of a master: every play of those periods is placed by them from then on.
 * @throws AppError 403, 404, 412 `stale_edit`, 422 `beyond_master`.
 */
export async function setAnchors(
  deps: Deps,
  user: UserContext,
  { masterId, ifMatch = null }: { masterId: string; ifMatch?: IfMatch | null },
  anchors: readonly Anchor[],
): Promise<AnchorListJson> {
  authorize(user, 'plays.write');
  return withinReach(deps.db, user, async (tx) => {
    const master = await lockAnchoredMaster(tx, user, masterId);
    if (!master) throw notFound('Master');
    const { version } = anchorListOf((await selectAnchors(tx, user, masterId)) ?? []);
    refuseStaleEdit(ifMatch, version);
    requireWithin(anchors, master.duration_s);
    await replaceAnchors(tx, masterId, anchors, user.userId);
    await recordAudit(tx, user, {
      action: 'master.anchor',
      target: { type: 'master', id: masterId },
      teams: [master.team_code],
      after: { anchors },
    });
    return anchorListOf((await selectAnchors(tx, user, masterId)) ?? []);
  });
}
