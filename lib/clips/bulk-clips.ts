import { z } from 'zod';
import { type Action, authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { addTags, countBulk, lockBulk, removeTags, replaceTag } from './bulk-repo.ts';
import type { BulkAction, BulkClips, BulkResultJson } from './bulk-schemas.ts';
import { insertBulkEntries } from './clip-entry-repo.ts';
import { restoreClips, selectDeletion, trashClips } from './trash-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue'>;

const BULK_TIMEOUT_MS = 60_000;

const RIGHTS: Readonly<Record<BulkAction, Action>> = {
  add_tags: 'clips.write',
  remove_tags: 'clips.write',
  replace_tag: 'clips.write',
  delete: 'clips.delete',
  restore: 'clips.delete',
};

/** What was remembered before deletions had names has none. */
const outcomeSchema = z.object({
  matched: z.int(),
  changed: z.int(),
  deleted_at: z.string().nullable().default(null),
});

async function restore(deps: Deps, tx: Transaction, ids: number[]): Promise<number> {
  const { count, uncut } = await restoreClips(tx, ids);
  await deps.queue.enqueueCuts(tx, 'many', uncut);
  return count;
}

async function trash(deps: Deps, tx: Transaction, user: UserContext, ids: number[]): Promise<number> {
  const trashed = await trashClips(tx, user, ids);
  await deps.queue.withdrawCuts(tx, trashed);
  return trashed.length;
}

/** Changes locked clips; how many were not so already. */
function change(deps: Deps, tx: Transaction, user: UserContext, bulk: BulkClips, ids: number[]): Promise<number> {
  switch (bulk.action) {
    case 'add_tags':
      return addTags(tx, { ids, tags: bulk.tags });
    case 'remove_tags':
      return removeTags(tx, { ids, tags: bulk.tags });
    case 'replace_tag':
      return bulk.tag === bulk.with ? Promise.resolve(0) : replaceTag(tx, { ids, tag: bulk.tag, by: bulk.with });
    case 'delete':
      return trash(deps, tx, user, ids);
    case 'restore':
      return restore(deps, tx, ids);
  }
}

/**
 * One change to every clip that a request names, within the caller's reach, all in one transaction and in a handful of
 * statements. A dry run counts what it would do. Clips out of reach are not matched, the same as missing ones.
 *
 * @param request the caller's `Idempotency-Key`; a dry run needs none and remembers none.
 * @throws AppError 403 (role), and what `runOnce` throws.
 */
export async function bulkClips(
  deps: Deps,
  user: UserContext,
  bulk: BulkClips,
  request: IdempotentRequest | null = null,
): Promise<{ result: BulkResultJson; isReplay: boolean }> {
  authorize(user, RIGHTS[bulk.action]);
  const facts = { action: bulk.action, dry_run: bulk.dry_run };
  if (bulk.dry_run) {
    const counts = await withinReach(deps.db, user, (tx) => countBulk(tx, user, bulk), { timeout: BULK_TIMEOUT_MS });
    return { result: { ...facts, ...counts, deleted_at: null }, isReplay: false };
  }
  const options = { request, outcome: outcomeSchema, timeout: BULK_TIMEOUT_MS };
  const { outcome, isReplay } = await runOnce(deps, user, options, async (tx) => {
    const ids = await lockBulk(tx, user, bulk);
    await insertBulkEntries(tx, user, bulk, ids);
    const changed = await change(deps, tx, user, bulk, ids);
    const deleted_at = bulk.action === 'delete' && changed > 0 ? await selectDeletion(tx) : null;
    return { matched: ids.length, changed, deleted_at };
  });
  return { result: { ...facts, ...outcome }, isReplay };
}
