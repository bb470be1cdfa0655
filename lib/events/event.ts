import { mayDo, reaches, reachesTeam, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { EventJson, EventType } from './event-schemas.ts';

/**
 * A place in the order in which events are told: by transaction, then by id. `id` 0 stands before a transaction's
 * first event.
 */
export interface Position {
  xact: bigint;
  id: bigint;
}

export const isAfter = (one: Position, other: Position): boolean =>
  one.xact === other.xact ? one.id > other.id : one.xact > other.xact;

/** One row of `media.events`. */
export interface PortalEvent extends Position {
  type: EventType;
  clipId: string | null;
  masterId: string | null;
  /** Of a game, with the season. */
  gameId: string | null;
  season: string | null;
  reelId: string | null;
  noteId: string | null;
  /** Of a film of a reel. */
  exportId: string | null;
  teamCode: string;
  playerId: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
}

type Subject = 'masterId' | 'gameId' | 'reelId' | 'noteId' | 'exportId';

/** Whether an event is of what is shown to some of those who reach its team: of a reel, a note, or a film of a reel. */
export const hasAudience = ({
  reelId,
  noteId,
  exportId,
}: Pick<PortalEvent, 'reelId' | 'noteId' | 'exportId'>): boolean =>
  reelId !== null || noteId !== null || exportId !== null;

/** The event of masters that those hear who only watch them: there is more to be watched. */
export const WATCHERS_EVENT = 'master.progress' satisfies EventType;

/**
 * Whether an event is the caller's to hear: it is when its clip, or its master, is theirs to read, or to watch. One of a game
 * names the player whose plays are touched, or nobody: then it is for those who see all plays of the team. Of what has an
 * audience (`hasAudience`) in their teams Postgres alone knows, who is asked when it is told (`readNews`).
 */
export function mayHear(
  user: UserContext,
  event: Pick<PortalEvent, Subject | 'teamCode' | 'playerId'> & { type: string },
): boolean {
  if (event.gameId !== null) {
    const reach = reachOf(user);
    const playerId = reach.kind === 'rows' ? (reach.playerId ?? null) : null;
    return mayDo(user, 'plays.read') && playerId === event.playerId && reaches(user, toRow(event));
  }
  if (hasAudience(event)) return mayDo(user, 'reels.read') && reachesTeam(user, event.teamCode);
  if (event.masterId !== null) {
    const needed = event.type === WATCHERS_EVENT ? 'masters.watch' : 'masters.read';
    return mayDo(user, needed) && reaches(user, { teamCode: event.teamCode });
  }
  if (event.playerId === null) return false;
  return mayDo(user, 'clips.read') && reaches(user, { teamCode: event.teamCode, playerId: event.playerId });
}

const toRow = ({ teamCode, playerId }: Pick<PortalEvent, 'teamCode' | 'playerId'>) =>
  playerId === null ? { teamCode } : { teamCode, playerId };

/** What callers are told: nothing but what stands here, whatever the row holds. */
export function eventJson(event: PortalEvent): EventJson {
  const { type, data } = event;
  const occurred_at = event.createdAt.toISOString();
  if (event.masterId !== null) return { type, master_id: event.masterId, occurred_at } as EventJson;
  if (event.gameId !== null) {
    const { teamCode: team_code, season, gameId: game_id } = event;
    return { type, team_code, season, game_id, occurred_at } as EventJson;
  }
  if (event.reelId !== null) return { type, reel_id: event.reelId, occurred_at } as EventJson;
  if (event.noteId !== null) {
    const { clip_id = null, master_id = null, reel_id = null } = data;
    return { type, note_id: event.noteId, clip_id, master_id, reel_id, occurred_at } as EventJson;
  }
  if (event.exportId !== null) {
    const { reel_id, status, progress } = data;
    return { type, export_id: event.exportId, reel_id, status, progress, occurred_at } as EventJson;
  }
  const { processing_status, progress } = data;
  return { type, clip_id: event.clipId, processing_status, progress, occurred_at } as EventJson;
}
