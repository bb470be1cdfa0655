import { masterReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { SheetShape } from '#lib/delivery/storyboard-text.ts';
import type { Clip } from './clip.ts';
import type { PreparedMaster } from './slice-repo.ts';

/** A sheet of small pictures of a prepared master; seconds from timecode zero. */
export interface SheetRow extends PreparedMaster, SheetShape {
  number: number;
  generation: string;
}

/** Sheets in order, of a master that the caller may watch: they show all of it. */
const selectSheets = (reads: Reads, user: UserContext, of: Prisma.Sql): Promise<SheetRow[]> => reads.$queryRaw`
  SELECT m.team_code AS "teamCode", m.season, m.game_id AS "gameId", m.id::text AS "masterId", t.number,
    t.start_s AS "startS", t.end_s AS "endS", t.interval_s AS "intervalS", t.columns,
    t.cell_width AS "cellWidth", t.cell_height AS "cellHeight", t.generation
  FROM media.masters m JOIN media.prepared_sheets t ON t.master_id = m.id
  WHERE ${of} AND m.status = 'ready' AND m.deleted_at IS NULL AND ${masterReachSql(user, 'masters.watch')}
  ORDER BY t.start_s`;

/** Of a whole master, as far as there are any. */
export const selectMasterSheets = (reads: Reads, user: UserContext, id: string): Promise<SheetRow[]> =>
  selectSheets(reads, user, Prisma.sql`m.id = ${id}::uuid`);

/** Those that a clip's time lies in. */
export const selectClipSheets = (reads: Reads, user: UserContext, clip: Clip): Promise<SheetRow[]> =>
  selectSheets(
    reads,
    user,
    Prisma.sql`m.lake_uri = ${clip.source_gcs_uri} AND t.start_s < ${clip.end_timecode_s}
      AND t.end_s > ${clip.start_timecode_s}`,
  );
