import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { AppError, type FieldFault, notFound, unprocessable } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { lockForChange, type ReelTarget, recordReel } from './change-reel.ts';
import { getReel } from './get-reel.ts';
import { appendItems, countItems, replaceItems, selectLengths, selectOwnClips } from './reel-items-repo.ts';
import { raiseVersion } from './reel-repo.ts';
import { type AddedItemsJson, type AddItems, MAX_ITEMS, type PutItems, type ReelJson } from './reel-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/** Cuts end between frames, and durations are rounded. */
const TOLERANCE_S = 0.001;

const outcomeSchema = z.object({ item_ids: z.array(z.string()), version: z.int().nullable() });

/** The rows of these clips, in their order, each as often as it is named. */
async function findClips(tx: Transaction, user: UserContext, teamCode: string, clipIds: readonly string[]) {
  const found = await selectOwnClips(tx, user, [...new Set(clipIds)]);
  const byName = new Map(found.map((clip) => [clip.clip_id, clip]));
  const errors: FieldFault[] = [];
  const clips = clipIds.flatMap((clipId, index) => {
    const clip = byName.get(clipId);
    if (!clip) throw notFound('Clip');
    if (clip.team_code !== teamCode) {
      errors.push({ path: `clip_ids.${index}`, message: `This clip is of ${clip.team_code}.` });
    }
    return [clip];
  });
  if (errors.length > 0) {
    const detail = `A reel of ${teamCode} shows clips of ${teamCode}; make another for those of other teams.`;
    throw unprocessable('clip_of_another_team', detail, errors.slice(0, 50));
  }
  return clips;
}

async function append(tx: Transaction, user: UserContext, target: ReelTarget, { clip_ids }: AddItems) {
  const { reelId } = target;
  const reel = await lockForChange(tx, user, target);
  const clips = await findClips(tx, user, reel.team_code, clip_ids);
  const total = (await countItems(tx, reelId)) + clips.length;
  if (total > MAX_ITEMS) {
    throw unprocessable('too_many_items', `A reel has at most ${MAX_ITEMS} items; with these it would have ${total}.`);
  }
  const items = clips.map((clip) => ({ id: randomUUID(), clip_id: clip.id }));
  await appendItems(tx, reelId, items);
  const version = await raiseVersion(tx, reelId);
  const after = { added: clips.length, items: total };
  await recordReel(tx, user, { id: reelId, team_code: reel.team_code }, 'reel.items', { after });
  // Who did not say which version they know may not know what others have added: this one would let them lose it.
  const isKnown = Array.isArray(target.ifMatch);
  return { item_ids: items.map(({ id }) => id), version: isKnown ? version : null };
}

/**
 * Puts clips of the caller's reach at the end of a reel.
 * @param request the caller's `Idempotency-Key`: the same key and body add them once.
 * @throws AppError 403, 404 for a reel or a clip out of reach, 412 `stale_edit`, 422 `too_many_items`,
 *   `clip_of_another_team`; and what `runOnce` throws.
 */
export async function addItems(
  deps: Deps,
  user: UserContext,
  target: ReelTarget,
  input: AddItems,
  request: IdempotentRequest | null = null,
): Promise<{ added: AddedItemsJson; isReplay: boolean }> {
  authorize(user, 'reels.write');
  const { outcome, isReplay } = await runOnce(deps, user, { request, outcome: outcomeSchema }, (tx) =>
    append(tx, user, target, input),
  );
  const { items } = await getReel(deps, user, target.reelId);
  const ids = new Set(outcome.item_ids);
  return { added: { items: items.filter(({ id }) => ids.has(id)), version: outcome.version }, isReplay };
}

/** @throws AppError 422 for an item that the reel does not have, or that ends behind its clip. */
async function requireSound(tx: Transaction, user: UserContext, reelId: string, items: PutItems['items']) {
  const lengths = new Map((await selectLengths(tx, user, reelId)).map(({ id, duration_s }) => [id, duration_s]));
  const faults = (message: (item: PutItems['items'][number]) => string | null, field: string): FieldFault[] =>
    items.flatMap((item, index) => {
      const fault = message(item);
      return fault === null ? [] : [{ path: `items.${index}.${field}`, message: fault }];
    });
  const unknown = faults(({ id }) => (lengths.has(id) ? null : 'The reel has no such item.'), 'id');
  if (unknown.length > 0) {
    const detail = 'The reel has no such item: clips are added by POST, and then put in order.';
    throw unprocessable('unknown_item', detail, unknown.slice(0, 50));
  }
  // Of what is gone nobody knows how long it was.
  const beyond = faults(({ id, in_s, out_s }) => {
    const end = lengths.get(id);
    if (end === null || end === undefined) return null;
    const isWithin = out_s === null ? (in_s ?? 0) < end : out_s <= end + TOLERANCE_S;
    return isWithin ? null : `The clip lasts ${end.toFixed(3)} s.`;
  }, 'out_s');
  if (beyond.length > 0) throw unprocessable('beyond_clip', 'An item ends behind its clip.', beyond.slice(0, 50));
}

/**
 * Puts the items of a reel in order, with their trims and notes; those that are not named are taken out.
 * @throws AppError 403, 404, 412 `stale_edit`, 422 `unknown_item`, `beyond_clip`, 428 without a version to start from.
 */
export async function putItems(
  deps: Deps,
  user: UserContext,
  target: ReelTarget,
  { items }: PutItems,
): Promise<ReelJson> {
  authorize(user, 'reels.write');
  await withinReach(deps.db, user, async (tx) => {
    const reel = await lockForChange(tx, user, target);
    if (target.ifMatch === null) {
      throw new AppError({
        status: 428,
        code: 'precondition_required',
        detail: 'Send the ETag of the reel as If-Match: an order that does not know the newest items would lose them.',
      });
    }
    await requireSound(tx, user, target.reelId, items);
    const before = await countItems(tx, target.reelId);
    await replaceItems(tx, target.reelId, items);
    await raiseVersion(tx, target.reelId);
    const facts = { before: { items: before }, after: { items: items.length } };
    await recordReel(tx, user, { id: target.reelId, team_code: reel.team_code }, 'reel.items', facts);
  });
  return getReel(deps, user, target.reelId);
}
