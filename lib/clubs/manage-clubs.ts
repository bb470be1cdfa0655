import { createHash } from 'node:crypto';
import { changesOf } from '#lib/audit/audit-entry.ts';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize, reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import { type ClubRow, lockClub, selectClubs, selectCrest, updateClub } from './club-repo.ts';
import type { ClubJson, PatchClub } from './club-schemas.ts';

const crestUrl = (crestName: string): string => `/api/v2/crests/${crestName}.png`;

const jsonOf = ({ teamCode, name, color, crestName, version }: ClubRow): ClubJson => ({
  team_code: teamCode,
  name,
  color,
  crest_url: crestName === null ? null : crestUrl(crestName),
  version: String(version),
});

/** What the log keeps of a club: of its crest the name alone. */
const factsOf = ({ name, color, crestName }: Pick<ClubRow, 'name' | 'color' | 'crestName'>) => ({
  ...{ name, color, crest: crestName },
});

/** How all clubs look of which something was said, by their code: no secret to anybody who is signed in. */
export async function listClubs(deps: Pick<PortalDeps, 'db'>): Promise<ClubJson[]> {
  return (await selectClubs(deps.db)).map((row) => jsonOf(row));
}

/**
 * Changes how a club looks; what is not named stays.
 * @throws AppError 403, 404 for a team out of reach, 412 `stale_edit`.
 */
export async function patchClub(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  user: UserContext,
  { teamCode, ifMatch }: { teamCode: string; ifMatch: IfMatch | null },
  { crest, ...words }: PatchClub,
): Promise<ClubJson> {
  authorize(user, 'people.manage');
  if (!reaches(user, { teamCode })) throw notFound('Club');
  const crestName = crest ? createHash('sha256').update(crest).digest('hex') : null;
  const patch = { ...words, ...(crest === undefined ? {} : { crest: crest && new Uint8Array(crest), crestName }) };
  return withinReach(deps.db, user, async (tx) => {
    const before = await lockClub(tx, teamCode);
    refuseStaleEdit(ifMatch, String(before.version));
    const changes = changesOf(factsOf(before), factsOf({ ...before, ...patch }));
    if (!changes) return jsonOf(before);
    const after = await updateClub(tx, teamCode, patch, deps.now());
    await recordAudit(tx, user, {
      ...{ action: 'club.update', target: { type: 'club', id: teamCode }, teams: [teamCode], ...changes },
    });
    return jsonOf(after);
  });
}

/** The picture of that name. @throws AppError 404. */
export async function getCrest(deps: Pick<PortalDeps, 'db'>, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const crest = await selectCrest(deps.db, file.replace('.png', ''));
  if (!crest) throw notFound('Crest');
  return crest;
}
