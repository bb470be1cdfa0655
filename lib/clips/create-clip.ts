import { createHash, randomUUID } from 'node:crypto';
import { authorize, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict } from '#lib/errors.ts';
import { ClipIdTakenError } from './clip.ts';
import { findClipRequest, insertClip, type NewClip } from './clip-repo.ts';
import type { ClipJson, CreateClip } from './clip-schemas.ts';
import { holdMaster } from './cut-source-repo.ts';
import { getClip } from './get-clip.ts';
import { type CutSource, resolveCutSource, unknownMaster } from './resolve-cut-source.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

/** A hundred clips are a few hundred statements; Prisma's default of 5 s is short for a busy database. */
const BATCH_TIMEOUT_MS = 60_000;

export interface CreatedClip {
  clip: ClipJson;
  /** False when the same request had made it before (`Idempotency-Key`). */
  created: boolean;
}

/** SHA-256 over the parsed request, so that spelling and field order do not matter. */
const hashRequest = (input: CreateClip): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(input).sort(([a], [b]) => a.localeCompare(b))))
    .digest('hex');

/** A readable id where the client gave none: team, game and eight random characters. */
const generateClipId = (input: CreateClip): string =>
  `${input.team_code.toLowerCase()}-${input.game_id}-${randomUUID().slice(0, 8)}`;

interface PreparedClip {
  clip: NewClip;
  source: CutSource;
}

/** Authorises and completes one request; reads, and writes nothing. */
async function prepareClip(
  deps: Deps,
  user: UserContext,
  input: CreateClip,
  key: string | null,
): Promise<PreparedClip> {
  requireTeam(user, input.team_code, 'team_code');
  const source = await resolveCutSource(deps, user, input);
  const { master_id: _, ...facts } = input;
  return {
    source,
    clip: {
      ...facts,
      clip_id: input.clip_id ?? generateClipId(input),
      source_gcs_uri: source.lakeUri,
      idempotency_key: key,
      request_hash: hashRequest(input),
    },
  };
}

/** The master is held meanwhile, so that it cannot be deleted under a clip that is being made from it. */
async function insertAndEnqueue(deps: Deps, tx: Transaction, { clip, source }: PreparedClip): Promise<void> {
  if (source.isRegistered && !(await holdMaster(tx, source.lakeUri))) throw unknownMaster('source_gcs_uri');
  await insertClip(tx, clip);
  await deps.queue.enqueuePublishClip(tx, { clipId: clip.clip_id });
}

const taken = (clipId: string) =>
  conflict('clip_exists', `A clip "${clipId}" exists already. Choose another clip_id, or leave it out.`);

/** Whether the clip that holds the id was made by this very request. */
async function isSameRequest(deps: Deps, user: UserContext, clip: NewClip): Promise<boolean> {
  const earlier = await withinReach(deps.db, user, (tx) => findClipRequest(tx, clip.clip_id));
  return (
    clip.idempotency_key !== null &&
    earlier?.idempotencyKey === clip.idempotency_key &&
    earlier.requestHash === clip.request_hash
  );
}

/**
 * Creates a pending clip and enqueues its cut in the same transaction.
 *
 * @param idempotencyKey the caller's `Idempotency-Key`: the same key and body for the same `clip_id` answer the clip
 *   that the first request made.
 * @throws AppError 403 (role, team), 409 `clip_exists`, `master_not_ready`, 422 for a source that cannot be cut.
 */
export async function createClip(
  deps: Deps,
  user: UserContext,
  input: CreateClip,
  idempotencyKey: string | null = null,
): Promise<CreatedClip> {
  authorize(user, 'clips.write');
  const prepared = await prepareClip(deps, user, input, idempotencyKey);
  const { clip } = prepared;
  let created = true;
  try {
    await withinReach(deps.db, user, (tx) => insertAndEnqueue(deps, tx, prepared));
  } catch (error) {
    if (!(error instanceof ClipIdTakenError)) throw error;
    if (!(await isSameRequest(deps, user, clip))) throw taken(clip.clip_id);
    created = false;
  }
  return { clip: await getClip(deps, user, clip.clip_id), created };
}

/** Creates up to 100 clips, all or none. Errors as `createClip`'s. */
export async function createClips(deps: Deps, user: UserContext, inputs: CreateClip[]): Promise<ClipJson[]> {
  authorize(user, 'clips.write');
  const prepared = await Promise.all(inputs.map((input) => prepareClip(deps, user, input, null)));
  const insertAll = async (tx: Transaction) => {
    for (const one of prepared) {
      await insertAndEnqueue(deps, tx, one).catch((error) => {
        throw error instanceof ClipIdTakenError ? taken(one.clip.clip_id) : error;
      });
    }
  };
  await withinReach(deps.db, user, insertAll, { timeout: BATCH_TIMEOUT_MS });
  return Promise.all(prepared.map(({ clip }) => getClip(deps, user, clip.clip_id)));
}
