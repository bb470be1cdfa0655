import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { SignedUrl } from '#lib/delivery/delivery.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound, unprocessable } from '#lib/errors.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { type Clip, fileNameOf } from './clip.ts';
import { clipFileName } from './clip-file-name.ts';
import { selectClip } from './clip-repo.ts';
import type { ClipJson } from './clip-schemas.ts';
import { getClip } from './get-clip.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'queue'>;

/** Whoever asks for the file waits for it from now on. */
async function hasten(deps: Pick<Deps, 'db' | 'queue'>, clip: Pick<Clip, 'clip_id' | 'processing_status'>) {
  if (clip.processing_status === 'pending') await deps.queue.hastenCuts(deps.db, [clip.clip_id]);
}

/**
 * Asks for the clip's files: those that wait are made before all that nobody waits for.
 * @returns the clip, with its new place in line.
 * @throws AppError 404 for a clip that is not in reach.
 */
export async function askForFiles(
  deps: Deps & Pick<PortalDeps, 'logger'>,
  user: UserContext,
  clipId: string,
): Promise<ClipJson> {
  const clip = await getClip(deps, user, clipId);
  if (clip.processing_status !== 'pending') return clip;
  await hasten(deps, clip);
  return getClip(deps, user, clipId);
}

/**
 * Where the clip's MP4 is fetched to be kept: a signed URL whose answer carries a readable file name. One that is still to
 * be made is made before all that nobody waits for.
 * @throws AppError 404 for a clip that is not in reach, or that has no MP4 (yet).
 */
export async function downloadClip(deps: Deps, user: UserContext, clipId: string): Promise<SignedUrl> {
  authorize(user, 'clips.read');
  const clip = await readWithinReach(deps.db, user, (reads) =>
    selectClip(reads, user, clipId, { assets: true, slices: false, tags: false, indexes: false }),
  );
  if (!clip) throw notFound('Clip');
  const mp4s = clip.assets.filter(({ asset_type }) => asset_type === 'mp4');
  const asset = mp4s.find((candidate) => fileNameOf(candidate) === 'clip.mp4') ?? mp4s[0];
  if (clip.processing_status !== 'ready' || !asset) {
    await hasten(deps, clip);
    throw notFound('Download');
  }
  const { gcs_uri: gcsUri, generation } = asset;
  try {
    const signed = await deps.delivery.signObject(gcsUri, { generation, downloadName: clipFileName(clip) });
    const target = { type: 'clip', id: clipId } as const;
    await recordAudit(deps.db, user, { action: 'clip.download', target, teams: [clip.team_code] });
    return signed;
  } catch (error) {
    if (!isStoreError(error) || !['bad_key', 'foreign_bucket'].includes(error.code)) throw error;
    throw unprocessable('foreign_object', 'The video of this clip lies outside the two buckets.', undefined, error);
  }
}
