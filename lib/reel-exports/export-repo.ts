import type { UserContext } from '#lib/auth/user-context.ts';
import type { DbOrTx, Reads } from '#lib/db/prisma-client.ts';
import type { ExportReel, ReelExportJson } from './export-schemas.ts';
import { KEPT_DAYS } from './film-work-repo.ts';

/** An export as it lies in the table. */
export type ExportRow = Omit<ReelExportJson, 'url' | 'url_expires_at'> & { gcs_uri: string; generation: string | null };

/** Exports of one reel that are listed; older ones are there by their ids. */
const MOST_LISTED = 100;

/** The exports of a reel that the caller may change, the newest first; one of them, where it is named. */
export const selectExports = (reads: Reads, reelId: string, exportId: string | null = null): Promise<ExportRow[]> =>
  reads.$queryRaw`
    SELECT e.id::text, e.reel_id::text, e.status, e.progress, e.title_cards, e.notes, e.names, e.reel_version, e.skipped,
      e.error_message, e.size_bytes::float8, e.duration_s, e.width, e.height, e.gcs_uri, e.generation,
      to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at,
      to_char(e.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS finished_at,
      to_char((e.created_at + make_interval(days => ${KEPT_DAYS})) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        AS kept_until
    FROM media.reel_exports e
    WHERE e.reel_id = ${reelId}::uuid AND (${exportId}::uuid IS NULL OR e.id = ${exportId}::uuid)
    ORDER BY e.created_at DESC, e.id LIMIT ${MOST_LISTED}`;

/** The export of the same of this version of the reel that is not made yet, or `null`. */
export async function selectUnderWay(
  tx: DbOrTx,
  reel: { id: string; version: number },
  { title_cards, notes, names }: ExportReel,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id::text FROM media.reel_exports e
    WHERE e.reel_id = ${reel.id}::uuid AND e.reel_version = ${reel.version} AND e.status IN ('pending', 'processing')
      AND (e.title_cards, e.notes, e.names) = (${title_cards}, ${notes}, ${names}) LIMIT 1`;
  return row?.id ?? null;
}

export async function insertExport(
  tx: DbOrTx,
  user: UserContext,
  { id, gcsUri, reel }: { id: string; gcsUri: string; reel: { id: string; version: number } },
  { title_cards: titleCards, notes, names }: ExportReel,
): Promise<void> {
  const facts = { id, gcsUri, reelId: reel.id, reelVersion: reel.version, requestedBy: user.userId };
  await tx.reelExport.createMany({ data: [{ ...facts, titleCards, notes, names }] });
}
