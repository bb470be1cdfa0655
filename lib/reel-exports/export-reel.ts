import { randomUUID } from 'node:crypto';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { safeName } from '#lib/clips/clip-file-name.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound, unprocessable } from '#lib/errors.ts';
import { lockForChange, recordReel } from '#lib/reels/change-reel.ts';
import { selectReel } from '#lib/reels/reel-repo.ts';
import { reelExportRef, toGsUri } from '#lib/storage/port/object-keys.ts';
import { type ExportRow, insertExport, selectExports, selectUnderWay } from './export-repo.ts';
import type { ExportReel, ReelExportJson, ReelExportListJson } from './export-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery'>;

/** The longest film: beyond it one attempt would not end in its time. */
const MAX_FILM_S = 2 * 60 * 60;

async function toExportJson({ delivery }: Deps, title: string, row: ExportRow): Promise<ReelExportJson> {
  const { gcs_uri, generation, ...told } = row;
  const downloadName = `${safeName(title) || 'Reel'}.mp4`;
  const signed = row.status === 'ready' ? await delivery.signObject(gcs_uri, { generation, downloadName }) : null;
  return { ...told, url: signed?.url ?? null, url_expires_at: signed?.expiresAt.toISOString() ?? null };
}

/** A reel that the caller may change, with its exports. @throws AppError 404 */
async function readExports(deps: Deps, user: UserContext, reelId: string, exportId: string | null = null) {
  authorize(user, 'reels.write');
  const [reel, rows] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReel(reads, user, reelId), selectExports(reads, reelId, exportId)]),
  );
  if (!reel?.is_changed) throw notFound('Reel');
  return { title: reel.title, rows };
}

/** What was made of a reel, and is being made, the newest first. @throws AppError 403, 404 */
export async function listExports(deps: Deps, user: UserContext, reelId: string): Promise<ReelExportListJson> {
  const { title, rows } = await readExports(deps, user, reelId);
  return { exports: await Promise.all(rows.map((row) => toExportJson(deps, title, row))) };
}

/** One of them, with a signed URL of its file once that is made. @throws AppError 403, 404 */
export async function getExport(
  deps: Deps,
  user: UserContext,
  { reelId, exportId }: { reelId: string; exportId: string },
): Promise<ReelExportJson> {
  const { title, rows } = await readExports(deps, user, reelId, exportId);
  if (!rows[0]) throw notFound('Export');
  return toExportJson(deps, title, rows[0]);
}

/**
 * Puts the film of a reel in line. The same of the same version, while it is under way, is not made twice.
 * @throws AppError 403, 404 for a reel that the caller may not change, 422 `nothing_to_show`, `reel_too_long`.
 */
export async function exportReel(
  deps: Deps & Pick<PortalDeps, 'queue' | 'buckets'>,
  user: UserContext,
  reelId: string,
  options: ExportReel,
): Promise<ReelExportJson> {
  authorize(user, 'reels.write');
  const exportId = await withinReach(deps.db, user, async (tx) => {
    const { version, team_code } = await lockForChange(tx, user, { reelId, ifMatch: null });
    const reel = { id: reelId, version };
    const underWay = await selectUnderWay(tx, reel, options);
    if (underWay !== null) return underWay;
    const { duration_s: lengthS = 0 } = (await selectReel(tx, user, reelId)) ?? {};
    if (lengthS <= 0)
      throw unprocessable('nothing_to_show', 'There is nothing in the reel to show; put clips into it.');
    if (lengthS > MAX_FILM_S) {
      throw unprocessable('reel_too_long', 'A film lasts two hours at most; take items out, or make two reels of it.');
    }
    const id = randomUUID();
    const gcsUri = toGsUri(reelExportRef(deps.buckets, { teamCode: team_code, reelId, exportId: id }));
    await insertExport(tx, user, { id, gcsUri, reel }, options);
    await deps.queue.enqueueExport(tx, { exportId: id });
    await recordReel(tx, user, { id: reelId, team_code }, 'reel.export', { after: { ...options } });
    return id;
  });
  return getExport(deps, user, { reelId, exportId });
}
