import { playReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { TAKEN_BACK_MINUTES } from '#lib/clips/clip-field-schemas.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import type { PlayFilter, PlayJson } from './play-field-schemas.ts';
import { filteredPageSql, PLACES, PLAY_FACTS, pageSql, playOrderSql } from './play-list-repo.ts';

/** A play with all that a clip of it has, and the clip that it is in. */
export interface PlayToClip extends Omit<PlayJson, 'video' | 'clip_id'> {
  opponent_code: string | null;
  game_date: string | null;
  /** Where it is seen; `null` where it is not. */
  master_id: string | null;
  at_s: number | null;
  end_at_s: number | null;
  is_exact: boolean | null;
  /** By the beginning that its master is taken to have, as nobody has tied the period's clock to one. */
  is_presumed: boolean;
  film_s: number | null;
  made: { id: number; clip_id: string; is_deleted: boolean; is_taken_back: boolean } | null;
}

/** Which plays are meant. */
export type NamedPlays = { playIds: readonly number[] } | { filter: PlayFilter };

/** The plays in reach that are named, as they were played, at most so many. */
export function selectPlaysToClip(
  tx: DbOrTx,
  user: UserContext,
  named: NamedPlays,
  limit: number,
): Promise<PlayToClip[]> {
  const page =
    'playIds' in named
      ? pageSql(Prisma.sql`
          SELECT p.id FROM media.plays p
          WHERE ${PLANNED_EACH_TIME} p.id = ANY(${[...named.playIds]}::bigint[]) AND ${playReachSql(user)}
          ORDER BY ${playOrderSql('clock')} LIMIT ${writtenOut(limit)}`)
      : filteredPageSql(user, { filter: named.filter, sort: 'clock', limit, after: null });
  return tx.$queryRaw`
    WITH ${page}
    SELECT ${PLAY_FACTS}, g.opponent_code, g.game_date::text, v.master_id::text, v.at_s, v.end_at_s, v.is_exact,
      m.duration_s AS film_s, e.master_id IS NOT NULL AS is_presumed,
      (SELECT jsonb_build_object('id', c.id, 'clip_id', c.clip_id, 'is_deleted', c.deleted_at IS NOT NULL,
          'is_taken_back', c.deleted_by = ${user.userId}::uuid AND media.made_by_caller(c.clip_id, ${TAKEN_BACK_MINUTES}::int))
        FROM media.clip_plays x JOIN media.clips c ON c.id = x.clip_id WHERE x.play_id = p.id) AS made
    FROM page p JOIN media.games g USING (team_code, season, game_id)
    LEFT JOIN ${PLACES} v ON v.id = p.id LEFT JOIN media.masters m ON m.id = v.master_id
    LEFT JOIN media.anchors_in_effect e ON (e.team_code, e.season, e.game_id) = (p.team_code, p.season, p.game_id)
      AND e.master_id = v.master_id AND e.period = p.period AND NOT e.is_set
    ORDER BY ${playOrderSql('clock')}`;
}

/** Writes down which plays are in which clips; what is said of a clip that is gone is said no more. */
export async function insertClipPlays(
  tx: DbOrTx,
  made: readonly { play_id: number; clip_id: number }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO media.clip_plays AS x (play_id, clip_id)
    SELECT g.play_id, g.clip_id FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS g(play_id bigint, clip_id int)
    ON CONFLICT (play_id) DO UPDATE SET clip_id = excluded.clip_id
    WHERE NOT EXISTS (SELECT FROM media.clips c WHERE c.id = x.clip_id)`;
}
