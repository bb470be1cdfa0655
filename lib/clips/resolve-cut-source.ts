import { reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { type AppError, conflict, isAppError, unprocessable } from '#lib/errors.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import type { CreateClip } from './clip-schemas.ts';
import { findMastersForCut, type RegisteredMaster } from './cut-source-repo.ts';
import type { TimeRangeJson } from './time-range-json.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets'>;

/** A cut may run over the declared end by this much: containers round their durations. */
const END_TOLERANCE_S = 0.05;

/** Questions to the store at once, for masters that only the lake knows. */
const STATS_AT_ONCE = 16;

const RAW_MASTER = /^media\/raw\/([A-Z]{2,4})\/[^/]+\/[^/]+\/[^/]+$/;

/** Where a clip is cut from. */
export interface CutSource {
  lakeUri: string;
  /** False for a master that HeartBeat put into the lake before there was a table of masters. */
  isRegistered: boolean;
  /** Seconds, where it is known. */
  durationS: number | null;
  /** Where nothing was recorded, as far as is known. */
  gaps: TimeRangeJson[];
}

/** Each master that requests name, by `cutNameOf`: where it lies, or why it cannot be cut. */
export type CutSources = ReadonlyMap<string, CutSource | AppError>;

type NamedMaster = Pick<CreateClip, 'master_id' | 'source_gcs_uri'>;

const cutNameOf = (named: NamedMaster): string => named.master_id?.toLowerCase() ?? named.source_gcs_uri ?? '';

export const unknownMaster = (path: 'master_id' | 'source_gcs_uri'): AppError =>
  unprocessable('unknown_master', 'There is no such master in your reach.', [{ path, message: 'No such master.' }]);

/** A master that HeartBeat put into the lake before there was a table of masters: its key names its team. */
async function resolveUnregistered(deps: Deps, user: UserContext, uri: string): Promise<CutSource> {
  const ref = (() => {
    try {
      return parseGsUri(deps.buckets, uri);
    } catch (error) {
      if (!isStoreError(error)) throw error;
      throw unprocessable('bad_source', error.message, [{ path: 'source_gcs_uri', message: error.message }]);
    }
  })();
  const teamCode = RAW_MASTER.exec(ref.key)?.[1];
  if (ref.bucket !== deps.buckets.lake || !teamCode || !reaches(user, { teamCode })) {
    throw unknownMaster('source_gcs_uri');
  }
  const object = await deps.store.stat(ref);
  if (!object) throw unknownMaster('source_gcs_uri');
  if (object.sizeBytes === 0) {
    const message = 'The file in the lake is empty: nothing can be cut from it.';
    throw unprocessable('empty_source', message, [{ path: 'source_gcs_uri', message }]);
  }
  return { lakeUri: uri, isRegistered: false, durationS: null, gaps: [] };
}

function resolveRegistered(user: UserContext, named: NamedMaster, master: RegisteredMaster): CutSource | AppError {
  if (!reaches(user, { teamCode: master.teamCode }) || master.deletedAt) {
    return unknownMaster(named.master_id ? 'master_id' : 'source_gcs_uri');
  }
  if (master.status !== 'ready') {
    return conflict('master_not_ready', `The master is ${master.status}; clips can be cut once it is ready.`);
  }
  const gaps = master.gaps as TimeRangeJson[];
  return { lakeUri: master.lakeUri, isRegistered: true, durationS: master.durationS, gaps };
}

const resolveNamed = (
  deps: Deps,
  user: UserContext,
  named: NamedMaster,
  master: RegisteredMaster | undefined,
): Promise<CutSource | AppError> | CutSource | AppError => {
  if (master) return resolveRegistered(user, named, master);
  if (named.source_gcs_uri === undefined) return unknownMaster('master_id');
  return resolveUnregistered(deps, user, named.source_gcs_uri).catch((error) => {
    if (isAppError(error)) return error;
    throw error;
  });
};

/**
 * Looks up every master that requests name, each once: one query, and a question to the store for each that only the
 * lake knows.
 */
export async function resolveCutSources(
  deps: Deps,
  user: UserContext,
  inputs: readonly NamedMaster[],
): Promise<CutSources> {
  const byName = new Map(inputs.map((input) => [cutNameOf(input), input]));
  const masters = await withinReach(deps.db, user, (tx) =>
    findMastersForCut(tx, {
      ids: [...byName.values()].flatMap(({ master_id }) => master_id ?? []),
      lakeUris: [...byName.values()].flatMap(({ source_gcs_uri }) => source_gcs_uri ?? []),
    }),
  );
  const found = new Map(masters.flatMap((master) => [[master.id, master] as const, [master.lakeUri, master] as const]));
  const names = [...byName];
  const sources = new Map<string, CutSource | AppError>();
  for (let at = 0; at < names.length; at += STATS_AT_ONCE) {
    const some = names.slice(at, at + STATS_AT_ONCE);
    const resolved = await Promise.all(some.map(([name, named]) => resolveNamed(deps, user, named, found.get(name))));
    some.forEach(([name], place) => {
      const source = resolved[place];
      if (source) sources.set(name, source);
    });
  }
  return sources;
}

/**
 * Where one clip is cut from: a master in the caller's reach that is ready and long enough.
 * @throws AppError 422 `unknown_master`, `bad_source`, `empty_source`, `beyond_master`, `no_picture`; 409 `master_not_ready`.
 */
export function cutSourceOf(sources: CutSources, input: CreateClip): CutSource {
  const source = sources.get(cutNameOf(input)) ?? unknownMaster(input.master_id ? 'master_id' : 'source_gcs_uri');
  if (isAppError(source)) throw source;
  if (source.durationS !== null && input.end_timecode_s > source.durationS + END_TOLERANCE_S) {
    const detail = `The master lasts ${source.durationS.toFixed(1)} s; the clip would end at ${input.end_timecode_s.toFixed(1)} s.`;
    throw unprocessable('beyond_master', detail, [{ path: 'end_timecode_s', message: detail }]);
  }
  requirePicture(source, input);
  return source;
}

/** A clip that lies in a gap would be a still of what was before it. The cut says the same of gaps not known yet. */
function requirePicture({ gaps }: CutSource, { start_timecode_s: startS, end_timecode_s: endS }: CreateClip): void {
  const gap = gaps.find(({ start_s, end_s }) => startS >= start_s && endS <= end_s);
  if (!gap) return;
  const detail = `The master has no picture between ${gap.start_s.toFixed(1)} s and ${gap.end_s.toFixed(1)} s: nothing was recorded there. Choose a range that reaches beyond it.`;
  throw unprocessable('no_picture', detail, [{ path: 'end_timecode_s', message: detail }]);
}
