import type { UserContext } from '#lib/auth/user-context.ts';
import { retryClip } from '#lib/clips/change-clip.ts';
import type { ClipJson, CreateClip } from '#lib/clips/clip-schemas.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, isAppError } from '#lib/errors.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

export interface EnsuredClip {
  clip: ClipJson;
  /** `there`: the same clip was made before. `retried`: it had failed, and is in line again. */
  how: 'created' | 'there' | 'retried';
}

/** The same cut of the same master: what the clip says of itself may have been corrected since. */
const isSameCut = (clip: ClipJson, asked: CreateClip & { source_gcs_uri: string }): boolean =>
  clip.source_gcs_uri === asked.source_gcs_uri &&
  clip.start_timecode_s === asked.start_timecode_s &&
  clip.end_timecode_s === asked.end_timecode_s &&
  clip.player_id === asked.player_id &&
  clip.event_type === asked.event_type;

/**
 * Creates the clip unless it is there; a failed one goes back in line.
 * @throws AppError as `createClip`'s; 409 `clip_exists` when the id names another cut.
 */
export async function ensureClip(
  deps: Deps,
  user: UserContext,
  asked: CreateClip & { clip_id: string; source_gcs_uri: string },
): Promise<EnsuredClip> {
  try {
    return { clip: (await createClip(deps, user, asked)).clip, how: 'created' };
  } catch (error) {
    if (!isAppError(error) || error.code !== 'clip_exists') throw error;
  }
  const clip = await getClip(deps, user, asked.clip_id);
  if (!isSameCut(clip, asked)) {
    throw conflict('clip_exists', `A clip "${asked.clip_id}" of another cut exists already. Choose another --clip-id.`);
  }
  if (clip.processing_status !== 'failed') return { clip, how: 'there' };
  return { clip: await retryClip(deps, user, asked.clip_id), how: 'retried' };
}
