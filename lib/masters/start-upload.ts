import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, notFound } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { recall, remember } from '#lib/idempotency/run-once.ts';
import { parseGsUri, toGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type UploadSession } from '#lib/storage/port/object-store.ts';
import { getMaster } from './get-master.ts';
import { masterEntry } from './master-entry.ts';
import { findMasterByUri, insertMaster, type MasterRecord, replaceUpload, sumOpenUploads } from './master-repo.ts';
import type { CreateMaster, MasterAnnouncedJson, MasterCreatedJson } from './master-schemas.ts';
import { toUploadJson } from './master-serializer.ts';
import { refuseOverQuota } from './upload-quota.ts';
import { type Announcement, contentTypeOf, refOfInput, withNewSession } from './upload-session.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'delivery' | 'now' | 'uploadQuota'>;

export type StartedUpload = {
  /** True when the caller's Idempotency-Key opened it before. */
  isReplay: boolean;
} & (
  | ({ created: true } & MasterCreatedJson)
  /** The file was announced before. */
  | ({ created: false } & MasterAnnouncedJson)
);

export interface UploadRequest {
  /** The page's origin, for uploads from a browser. */
  origin?: string | undefined;
  /** The caller's `Idempotency-Key`. */
  request?: IdempotentRequest | null;
}

const outcomeSchema = z.object({ master_id: z.string() });

/** The same file again, from the same person: what was sent is still there. */
const isSameUpload = (master: MasterRecord, user: UserContext, input: CreateMaster): boolean =>
  master.status === 'uploading' &&
  master.createdBy === user.userId &&
  master.sizeBytes === BigInt(input.size_bytes) &&
  (!master.crc32c || !input.crc32c || master.crc32c === input.crc32c);

/** The bytes of a ready master once more, whoever sent them. A size alone does not tell; the key of a request does. */
const isSameMaster = (master: MasterRecord, input: CreateMaster, isReplay: boolean): boolean =>
  master.status === 'ready' &&
  master.deletedAt === null &&
  master.sizeBytes === BigInt(input.size_bytes) &&
  (isReplay ? !input.crc32c || master.crc32c === input.crc32c : master.crc32c === input.crc32c);

function refuseTaken(master: MasterRecord): never {
  if (master.deletedAt) {
    throw conflict(
      'master_in_trash',
      'A deleted master of this file name lies in the trash. Restore it, or delete it for good.',
    );
  }
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

/** The session that a master is being uploaded by, if the store still knows it: not one under an address of before. */
async function openSessionOf(deps: Deps, { uploadUrl: url, uploadExpiresAt: expiresAt }: MasterRecord) {
  if (!url || !expiresAt || expiresAt <= deps.now()) return null;
  const isOpen = await deps.store.isUploadOpen(url).catch((error) => {
    if (isStoreError(error) && error.code === 'bad_key') return false;
    throw error;
  });
  return isOpen ? { url, expiresAt } : null;
}

/** Whether the store has the whole file, and its session died before anybody completed the upload. */
async function isAllThere({ store, buckets }: Deps, { lakeUri, sizeBytes }: MasterRecord): Promise<boolean> {
  const object = await store.stat(parseGsUri(buckets, lakeUri));
  return object !== null && BigInt(object.sizeBytes) === sizeBytes;
}

/**
 * The session of an upload that goes on: the one that was opened, or a new one when that is no more; `null` when there
 * is nothing left to send.
 */
async function resumeUpload(
  deps: Deps,
  user: UserContext,
  master: MasterRecord,
  announced: Announcement,
): Promise<UploadSession | null> {
  const open = await openSessionOf(deps, master);
  if (open) return open;
  if (await isAllThere(deps, master)) return null;
  const renewed = await withNewSession(deps, user, announced, async (tx, session, requireQuota) => {
    const current = await findMasterByUri(tx, master.lakeUri);
    // Another request of the same person may have been first.
    if (current?.uploadUrl !== master.uploadUrl) return null;
    await requireQuota(master.id);
    await replaceUpload(tx, master.id, session);
    return session;
  });
  if (renewed) return renewed;
  const current = await withinReach(deps.db, user, (tx) => findMasterByUri(tx, master.lakeUri));
  if (!current) throw notFound('Master');
  return resumeUpload(deps, user, current, announced);
}

/** Inserts the master with the memory of its request; `null` when its place in the lake is taken. */
const register = (
  deps: Deps,
  user: UserContext,
  announced: Announcement,
  request: IdempotentRequest | null,
): Promise<{ master: MasterRecord; session: UploadSession } | null> =>
  withNewSession(deps, user, announced, async (tx, session, requireQuota) => {
    const { input } = announced;
    const lakeUri = toGsUri(refOfInput(deps, input));
    // Another request with the key, or for the place, may have come between; then its master is found by the next look.
    if (await recall(tx, user, { request, outcome: outcomeSchema })) return null;
    if (await findMasterByUri(tx, lakeUri)) return null;
    await requireQuota();
    const master = await insertMaster(tx, {
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
    });
    if (!master) return null;
    await remember(tx, user, request, { master_id: master.id });
    const { id, teamCode: team_code, lakeUri: lake_uri, sizeBytes: size_bytes } = master;
    await recordAudit(tx, user, masterEntry('master.create', { id, team_code, lake_uri, size_bytes }));
    return { master, session };
  });

/**
 * Registers a master and opens a resumable session for its bytes. The same person with the same file gets the session
 * that is open already, so closing the tab loses nothing; once all bytes are there, none. Whoever announces a file that
 * is ready, with its size and checksum, gets the ready master.
 *
 * @throws AppError 403, 409 `master_exists`, `master_in_trash`, `upload_in_progress`, `master_failed`, `replay_gone`; and what
 *   `withNewSession` and `recall` throw.
 */
export async function startUpload(
  deps: Deps,
  user: UserContext,
  input: CreateMaster,
  { origin, request = null }: UploadRequest = {},
): Promise<StartedUpload> {
  authorize(user, 'masters.write');
  requireTeam(user, input.team_code, 'team_code');
  const lakeUri = toGsUri(refOfInput(deps, input));
  const { earlier, open, found } = await withinReach(deps.db, user, async (tx) => ({
    earlier: await recall(tx, user, { request, outcome: outcomeSchema }),
    // Before the master: one that comes between is found, and not refused for being counted.
    open: await sumOpenUploads(tx, input.team_code, { now: deps.now() }),
    found: await findMasterByUri(tx, lakeUri),
  }));
  const isReplay = earlier !== null;
  if (isReplay && found?.id !== earlier.master_id) {
    throw conflict('replay_gone', 'The master that this Idempotency-Key announced was deleted since.');
  }
  const announced = { input, origin };
  if (found) {
    const isReady = isSameMaster(found, input, isReplay);
    if (!isReady && !isSameUpload(found, user, input)) refuseTaken(found);
    const session = isReady ? null : await resumeUpload(deps, user, found, announced);
    const master = await getMaster(deps, user, found.id);
    return { created: false, isReplay, master, upload: session && toUploadJson(session) };
  }
  // Decided under the lock; whoever is over it now need not trouble the store.
  refuseOverQuota(deps.uploadQuota, open, input);
  const begun = await register(deps, user, announced, request);
  // Two people, the same name, the same moment: the other one was first.
  if (!begun) return startUpload(deps, user, input, { origin, request });
  const master = await getMaster(deps, user, begun.master.id);
  return { created: true, isReplay, master, upload: toUploadJson(begun.session) };
}
