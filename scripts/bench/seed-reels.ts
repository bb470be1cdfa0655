import type { BenchPortal } from './bench-portal.ts';
import { PLACE } from './slices-lake.ts';

/** Whom they are shown to, in turn. */
const AUDIENCES = ['team', 'staff', 'players', 'private'];
const PLAYER_ID = '8480018';
const ITEMS_EACH = 5;

/** Reels of the bench's admin, numbered `from` to `to`, each with some of the clips that are there. */
export async function seedReels({ db, account }: BenchPortal, from: number, to: number): Promise<void> {
  await db.$transaction(
    async (tx) => {
      // No triggers: nobody is to be told of these reels.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
        INSERT INTO media.reels (id, team_code, title, owner_id, audience, created_at)
        SELECT gen_random_uuid(), ${PLACE.team_code}, 'Reel ' || n, u.id, (${AUDIENCES}::text[])[1 + n % 4],
          now() - make_interval(mins => n)
        FROM generate_series(${from}::int, ${to}::int) n, media.users u WHERE u.email = ${account.email}`;
      await tx.$executeRaw`
        INSERT INTO media.reel_items (id, reel_id, position, clip_id)
        SELECT gen_random_uuid(), r.id, c.n, c.id
        FROM media.reels r, (SELECT row_number() OVER (ORDER BY id) AS n, id FROM media.clips ORDER BY id LIMIT ${ITEMS_EACH}) c
        WHERE r.title LIKE 'Reel %' AND NOT EXISTS (SELECT FROM media.reel_items i WHERE i.reel_id = r.id)`;
      await tx.$executeRaw`
        INSERT INTO media.reel_players (reel_id, player_id)
        SELECT r.id, ${PLAYER_ID} FROM media.reels r WHERE r.audience = 'players' ON CONFLICT DO NOTHING`;
    },
    { timeout: 600_000 },
  );
  await db.$executeRaw`ANALYZE media.reels, media.reel_items, media.reel_players`;
}
