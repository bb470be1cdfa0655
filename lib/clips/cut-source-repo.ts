import type { DbOrTx } from '#lib/db/prisma-client.ts';
import type { TimeRangeJson } from './time-range-json.ts';

export interface RegisteredMaster {
  id: string;
  lake_uri: string;
  team_code: string;
  status: string;
  /** Seconds. */
  duration_s: number | null;
  gaps: TimeRangeJson[];
  is_deleted: boolean;
}

/**
 * The registered masters of the caller's reach among those that requests name, kept from being deleted until the
 * transaction ends. `FOR KEY SHARE` waits for a deletion under way and lets everybody else create clips meanwhile.
 */
export const holdMasters = (
  tx: DbOrTx,
  named: { ids: string[]; lakeUris: string[] },
): Promise<RegisteredMaster[]> => tx.$queryRaw`
  SELECT m.id::text, m.lake_uri, m.team_code, m.status, m.duration_s, m.gaps, m.deleted_at IS NOT NULL AS is_deleted
  FROM media.masters m WHERE m.id = ANY(${named.ids}::uuid[]) OR m.lake_uri = ANY(${named.lakeUris}::text[])
  ORDER BY m.lake_uri FOR KEY SHARE`;
