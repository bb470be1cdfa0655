import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { lockForChange } from '#lib/reels/change-reel.ts';
import { selectReel } from '#lib/reels/reel-repo.ts';
import {
  countLiveLinks,
  insertLink,
  revokeLinkRow,
  selectLink,
  selectLinksOfReel,
  selectLiveLinks,
  toLinkJson,
} from './link-repo.ts';
import {
  type CreateLink,
  LEAST_PASSWORD,
  type LinkListJson,
  type ListLinksQuery,
  type NewLinkJson,
} from './link-schemas.ts';

const DAY_MS = 24 * 3_600_000;
/** Whoever needs more than these has lost sight of them. */
const MOST_LIVE = 100;

/** A secret as the table has it. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * A link by which somebody without an account sees a reel. Its address is answered this once.
 * @throws AppError 400 for a password that is too short, 403, 404 for a reel that the caller may not change, 409
 *   `too_many_links`.
 */
export async function createLink(
  deps: Pick<PortalDeps, 'db' | 'now' | 'baseUrl'>,
  user: UserContext,
  reelId: string,
  input: CreateLink,
): Promise<NewLinkJson> {
  authorize(user, 'reels.write');
  const secret = randomBytes(32).toString('base64url');
  const passwordHash = input.password ? await hashPassword(input.password, LEAST_PASSWORD) : null;
  const now = deps.now();
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + input.expires_in_days * DAY_MS);
  const { download: mayDownload, names: hasNames } = input;
  const row = await withinReach(deps.db, user, async (tx) => {
    const { team_code: teamCode } = await lockForChange(tx, user, { reelId, ifMatch: null });
    if ((await countLiveLinks(tx, reelId, now)) >= MOST_LIVE) {
      throw conflict('too_many_links', `This reel has ${MOST_LIVE} links already; revoke those that nobody needs.`);
    }
    const link = { id, reelId, teamCode, expiresAt, passwordHash, mayDownload, hasNames };
    await insertLink(tx, user, { ...link, secretHash: hashOfSecret(secret) });
    await recordAudit(tx, user, {
      action: 'link.create',
      target: { type: 'link', id },
      teams: [teamCode],
      after: {
        reel_id: reelId,
        expires_at: expiresAt,
        download: mayDownload,
        names: hasNames,
        is_locked: passwordHash !== null,
      },
    });
    return selectLink(tx, id);
  });
  if (!row) throw notFound('Link');
  return { ...toLinkJson(row, now), url: `${deps.baseUrl}/s/${secret}` };
}

/** The links of a reel, the newest first. @throws AppError 403, 404 for a reel that is not shown to the caller. */
export async function listReelLinks(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  user: UserContext,
  reelId: string,
): Promise<LinkListJson> {
  authorize(user, 'reels.write');
  const [reel, links] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReel(reads, user, reelId), selectLinksOfReel(reads, reelId)]),
  );
  if (!reel) throw notFound('Reel');
  return { links: links.map((row) => toLinkJson(row, deps.now())) };
}

/** All links of an admin's teams that open something still. @throws AppError 403. */
export async function listLinks(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  user: UserContext,
  query: ListLinksQuery,
): Promise<LinkListJson> {
  authorize(user, 'people.manage');
  const now = deps.now();
  const links = await readWithinReach(deps.db, user, (reads) => selectLiveLinks(reads, query, now));
  return { links: links.map((row) => toLinkJson(row, now)) };
}

/**
 * Takes a link back: it opens nothing from now on. One that was taken back before stays so.
 * @throws AppError 403, 404 for one that the caller does not see.
 */
export async function revokeLink(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  user: UserContext,
  linkId: string,
): Promise<void> {
  authorize(user, 'reels.write');
  await withinReach(deps.db, user, async (tx) => {
    const link = await selectLink(tx, linkId);
    if (!link) throw notFound('Link');
    if (!(await revokeLinkRow(tx, linkId, deps.now()))) return;
    const { reel_id, team_code } = link;
    await recordAudit(tx, user, {
      ...{ action: 'link.revoke', target: { type: 'link', id: linkId }, teams: [team_code] },
      after: { reel_id },
    });
  });
}
