import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { changesOf } from '#lib/audit/audit-entry.ts';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, mayDo, requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, forbidden, notFound } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import {
  type CodeWindowRow,
  countOwnCodeWindows,
  deleteCodeWindowRow,
  insertCodeWindow,
  lockCodeWindow,
  selectCodeWindow,
  selectCodeWindows,
  updateCodeWindow,
} from './code-window-repo.ts';
import {
  type CodeWindowJson,
  type CreateCodeWindow,
  type ListCodeWindowsQuery,
  MAX_CODE_WINDOWS,
  type PatchCodeWindow,
} from './code-window-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

/** Which window, as of which version: `null` for whatever stands there. */
export interface CodeWindowTarget {
  id: string;
  ifMatch: IfMatch | null;
}

const jsonOf = (user: UserContext, row: CodeWindowRow): CodeWindowJson => {
  const { owner_id, version, created_at, updated_at, ...shown } = row;
  return {
    ...shown,
    is_own: owner_id === user.userId,
    version: String(version),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
};

/** What the log keeps of a window. */
const factsOf = ({ name, is_shared, buttons }: Pick<CodeWindowRow, 'name' | 'is_shared' | 'buttons'>) => ({
  ...{ name, is_shared, buttons },
});

const entryOf = ({ id, team_code }: Pick<CodeWindowRow, 'id' | 'team_code'>) => ({
  target: { type: 'code_window' as const, id },
  teams: [team_code],
});

/** One's own windows, and those that are shared with one's teams. @throws AppError 403. */
export async function listCodeWindows(
  deps: Deps,
  user: UserContext,
  { team_code }: ListCodeWindowsQuery,
): Promise<CodeWindowJson[]> {
  authorize(user, 'masters.watch');
  const rows = await readWithinReach(deps.db, user, (reads) => selectCodeWindows(reads, user, team_code));
  return rows.map((row) => jsonOf(user, row));
}

/** One window in reach. @throws AppError 403, 404. */
export async function getCodeWindow(deps: Deps, user: UserContext, id: string): Promise<CodeWindowJson> {
  authorize(user, 'masters.watch');
  const row = await readWithinReach(deps.db, user, (reads) => selectCodeWindow(reads, user, id));
  if (!row) throw notFound('Code window');
  return jsonOf(user, row);
}

async function writeNew(tx: Transaction, user: UserContext, input: CreateCodeWindow): Promise<{ id: string }> {
  if ((await countOwnCodeWindows(tx, user.userId)) >= MAX_CODE_WINDOWS) {
    const detail = `You have ${MAX_CODE_WINDOWS} code windows, which is as many as there can be. Delete one first.`;
    throw conflict('too_many_code_windows', detail);
  }
  const id = randomUUID();
  await insertCodeWindow(tx, { ...input, id, ownerId: user.userId });
  const entry = entryOf({ id, team_code: input.team_code });
  await recordAudit(tx, user, { ...entry, action: 'window.create', after: factsOf(input) });
  return { id };
}

/**
 * Makes a window that is the caller's own.
 * @param request the caller's `Idempotency-Key`: the same key and body answer the window that the first request made.
 * @throws AppError 403 (role, `foreign_team`), 404 for a replay whose window is gone, 409 `too_many_code_windows`; and
 *   what `runOnce` throws.
 */
export async function createCodeWindow(
  deps: Deps,
  user: UserContext,
  input: CreateCodeWindow,
  request: IdempotentRequest | null = null,
): Promise<{ window: CodeWindowJson; isReplay: boolean }> {
  authorize(user, 'clips.write');
  requireTeam(user, input.team_code, 'team_code');
  const options = { request, outcome: z.object({ id: z.string() }) };
  const { outcome, isReplay } = await runOnce(deps, user, options, (tx) => writeNew(tx, user, input));
  return { window: await getCodeWindow(deps, user, outcome.id), isReplay };
}

/** Who may change a window: its owner, and of shared ones admins. @throws AppError 403 `not_own`. */
function requireMayChange(user: UserContext, row: CodeWindowRow): void {
  if (row.owner_id === user.userId || mayDo(user, 'clips.delete')) return;
  throw forbidden('Somebody else shares this window. Duplicate it, and change your own.', 'not_own');
}

/** A window that may be changed, as of the version that the change starts from. */
async function holdCodeWindow(
  tx: Transaction,
  user: UserContext,
  { id, ifMatch }: CodeWindowTarget,
): Promise<CodeWindowRow> {
  const row = await lockCodeWindow(tx, user, id);
  if (!row) throw notFound('Code window');
  requireMayChange(user, row);
  refuseStaleEdit(ifMatch, String(row.version));
  return row;
}

/** Changes a window. @throws AppError 403 `not_own`, 404, 412 `stale_edit`. */
export async function patchCodeWindow(
  deps: Deps,
  user: UserContext,
  target: CodeWindowTarget,
  patch: PatchCodeWindow,
): Promise<CodeWindowJson> {
  authorize(user, 'clips.write');
  return withinReach(deps.db, user, async (tx) => {
    const before = await holdCodeWindow(tx, user, target);
    if (patch.is_shared === false && before.owner_id !== user.userId) {
      throw forbidden('Only who shares a window takes it back. You can delete it.', 'not_own');
    }
    const changes = changesOf(factsOf(before), factsOf({ ...before, ...patch }));
    if (!changes) return jsonOf(user, before);
    await updateCodeWindow(tx, before.id, patch, deps.now());
    await recordAudit(tx, user, { ...entryOf(before), action: 'window.update', ...changes });
    const after = await selectCodeWindow(tx, user, before.id);
    if (!after) throw notFound('Code window');
    return jsonOf(user, after);
  });
}

/** Deletes a window for good. @throws AppError 403 `not_own`, 404, 412 `stale_edit`. */
export async function deleteCodeWindow(deps: Deps, user: UserContext, target: CodeWindowTarget): Promise<void> {
  authorize(user, 'clips.write');
  await withinReach(deps.db, user, async (tx) => {
    const row = await holdCodeWindow(tx, user, target);
    await deleteCodeWindowRow(tx, row.id);
    await recordAudit(tx, user, { ...entryOf(row), action: 'window.delete', before: factsOf(row) });
  });
}
