import { clipReachSql, mayDo, rolesThatMay } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { type Listener, listen } from '#lib/db/listen.ts';
import { type Database, type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { type PortalEvent, type Position, WATCHERS_EVENT } from './event.ts';

/** The channel that the database notifies when there are events (migration `20261123000300_events`). */
const EVENT_CHANNEL = 'heartbeat_events';

/** Longer than an id can be resumed from, so that a transaction of an hour loses nobody an event. */
const KEEP_EVENTS_HOURS = 24;

export interface EventPage {
  events: PortalEvent[];
  /** Every transaction before this one has ended: nothing more will come before it. */
  horizon: bigint;
  /** There are events already that wait for an older transaction to end. */
  isHeldBack: boolean;
}

/** Who reads for everybody; each event is then judged for each listener (`mayHear`). The policy knows the name. */
const EVERYBODY: UserContext = {
  userId: 'events',
  role: 'admin',
  name: 'Events',
  teamAccess: ['ALL'],
  preferences: {},
};

/** What has an audience, which Postgres alone knows (`hasAudience`). */
const HAS_AUDIENCE = Prisma.sql`num_nonnulls(c.reel_id, c.note_id, c.export_id) > 0`;

/** What such an event is to the caller; of no other event anything. A reel tells of the notes on what it shows. */
const NEWS = Prisma.sql`CASE
  WHEN c.reel_id IS NOT NULL THEN media.news_of_reel(c.team_code, c.data)
  WHEN c.export_id IS NOT NULL THEN media.news_of_export(c.type, c.data)
  WHEN c.note_id IS NOT NULL AND (c.data ->> 'reel_id' IS NULL OR EXISTS (
    SELECT FROM media.clips_of_reel((c.data ->> 'reel_id')::uuid, ${rolesThatMay('reels.write')}::text[]) s
    WHERE s.clip_id = c.data ->> 'clip_id')) THEN media.news_of_note(c.data) END`;

/** Of what has an audience who reads for everybody takes all, and others what Postgres says. */
function eventReachSql(user: UserContext): Prisma.Sql {
  const others = Prisma.sql`NOT (${HAS_AUDIENCE}) AND ${clipEventReachSql(user)}`;
  if (user === EVERYBODY) return Prisma.sql`${HAS_AUDIENCE} OR (${others})`;
  if (!mayDo(user, 'reels.read')) return others;
  return Prisma.sql`(${NEWS}) IS NOT NULL OR (${others})`;
}

/**
 * As `mayHear` says; under the clips' reach a player has no masters anyway. Of a game the rows of single players are read by those
 * who read for everybody, and told by `mayHear` alone.
 */
function clipEventReachSql(user: UserContext): Prisma.Sql {
  if (mayDo(user, 'masters.read')) return clipReachSql(user);
  const watched = mayDo(user, 'masters.watch') ? Prisma.sql`OR c.type = ${WATCHERS_EVENT}` : Prisma.empty;
  return Prisma.sql`${clipReachSql(user)} AND (c.master_id IS NULL ${watched})`;
}

type Row = { horizon: bigint; isHeldBack: boolean } & (PortalEvent | { id: null });

/**
 * The caller's events after a place and below the horizon, in order. One statement has one snapshot, so that every
 * row below its horizon is seen by it.
 */
export async function selectEvents(
  tx: DbOrTx,
  user: UserContext,
  { after, limit }: { after: Position; limit: number },
): Promise<EventPage> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH now AS MATERIALIZED (
      SELECT pg_snapshot_xmin(s)::text::bigint AS horizon, pg_snapshot_xmax(s)::text::bigint AS next
      FROM pg_current_snapshot() s
    )
    SELECT now.horizon,
      EXISTS (SELECT FROM media.events c WHERE c.xact >= now.horizon AND c.xact < now.next) AS "isHeldBack",
      e.*
    FROM now LEFT JOIN LATERAL (
      SELECT c.xact, c.id, coalesce(${NEWS}, c.type) AS type, c.clip_id AS "clipId",
        c.master_id::text AS "masterId", c.reel_id::text AS "reelId", c.note_id::text AS "noteId",
        c.export_id::text AS "exportId", c.season, c.game_id AS "gameId", c.team_code AS "teamCode", c.player_id AS "playerId", c.data, c.created_at AS "createdAt"
      FROM media.events c
      WHERE (c.xact, c.id) > (${after.xact}::bigint, ${after.id}::bigint) AND c.xact < now.horizon
        AND (${eventReachSql(user)})
      ORDER BY c.xact, c.id LIMIT ${limit}
    ) e ON TRUE ORDER BY e.xact, e.id`;
  const [first] = rows;
  if (!first) throw new Error('a query over one row gave none');
  const events = rows.filter((row): row is Row & PortalEvent => row.id !== null);
  return { events, horizon: first.horizon, isHeldBack: first.isHeldBack };
}

export const readEvents = (db: Database, user: UserContext, after: Position, limit: number): Promise<EventPage> =>
  withinReach(db, user, (tx) => selectEvents(tx, user, { after, limit }));

/** What each of these events that have an audience is to the caller, by its id; those that are none of theirs are left out. */
export async function readNews(
  db: Database,
  user: UserContext,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, PortalEvent['type']>> {
  const rows = await readWithinReach(
    db,
    user,
    (reads) => reads.$queryRaw<Pick<PortalEvent, 'id' | 'type'>[]>`
      SELECT c.id, ${NEWS} AS type FROM media.events c
      WHERE c.id = ANY(${[...ids]}::bigint[]) AND ${HAS_AUDIENCE} AND (${eventReachSql(user)})`,
  );
  return new Map(rows.map(({ id, type }) => [id, type]));
}

/** Where a process hears of everything. */
export interface EventSource {
  read(after: Position, limit: number): Promise<EventPage>;
  listen(onNews: () => void, onFault: (error: unknown) => void): Listener;
}

export const openEventSource = (db: Database, databaseUrl: string): EventSource => ({
  read: (after, limit) => readEvents(db, EVERYBODY, after, limit),
  listen: (onNews, onFault) => listen({ databaseUrl, channel: EVENT_CHANNEL, onNews, onFault }),
});

/** Removes what nobody can resume from any more; for the worker. */
export async function sweepEvents(db: Database): Promise<number> {
  return db.$executeRaw`DELETE FROM media.events
    WHERE created_at < now() - make_interval(hours => ${KEEP_EVENTS_HOURS})`;
}
