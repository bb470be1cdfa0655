import { reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { type AppError, conflict, unprocessable } from '#lib/errors.ts';
import { parseGsUri } from '#lib/storage/object-keys.ts';
import { StoreError } from '#lib/storage/object-store.ts';
import type { CreateClip } from './clip-schemas.ts';
import { findMasterForCut } from './cut-source-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets'>;

/** A cut may run over the declared end by this much: containers round their durations. */
const END_TOLERANCE_S = 0.05;

const RAW_MASTER = /^media\/raw\/([A-Z]{2,4})\/[^/]+\/[^/]+\/[^/]+$/;

/** Where a clip is cut from. */
export interface CutSource {
  lakeUri: string;
  /** False for a master that HeartBeat put into the lake before there was a table of masters. */
  isRegistered: boolean;
}

export const unknownMaster = (path: 'master_id' | 'source_gcs_uri'): AppError =>
  unprocessable('unknown_master', 'There is no such master in your reach.', [{ path, message: 'No such master.' }]);

/** A master that HeartBeat put into the lake before there was a table of masters: its key names its team. */
async function resolveUnregistered(deps: Deps, user: UserContext, uri: string): Promise<CutSource> {
  const ref = (() => {
    try {
      return parseGsUri(deps.buckets, uri);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      throw unprocessable('bad_source', error.message, [{ path: 'source_gcs_uri', message: error.message }]);
    }
  })();
  const teamCode = RAW_MASTER.exec(ref.key)?.[1];
  if (ref.bucket !== deps.buckets.lake || !teamCode || !reaches(user, { teamCode })) {
    throw unknownMaster('source_gcs_uri');
  }
  if (!(await deps.store.stat(ref))) throw unknownMaster('source_gcs_uri');
  return { lakeUri: uri, isRegistered: false };
}

/**
 * The lake URI to cut from: a master in the caller's reach that is ready and long enough.
 * @throws AppError 422 `unknown_master`, `bad_source`, `beyond_master`; 409 `master_not_ready`.
 */
export async function resolveCutSource(deps: Deps, user: UserContext, input: CreateClip): Promise<CutSource> {
  const path = input.master_id ? 'master_id' : 'source_gcs_uri';
  const master = await withinReach(deps.db, user, (tx) => findMasterForCut(tx, input));
  if (!master) {
    if (input.source_gcs_uri === undefined) throw unknownMaster(path);
    return resolveUnregistered(deps, user, input.source_gcs_uri);
  }
  if (!reaches(user, { teamCode: master.teamCode })) throw unknownMaster(path);
  if (master.status !== 'ready') {
    throw conflict('master_not_ready', `The master is ${master.status}; clips can be cut once it is ready.`);
  }
  if (master.durationS !== null && input.end_timecode_s > master.durationS + END_TOLERANCE_S) {
    const detail = `The master lasts ${master.durationS.toFixed(1)} s; the clip would end at ${input.end_timecode_s.toFixed(1)} s.`;
    throw unprocessable('beyond_master', detail, [{ path: 'end_timecode_s', message: detail }]);
  }
  return { lakeUri: master.lakeUri, isRegistered: true };
}
