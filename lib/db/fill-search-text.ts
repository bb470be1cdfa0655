import type pg from 'pg';

/** As many as are written in a moment: whoever changes one of them meanwhile waits so long. */
const SLICE_ROWS = 500;

/**
 * Gives clips of before the text that search looks through now (ADR 39), a slice at a time. A migration is one
 * transaction, and would keep all of them locked until its end. The text of now marks the event of each clip by U+001F,
 * which no text of before has.
 * @param client whose session is the owner's.
 * @returns how many clips had an old text.
 */
export async function fillSearchText(client: pg.Client): Promise<number> {
  let filled = 0;
  let last = 0;
  await client.query(`SELECT set_config('heartbeat.fills', 'yes', false)`);
  try {
    for (;;) {
      const { rows } = await client.query<{ id: number }>(
        `WITH slice AS (SELECT c.id FROM media.clips c
           WHERE c.id > $1 AND (c.search_text IS NULL OR position(E'\\x1F' IN c.search_text) = 0) ORDER BY c.id LIMIT $2)
         UPDATE media.clips c SET search_text = media.clip_search_text(c) FROM slice WHERE c.id = slice.id RETURNING c.id`,
        [last, SLICE_ROWS],
      );
      if (rows.length === 0) return filled;
      filled += rows.length;
      last = Math.max(...rows.map(({ id }) => id));
    }
  } finally {
    await client.query(`SELECT set_config('heartbeat.fills', '', false)`);
  }
}
