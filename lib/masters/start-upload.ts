import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { recall, remember } from '#lib/idempotency/run-once.ts';
import { MASTER_CONTENT_TYPES, masterRef, toGsUri } from '#lib/storage/object-keys.ts';
import { isStoreError, type UploadSession } from '#lib/storage/object-store.ts';
import { getMaster } from './get-master.ts';
import { masterDeed } from './master-deed.ts';
import { findMasterByUri, insertMaster, type MasterRecord, replaceUpload } from './master-repo.ts';
import type { CreateMaster, MasterCreatedJson } from './master-schemas.ts';
import { toUploadJson } from './master-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'delivery' | 'now'>;

export interface StartedUpload extends MasterCreatedJson {
  /** False when the same person goes on with an upload that they started before. */
  created: boolean;
  /** True when the caller's Idempotency-Key opened it before. */
  isReplay: boolean;
}

export interface UploadRequest {
  /** The page's origin, for uploads from a browser. */
  origin?: string | undefined;
  /** The caller's `Idempotency-Key`. */
  request?: IdempotentRequest | null;
}

const outcomeSchema = z.object({ master_id: z.string() });

/** The type that the lake stores: by the file's suffix, not by what a browser guessed. */
const contentTypeOf = (filename: string): string => {
  const suffix = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
  return MASTER_CONTENT_TYPES[suffix as keyof typeof MASTER_CONTENT_TYPES];
};

/** The same file again, from the same person: what was sent is still there. */
const isSameUpload = (master: MasterRecord, user: UserContext, input: CreateMaster): boolean =>
  master.status === 'uploading' &&
  master.createdBy === user.userId &&
  master.sizeBytes === BigInt(input.size_bytes) &&
  (!master.crc32c || !input.crc32c || master.crc32c === input.crc32c);

function refuseTaken(master: MasterRecord): never {
  if (master.status === 'uploading') {
    throw conflict(
      'upload_in_progress',
      'A file with this name is being uploaded to this game by someone else, or from another file.',
    );
  }
  if (master.status === 'failed') {
    throw conflict(
      'master_failed',
      'An upload with this name failed its check. Delete that master first, then upload again.',
    );
  }
  throw conflict('master_exists', 'This game has a master with this file name already. Masters are never overwritten.');
}

async function openSession(deps: Deps, input: CreateMaster, origin: string | undefined): Promise<UploadSession> {
  const ref = masterRef(deps.buckets, gameOf(input), input.filename);
  try {
    const contentType = contentTypeOf(input.filename);
    return await deps.store.startUpload(ref, {
      contentType,
      sizeBytes: input.size_bytes,
      ...(origin ? { origin } : {}),
    });
  } catch (error) {
    if (isStoreError(error) && error.code === 'already_exists') {
      throw conflict('object_exists', 'The lake holds a file of this name for this game already.');
    }
    if (isStoreError(error) && error.code === 'too_large') {
      throw new AppError({
        status: 413,
        code: 'out_of_space',
        detail: `The store has no room for a file of ${input.size_bytes} bytes.`,
        errors: [{ path: 'size_bytes', message: 'The store has less room than this.' }],
      });
    }
    throw error;
  }
}

const gameOf = (input: CreateMaster) => ({ teamCode: input.team_code, season: input.season, gameId: input.game_id });

/** Whether the store still knows the session. One under an address that the portal no longer has is of no use. */
async function isOpen({ store, now }: Deps, url: string, expiresAt: Date): Promise<boolean> {
  if (expiresAt <= now()) return false;
  return store.isUploadOpen(url).catch((error) => {
    if (isStoreError(error) && error.code === 'bad_key') return false;
    throw error;
  });
}

/** The session of an upload that goes on: the one that was opened, or a new one when that is no more. */
async function resumeUpload(
  deps: Deps,
  user: UserContext,
  master: MasterRecord,
  input: CreateMaster,
  origin?: string,
): Promise<UploadSession> {
  const { uploadUrl: url, uploadExpiresAt: expiresAt } = master;
  if (url && expiresAt && (await isOpen(deps, url, expiresAt))) return { url, expiresAt };
  const session = await openSession(deps, input, origin);
  await withinReach(deps.db, user, (tx) => replaceUpload(tx, master.id, session));
  return session;
}

/** Inserts the master with the memory of its request; `null` when its place in the lake is taken. */
const register = (
  deps: Deps,
  user: UserContext,
  record: Parameters<typeof insertMaster>[1],
  request: IdempotentRequest | null,
): Promise<MasterRecord | null> =>
  withinReach(deps.db, user, async (tx) => {
    // Another request with the key may have come between; then its master is found by the next look.
    if (await recall(tx, user, { request, outcome: outcomeSchema })) return null;
    const master = await insertMaster(tx, record);
    if (!master) return null;
    await remember(tx, user, request, { master_id: master.id });
    const { id, teamCode: team_code, lakeUri: lake_uri, sizeBytes: size_bytes } = master;
    await recordAudit(tx, user, masterDeed('master.create', { id, team_code, lake_uri, size_bytes }));
    return master;
  });

/**
 * Registers a master and opens a resumable session for its bytes. The same person with the same file gets the session
 * that is open already, so closing the tab loses nothing.
 *
 * @throws AppError 403, 409 `master_exists`, `object_exists`, `upload_in_progress`, `master_failed`, `replay_gone`; and
 *   what `recall` throws.
 */
export async function startUpload(
  deps: Deps,
  user: UserContext,
  input: CreateMaster,
  { origin, request = null }: UploadRequest = {},
): Promise<StartedUpload> {
  authorize(user, 'masters.write');
  requireTeam(user, input.team_code, 'team_code');
  const lakeUri = toGsUri(masterRef(deps.buckets, gameOf(input), input.filename));
  const { earlier, found } = await withinReach(deps.db, user, async (tx) => ({
    earlier: await recall(tx, user, { request, outcome: outcomeSchema }),
    found: await findMasterByUri(tx, lakeUri),
  }));
  const isReplay = earlier !== null;
  if (isReplay && found?.id !== earlier.master_id) {
    throw conflict('replay_gone', 'The master that this Idempotency-Key announced was deleted since.');
  }
  if (found) {
    if (!isSameUpload(found, user, input)) refuseTaken(found);
    const session = await resumeUpload(deps, user, found, input, origin);
    const master = await getMaster(deps, user, found.id);
    return { created: false, isReplay, master, upload: toUploadJson(session) };
  }
  const session = await openSession(deps, input, origin);
  const record = {
    id: randomUUID(),
    lakeUri,
    teamCode: input.team_code,
    season: input.season,
    gameId: input.game_id,
    period: input.period ?? null,
    filename: input.filename,
    contentType: contentTypeOf(input.filename),
    sizeBytes: BigInt(input.size_bytes),
    crc32c: input.crc32c ?? null,
    uploadUrl: session.url,
    uploadExpiresAt: session.expiresAt,
    createdBy: user.userId,
  };
  const master = await register(deps, user, record, request).catch(async (error) => {
    await deps.store.cancelUpload(session.url);
    throw error;
  });
  if (master) {
    return { created: true, isReplay, master: await getMaster(deps, user, master.id), upload: toUploadJson(session) };
  }
  // Two people, the same name, the same moment: the other one was first.
  await deps.store.cancelUpload(session.url);
  return startUpload(deps, user, input, { origin, request });
}
