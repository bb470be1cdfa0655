import { z } from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict, forbidden, notFound, unprocessable } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { recall, remember } from '#lib/idempotency/run-once.ts';
import { type InspectedMaster, isMediaError, type MediaError } from '#lib/media/media-types.ts';
import { openByteSource } from '#lib/storage/port/byte-source.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectStat } from '#lib/storage/port/object-store.ts';
import { getMaster } from './get-master.ts';
import { masterEntry } from './master-entry.ts';
import { type MasterRow, markFailed, markReady, selectMaster } from './master-repo.ts';
import type { MasterJson } from './master-schemas.ts';
import { beginPreparation } from './preparation-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'delivery' | 'queue' | 'inspectMaster' | 'logger'>;

/** Why the stored object is not the file that was announced; `null` when it is. */
function mismatch(master: MasterRow, object: ObjectStat): string | null {
  if (object.sizeBytes !== Number(master.size_bytes)) {
    return `The file has ${object.sizeBytes} bytes; ${master.size_bytes} were announced.`;
  }
  if (master.crc32c && object.crc32c !== master.crc32c) {
    return 'The file was changed on its way: its CRC-32C is not the one announced.';
  }
  return null;
}

interface Refusal {
  code: string;
  detail: string;
  cause?: unknown;
}

/** A master that cannot be one keeps its reason, so that the list shows it. */
async function refuse(deps: Deps, user: UserContext, master: MasterRow, fault: Refusal): Promise<never> {
  await withinReach(deps.db, user, async (tx) => {
    if (!(await markFailed(tx, master.id, fault.detail))) return;
    await recordAudit(tx, user, masterEntry('master.fail', master, { reason: fault.detail }));
  });
  throw unprocessable(fault.code, fault.detail, undefined, fault.cause);
}

/** Nothing is known of the file yet: it stays as it is, and the same call may be made again. */
function checkBrokenOff(cause: MediaError): AppError {
  const isBusy = cause.code === 'checks_busy';
  return new AppError({
    status: 503,
    code: isBusy ? 'checks_busy' : 'check_broken_off',
    detail: isBusy ? cause.message : 'The check of the file was broken off; complete the upload again.',
    cause,
    headers: { 'Retry-After': isBusy ? '20' : '5' },
  });
}

/** Nobody reads this answer (nginx has the status for its log). */
const clientGone = (cause: unknown) =>
  new AppError({ status: 499, code: 'client_gone', detail: 'The client went away; the check was broken off.', cause });

async function inspect(
  deps: Deps,
  user: UserContext,
  { master, object, signal }: { master: MasterRow; object: ObjectStat; signal: AbortSignal | undefined },
): Promise<InspectedMaster> {
  const ref = parseGsUri(deps.buckets, master.lake_uri);
  try {
    return await deps.inspectMaster(openByteSource(deps.store, ref, object), { filename: master.filename, signal });
  } catch (error) {
    if (signal?.aborted) throw clientGone(error);
    if (!isMediaError(error)) throw error;
    if (error.retryable) throw checkBrokenOff(error);
    deps.logger.warn({ master_id: master.id, code: error.code, technical: error.technical }, 'a master was refused');
    return refuse(deps, user, master, { code: error.code, detail: error.message, cause: error });
  }
}

/** What became of an upload that was ended; `null` while it goes on. @throws AppError 422 `master_failed` */
async function ended(deps: Deps, user: UserContext, master: MasterRow): Promise<MasterJson | null> {
  if (master.status === 'failed') {
    throw unprocessable('master_failed', master.error_message ?? 'This upload failed its check.');
  }
  return master.status === 'ready' ? getMaster(deps, user, master.id) : null;
}

const outcomeSchema = z.object({ master_id: z.string() });

export interface CompletedUpload {
  master: MasterJson;
  /** True when the caller's Idempotency-Key completed it before. */
  isReplay: boolean;
}

export interface CompletionRequest {
  /** The caller's `Idempotency-Key`. */
  request?: IdempotentRequest | null;
  /** Ends when the caller has gone: the check is not worth going on with. */
  signal?: AbortSignal;
}

/**
 * Checks an upload that has all its bytes: size, checksum, and that it is a video that can be decoded. Ends as `ready`
 * or `failed`; only the one who started it may end it. Whoever asks again, or at the same moment, gets what became of it.
 *
 * @throws AppError 404; 403 for someone else's upload; 409 `upload_unfinished`; 422 with the reason why
 *   the file cannot be a master; 503 `check_broken_off` when the check itself failed and may be asked for again, and
 *   `checks_busy` when others were checked before it; 499 when the signal ended it.
 */
export async function completeUpload(
  deps: Deps,
  user: UserContext,
  id: string,
  { request = null, signal }: CompletionRequest = {},
): Promise<CompletedUpload> {
  authorize(user, 'masters.write');
  const { earlier, master } = await withinReach(deps.db, user, async (tx) => ({
    earlier: await recall(tx, user, { request, outcome: outcomeSchema }),
    master: await selectMaster(tx, user, id),
  }));
  if (!master) throw notFound('Master');
  if (earlier) return { master: await getMaster(deps, user, id), isReplay: true };
  if (master.created_by !== user.userId) {
    throw forbidden('Only the one who started an upload can complete it.', 'not_your_upload');
  }
  const before = await ended(deps, user, master);
  if (before) return { master: before, isReplay: false };
  const object = await deps.store.stat(parseGsUri(deps.buckets, master.lake_uri));
  if (!object) throw conflict('upload_unfinished', 'Bytes are missing still; ask the upload URL where it stands.');
  const fault = mismatch(master, object);
  if (fault) await refuse(deps, user, master, { code: 'upload_mismatch', detail: fault });
  const facts = await inspect(deps, user, { master, object, signal });
  const end = await withinReach(deps.db, user, async (tx) => {
    if (await recall(tx, user, { request, outcome: outcomeSchema })) return 'replay';
    if (!(await markReady(tx, id, object, facts))) return 'late';
    await beginPreparation(tx, deps, id);
    await remember(tx, user, request, { master_id: id });
    await recordAudit(tx, user, masterEntry('master.ready', master, { crc32c: object.crc32c }));
    return 'done';
  });
  const now = await withinReach(deps.db, user, (tx) => selectMaster(tx, user, id));
  const after = now && (await ended(deps, user, now));
  // Not there any more: it was deleted at the same moment.
  if (!after) throw notFound('Master');
  return { master: after, isReplay: end === 'replay' };
}
