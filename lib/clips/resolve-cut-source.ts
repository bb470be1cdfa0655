import { reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { type AppError, conflict, guardOf, isAppError, TaggedError, unprocessable } from '#lib/errors.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef } from '#lib/storage/port/object-store.ts';
import type { CreateClip } from './clip-schemas.ts';
import { holdMasters, type RegisteredMaster } from './cut-source-repo.ts';
import type { TimeRangeJson } from './time-range-json.ts';

type Deps = Pick<PortalDeps, 'store' | 'buckets'>;

/** A cut may run over the declared end by this much: containers round their durations. */
const END_TOLERANCE_S = 0.05;

/** Questions to the store at once, for masters that only the lake knows. */
const STATS_AT_ONCE = 16;

const RAW_MASTER = /^media\/raw\/([A-Z]{2,4})\/[^/]+\/[^/]+\/[^/]+$/;

/** Where a clip is cut from. */
export interface CutSource {
  lakeUri: string;
  /** Seconds, where it is known. */
  durationS: number | null;
  /** Where nothing was recorded, as far as is known. */
  gaps: TimeRangeJson[];
}

/** Each master that requests name, by `cutNameOf`: where it lies, or why it cannot be cut. */
export type CutSources = ReadonlyMap<string, CutSource | AppError>;

type NamedMaster = Pick<CreateClip, 'master_id' | 'source_gcs_uri'>;

const cutNameOf = (named: NamedMaster): string => named.master_id?.toLowerCase() ?? named.source_gcs_uri ?? '';

const unknownMaster = (path: 'master_id' | 'source_gcs_uri'): AppError =>
  unprocessable('unknown_master', 'There is no such master in your reach.', [{ path, message: 'No such master.' }]);

/** What the lake has under some URIs that are no registered master's. */
export type LakeSources = ReadonlyMap<string, CutSource | AppError>;

/** Ends a transaction that needs to know what lies in the lake: it must not wait for the store. */
class LakeQuestionError extends TaggedError {
  readonly refs: ReadonlyMap<string, ObjectRef>;

  constructor(refs: ReadonlyMap<string, ObjectRef>) {
    super('LakeQuestionError', 'The store is to be asked first.');
    this.refs = refs;
  }
}
const isLakeQuestionError = guardOf<LakeQuestionError>('LakeQuestionError');

/** A master that HeartBeat put into the lake before there was a table of masters: its key names its team. */
function lakeRefOf(deps: Pick<Deps, 'buckets'>, user: UserContext, uri: string): ObjectRef | AppError {
  try {
    const ref = parseGsUri(deps.buckets, uri);
    const teamCode = RAW_MASTER.exec(ref.key)?.[1];
    const isReached = ref.bucket === deps.buckets.lake && teamCode && reaches(user, { teamCode });
    return isReached ? ref : unknownMaster('source_gcs_uri');
  } catch (error) {
    if (!isStoreError(error)) throw error;
    return unprocessable('bad_source', error.message, [{ path: 'source_gcs_uri', message: error.message }]);
  }
}

async function askLake({ store }: Deps, lakeUri: string, ref: ObjectRef): Promise<CutSource | AppError> {
  const object = await store.stat(ref);
  if (!object) return unknownMaster('source_gcs_uri');
  if (object.sizeBytes > 0) return { lakeUri, durationS: null, gaps: [] };
  const message = 'The file in the lake is empty: nothing can be cut from it.';
  return unprocessable('empty_source', message, [{ path: 'source_gcs_uri', message }]);
}

/**
 * Does work in which `resolveCutSources` is called: again, with the answers, if the store is to be asked first.
 * @param work a transaction, or something else that leaves nothing behind when it fails.
 */
export async function askingLakeFirst<T>(deps: Deps, work: (lake: LakeSources | null) => Promise<T>): Promise<T> {
  try {
    return await work(null);
  } catch (error) {
    if (!isLakeQuestionError(error)) throw error;
    const refs = [...error.refs];
    const found = new Map<string, CutSource | AppError>();
    for (let at = 0; at < refs.length; at += STATS_AT_ONCE) {
      const some = refs.slice(at, at + STATS_AT_ONCE);
      await Promise.all(some.map(async ([uri, ref]) => found.set(uri, await askLake(deps, uri, ref))));
    }
    return work(found);
  }
}

function sourceOf(named: NamedMaster, master: RegisteredMaster): CutSource | AppError {
  if (master.is_deleted) return unknownMaster(named.master_id ? 'master_id' : 'source_gcs_uri');
  if (master.status !== 'ready') {
    return conflict('master_not_ready', `The master is ${master.status}; clips can be cut once it is ready.`);
  }
  return { lakeUri: master.lake_uri, durationS: master.duration_s, gaps: master.gaps };
}

/**
 * Looks up every master that requests name, each once, in one query: those that are registered cannot be deleted until
 * the transaction ends.
 * @param lake what the lake has, if it was asked already.
 */
export async function resolveCutSources(
  deps: Pick<Deps, 'buckets'>,
  tx: Transaction,
  user: UserContext,
  inputs: readonly NamedMaster[],
  lake: LakeSources | null,
): Promise<CutSources> {
  const byName = new Map(inputs.map((input) => [cutNameOf(input), input]));
  const masters = await holdMasters(tx, {
    ids: [...byName.values()].flatMap(({ master_id }) => master_id ?? []),
    lakeUris: [...byName.values()].flatMap(({ source_gcs_uri }) => source_gcs_uri ?? []),
  });
  const reached = masters.filter(({ team_code }) => reaches(user, { teamCode: team_code }));
  const found = new Map(
    reached.flatMap((master) => [[master.id, master] as const, [master.lake_uri, master] as const]),
  );
  const questions = new Map<string, ObjectRef>();
  const sources = new Map<string, CutSource | AppError>();
  for (const [name, named] of byName) {
    const master = found.get(name);
    if (master) sources.set(name, sourceOf(named, master));
    else if (named.source_gcs_uri === undefined) sources.set(name, unknownMaster('master_id'));
    else {
      const ref = lakeRefOf(deps, user, named.source_gcs_uri);
      if (isAppError(ref)) sources.set(name, ref);
      else if (lake) sources.set(name, lake.get(name) ?? unknownMaster('source_gcs_uri'));
      else questions.set(name, ref);
    }
  }
  if (questions.size > 0) throw new LakeQuestionError(questions);
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
