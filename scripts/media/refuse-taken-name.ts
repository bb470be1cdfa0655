import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict } from '#lib/errors.ts';
import { findMasterByUri } from '#lib/masters/master-repo.ts';
import type { CreateMaster } from '#lib/masters/master-schemas.ts';
import { masterRef, toGsUri } from '#lib/storage/port/object-keys.ts';

/**
 * Another file is known by its size: said before gigabytes are read for their checksum. `startUpload` decides again.
 * @throws AppError 409 `master_exists`, `master_in_trash`, `master_failed`, `upload_in_progress`.
 */
export async function refuseTakenName(
  deps: Pick<PortalDeps, 'db' | 'buckets'>,
  user: UserContext,
  place: Pick<CreateMaster, 'team_code' | 'season' | 'game_id' | 'filename'>,
  sizeBytes: number,
): Promise<void> {
  const game = { teamCode: place.team_code, season: place.season, gameId: place.game_id };
  const uri = toGsUri(masterRef(deps.buckets, game, place.filename));
  const found = await withinReach(deps.db, user, (tx) => findMasterByUri(tx, uri));
  if (!found) return;
  if (found.deletedAt) {
    throw conflict('master_in_trash', `${uri} lies in the trash: restore it there, or delete it for good.`);
  }
  const isSameSize = found.sizeBytes === BigInt(sizeBytes);
  // The checksum tells whether it is the same file.
  if (found.status === 'ready' && isSameSize) return;
  if (found.status === 'ready') {
    throw conflict('master_exists', `${uri} is in the lake already. Masters are never overwritten.`);
  }
  if (found.status === 'failed') {
    const reason = found.errorMessage ?? 'its check failed';
    throw conflict(
      'master_failed',
      `${uri} failed its check (${reason}): delete that master first, then upload again.`,
    );
  }
  if (isSameSize) return;
  throw conflict(
    'upload_in_progress',
    `A file of another size is being uploaded as ${uri}; finish or delete that one.`,
  );
}
