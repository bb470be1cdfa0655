import { masterReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { Anchor, AnchorListJson } from './anchor-schemas.ts';
import type { ClockRun } from './derive-runs.ts';
import type { GameKey } from './play-repo.ts';

interface AnchoredMaster {
  team_code: string;
  duration_s: number | null;
}

const reachedSql = (user: UserContext, id: string): Prisma.Sql =>
  Prisma.sql`m.id = ${id}::uuid AND m.deleted_at IS NULL AND ${masterReachSql(user, 'masters.watch')}`;

/** The anchors of a master in reach, those in effect and those that wait for it to be ready; `null` without such a master. */
export async function selectAnchors(
  reads: Reads,
  user: UserContext,
  id: string,
): Promise<AnchorListJson['anchors'] | null> {
  const [row] = await reads.$queryRaw<{ anchors: AnchorListJson['anchors'] }[]>`
    SELECT coalesce((
      SELECT jsonb_agg(to_jsonb(a) ORDER BY a.period, a.clock_s) FROM (
        SELECT s.period, s.clock_s, s.video_s, s.rate, true AS is_set FROM media.master_anchors s WHERE s.master_id = m.id
        UNION ALL
        SELECT e.period, e.clock_s, e.video_s, e.rate, false FROM media.anchors_in_effect e
        WHERE e.team_code = m.team_code AND e.season = m.season AND e.game_id = m.game_id AND e.master_id = m.id
          AND NOT e.is_set
      ) a), '[]') AS anchors
    FROM media.masters m WHERE ${reachedSql(user, id)}`;
  return row?.anchors ?? null;
}

/** Locks a master in reach for a change of its anchors, or `null`. */
export async function lockAnchoredMaster(tx: DbOrTx, user: UserContext, id: string): Promise<AnchoredMaster | null> {
  const [row] = await tx.$queryRaw<AnchoredMaster[]>`
    SELECT m.team_code, m.duration_s FROM media.masters m WHERE ${reachedSql(user, id)} FOR NO KEY UPDATE`;
  return row ?? null;
}

/** Puts these in the place of a master's anchors. Those that stay as they are keep who set them. */
export async function replaceAnchors(
  tx: DbOrTx,
  masterId: string,
  anchors: readonly Anchor[],
  setBy: string,
): Promise<void> {
  const rows = JSON.stringify(anchors);
  await tx.$executeRaw`
    DELETE FROM media.master_anchors a WHERE a.master_id = ${masterId}::uuid AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset(${rows}::jsonb) AS g(period int, clock_s float8)
      WHERE g.period = a.period AND g.clock_s = a.clock_s)`;
  await tx.$executeRaw`
    INSERT INTO media.master_anchors AS a (master_id, period, clock_s, video_s, rate, set_by)
    SELECT ${masterId}::uuid, g.period, g.clock_s, g.video_s, g.rate,
      (SELECT u.id FROM media.users u WHERE u.id = ${setBy}::uuid)
    FROM jsonb_to_recordset(${rows}::jsonb) AS g(period int, clock_s float8, video_s float8, rate float8)
    ON CONFLICT ON CONSTRAINT uq_master_anchor DO UPDATE SET video_s = excluded.video_s, rate = excluded.rate,
      set_by = excluded.set_by, set_at = now()
    WHERE (a.video_s, a.rate) IS DISTINCT FROM (excluded.video_s, excluded.rate)`;
}

/** Puts the runs of a file's periods in the place of those of before; half a file adds to them. */
export async function replaceRuns(
  tx: DbOrTx,
  game: GameKey,
  runs: readonly ClockRun[],
  { isWhole }: { isWhole: boolean },
): Promise<void> {
  const periods = [...new Set(runs.map(({ period }) => period))];
  if (isWhole) {
    await tx.$executeRaw`
      DELETE FROM media.clock_runs r WHERE r.team_code = ${game.team_code} AND r.season = ${game.season}
        AND r.game_id = ${game.game_id} AND r.period = ANY(${periods}::int[])`;
  }
  await tx.$executeRaw`
    INSERT INTO media.clock_runs (team_code, season, game_id, period, clock_s, video_s)
    SELECT ${game.team_code}, ${game.season}, ${game.game_id}, g.period, g.clock_s, g.video_s
    FROM jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) AS g(period int, clock_s float8, video_s float8)
    ON CONFLICT DO NOTHING`;
}
