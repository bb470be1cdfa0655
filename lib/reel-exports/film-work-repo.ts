import { REACH_OF_ALL } from '#lib/auth/within-reach.ts';
import type { NamedFacts } from '#lib/clips/clip-file-name.ts';
import type { Database, DbOrTx } from '#lib/db/prisma-client.ts';
import { LONGEST_EXPORT_S } from '#lib/jobs/queues.ts';
import type { FilmItem, FilmNote, FilmWork } from '#lib/media/reel-work.ts';
import { selectNotesOnClips } from '#lib/notes/note-repo.ts';
import { selectItems } from '#lib/reels/reel-items-repo.ts';
import { cardOfClip } from './film-words.ts';

/** How long the file of an export is kept. */
export const KEPT_DAYS = 30;

interface ClaimedRow {
  id: string;
  gcs_uri: string;
  reel_id: string;
  title_cards: boolean;
  notes: boolean;
  names: boolean;
  title: string;
  description: string | null;
  audience: string;
  owner_id: string;
}

type ClipRow = NamedFacts & {
  clip_id: string;
  end_timecode_s: number;
  source_gcs_uri: string | null;
  source_generation: string | null;
  file: { gcsUri: string; generation: string | null } | null;
};

const selectClips = (tx: DbOrTx, names: readonly string[]): Promise<ClipRow[]> => tx.$queryRaw`
  SELECT c.clip_id, c.player_id, c.player_name, c.team_code, c.opponent_code, c.game_id,
    to_char(c.game_date, 'YYYY-MM-DD') AS game_date, c.period, c.event_type, c.start_timecode_s, c.end_timecode_s,
    c.source_gcs_uri, (SELECT m.generation FROM media.masters m WHERE m.lake_uri = c.source_gcs_uri) AS source_generation,
    (SELECT json_build_object('gcsUri', a.gcs_uri, 'generation', a.generation) FROM media.clip_assets a
      WHERE a.clip_id = c.id AND a.asset_type = 'mp4' AND c.processing_status = 'ready'
      ORDER BY a.gcs_uri LIKE '%/clip.mp4' DESC, a.id LIMIT 1) AS file
  FROM media.clips c WHERE c.clip_id = ANY(${[...names]}::text[])`;

/** What everybody may read to whom the reel is shown; answers are a talk, and no part of the film. */
async function notesOf(tx: DbOrTx, row: ClaimedRow, names: readonly string[]): Promise<Map<string, FilmNote[]>> {
  if (!row.notes) return new Map();
  const isForStaff = row.audience === 'private' || row.audience === 'staff';
  const found = (await selectNotesOnClips(tx, names)).filter(
    ({ reply_to, visible_to }) => reply_to === null && (isForStaff || visible_to === 'audience'),
  );
  const byClip = Map.groupBy(found, ({ clip_id }) => clip_id ?? '');
  return new Map(
    [...byClip].map(([clipId, notes]) => [
      clipId,
      notes.map(({ at_s, hold_s, text, drawing }) => ({ atS: at_s, holdS: hold_s, text, drawing })),
    ]),
  );
}

/** The items as the reel shows them to its maker: whatever it does not show them either is gone. */
async function itemsOf(tx: DbOrTx, row: ClaimedRow): Promise<FilmItem[]> {
  await tx.$queryRaw(REACH_OF_ALL);
  await tx.$queryRaw`SELECT set_config('heartbeat.user', ${row.owner_id}, true)`;
  const items = await selectItems(tx, row.reel_id);
  const names = [...new Set(items.flatMap(({ clip_id }) => clip_id ?? []))];
  const clips = new Map((await selectClips(tx, names)).map((clip) => [clip.clip_id, clip]));
  const notes = await notesOf(tx, row, names);
  return items.map((item, index): FilmItem => {
    const clip = clips.get(item.clip_id ?? '');
    const place = { itemId: item.id, position: index + 1, inS: item.in_s, outS: item.out_s };
    if (!clip) return { ...place, clip: null, card: { title: '', facts: '', note: '' }, notes: [] };
    const { clip_id, file, source_gcs_uri, source_generation, start_timecode_s, end_timecode_s } = clip;
    return {
      ...place,
      clip: {
        ...{ clipId: clip_id, file, sourceGcsUri: source_gcs_uri, sourceGeneration: source_generation },
        ...{ startS: start_timecode_s, endS: end_timecode_s },
      },
      card: { ...cardOfClip(clip, { names: row.names }), note: item.note ?? '' },
      notes: notes.get(clip_id) ?? [],
    };
  });
}

/** The worker's side of `media.reel_exports`: every change asks for the claim, so a worker that lost it changes nothing. */
export const createFilmWork = (db: Database): FilmWork => ({
  claim: (exportId, claimToken) =>
    db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<ClaimedRow[]>`
        UPDATE media.reel_exports e SET status = 'processing', claim_token = ${claimToken}::uuid, progress = 0,
          error_message = NULL, reel_version = r.version
        FROM media.reels r
        WHERE e.id = ${exportId}::uuid AND r.id = e.reel_id AND e.status IN ('pending', 'processing')
        RETURNING e.id::text, e.gcs_uri, e.reel_id::text, e.title_cards, e.notes, e.names, r.title, r.description, r.audience,
          r.owner_id::text`;
      if (!row) return null;
      const card = row.title_cards ? { title: row.title, facts: '', note: row.description ?? '' } : null;
      return { id: row.id, claimToken, gcsUri: row.gcs_uri, card, items: await itemsOf(tx, row) };
    }),

  async reportProgress({ id, claimToken }, percent) {
    const { count } = await db.reelExport.updateMany({ where: { id, claimToken }, data: { progress: percent } });
    return count > 0;
  },

  async publish({ id, claimToken }, { generation, sizeBytes, durationS, width, height, skipped }) {
    const { count } = await db.reelExport.updateMany({
      where: { id, claimToken },
      data: {
        ...{ status: 'ready', progress: 100, claimToken: null, finishedAt: new Date(), errorMessage: null },
        ...{ generation, sizeBytes: BigInt(sizeBytes), durationS, width, height },
        skipped: skipped.map((item) => ({ ...item })),
      },
    });
    return count > 0;
  },

  async fail({ id, claimToken }, message, skipped) {
    await db.reelExport.updateMany({
      where: { id, claimToken },
      data: {
        ...{ status: 'failed', errorMessage: message, claimToken: null, finishedAt: new Date() },
        skipped: skipped.map((item) => ({ ...item })),
      },
    });
  },

  async release({ id, claimToken }) {
    const data = { status: 'pending', progress: 0, claimToken: null };
    await db.reelExport.updateMany({ where: { id, claimToken }, data });
  },

  async failAbandoned(exportId, message) {
    // What its last attempt may have written lies where the row says, and goes with it.
    await db.reelExport.updateMany({
      where: { id: exportId, status: { in: ['pending', 'processing'] } },
      data: { status: 'failed', errorMessage: message, claimToken: null, finishedAt: new Date() },
    });
  },

  async listLeftovers() {
    const rows = await db.reelExportLeftover.findMany({ orderBy: { goneAt: 'asc' }, take: LEFTOVERS_AT_ONCE });
    return rows.map(({ gcsUri }) => gcsUri);
  },

  async forgetLeftover(gcsUri) {
    await db.$executeRaw`DELETE FROM media.reel_export_leftovers
      WHERE gcs_uri = ${gcsUri} AND gone_at < now() - make_interval(secs => ${LONGEST_EXPORT_S})`;
  },

  deleteOld: () =>
    db.$executeRaw`DELETE FROM media.reel_exports WHERE created_at < now() - make_interval(days => ${KEPT_DAYS})`,
});

/** Of one look; the next finds the rest. */
const LEFTOVERS_AT_ONCE = 100;
