import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';

type Deps = Pick<PortalDeps, 'db'>;

/**
 * Which of these clips were made once, whatever became of them: the log says it, also of those that somebody has put into
 * the trash, moved to another game, or deleted for good since.
 */
export async function clipsMadeBefore(
  deps: Deps,
  user: UserContext,
  clipIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const where = { action: 'clip.create', targetType: 'clip', targetId: { in: [...clipIds] } };
  const entries = await withinReach(deps.db, user, (tx) =>
    tx.auditEntry.findMany({ where, select: { targetId: true } }),
  );
  return new Set(entries.map(({ targetId }) => targetId));
}

/** Whether a master of this place in the lake was whole once. */
export async function wasMasterReady(deps: Deps, user: UserContext, lakeUri: string): Promise<boolean> {
  const where = { action: 'master.ready', after: { path: ['lake_uri'], equals: lakeUri } };
  return (await withinReach(deps.db, user, (tx) => tx.auditEntry.findFirst({ where, select: { id: true } }))) !== null;
}

/** Whether somebody has ever said where the clocks of this master lie, or that they lie nowhere. */
export async function wasMasterTied(deps: Deps, user: UserContext, masterId: string): Promise<boolean> {
  const where = { action: 'master.anchor', targetType: 'master', targetId: masterId };
  return (await withinReach(deps.db, user, (tx) => tx.auditEntry.findFirst({ where, select: { id: true } }))) !== null;
}
