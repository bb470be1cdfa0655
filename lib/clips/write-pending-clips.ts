import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { type AppError, conflict, isAppError } from '#lib/errors.ts';
import type { CutUrgency } from '#lib/jobs/queues.ts';
import type { Clip } from './clip.ts';
import type { CreateClip } from './clip-schemas.ts';
import { insertPendingClips, type NewClip } from './pending-clip-repo.ts';
import { type CutSources, cutSourceOf } from './resolve-cut-source.ts';
import { selectTrashed } from './trash-repo.ts';

/** A clip that is asked for, and the play that it is of, which nobody outside can say. */
export type ClipRequest = CreateClip & { play_id?: number };

/** What is asked for; what is at fault by itself is passed on. */
type Requests = readonly (ClipRequest | AppError)[];

/** A readable id where the client gave none: team, game and eight random characters. */
const generateClipId = (input: CreateClip): string =>
  `${input.team_code.toLowerCase()}-${input.game_id}-${randomUUID().slice(0, 8)}`;

/** @throws AppError 403 `foreign_team`, and what `cutSourceOf` throws. */
function newClipOf(user: UserContext, input: ClipRequest, sources: CutSources): NewClip {
  requireTeam(user, input.team_code, 'team_code');
  const { lakeUri } = cutSourceOf(sources, input);
  const { master_id: _, ...facts } = input;
  return { ...facts, clip_id: input.clip_id ?? generateClipId(input), source_gcs_uri: lakeUri };
}

const inTrash = (clipId: string) =>
  conflict('clip_exists', `A clip "${clipId}" lies in the trash. Restore it, or choose another clip_id.`);

const taken = (clipId: string) =>
  conflict('clip_exists', `A clip "${clipId}" exists already. Choose another clip_id, or leave it out.`);

/** Each request as the clip that it asks for, or its fault; of two with one `clip_id` the second is at fault. */
function checked(user: UserContext, requests: Requests, sources: CutSources): (NewClip | AppError)[] {
  const seen = new Set<string>();
  return requests.map((input) => {
    if (isAppError(input)) return input;
    try {
      const clip = newClipOf(user, input, sources);
      if (seen.has(clip.clip_id)) return taken(clip.clip_id);
      seen.add(clip.clip_id);
      return clip;
    } catch (error) {
      if (isAppError(error)) return error;
      throw error;
    }
  });
}

/**
 * Writes pending clips, the jobs of their pictures and cuts and the log's entries, in a handful of statements whatever their number.
 *
 * @param sources of all masters that are named, held by the same transaction.
 * @param urgency of those that are to be cut now.
 * @returns for each request, in order, the clip as Postgres has it, or why there is none.
 */
export async function writePendingClips(
  deps: Pick<PortalDeps, 'queue'>,
  tx: Transaction,
  user: UserContext,
  requests: Requests,
  sources: CutSources,
  urgency: CutUrgency,
): Promise<(Clip | AppError)[]> {
  const wanted = checked(user, requests, sources);
  const sound = wanted.filter((clip): clip is NewClip => !isAppError(clip));
  const written = sound.length > 0 ? await insertPendingClips(tx, user, sound) : new Map<string, Clip>();
  const made = sound.filter(({ clip_id: id }) => written.has(id));
  const idsOf = (clips: readonly NewClip[]) => clips.map(({ clip_id: id }) => id);
  await deps.queue.enqueuePosters(tx, idsOf(made));
  for (const [cut, clips] of Map.groupBy(made, (clip) => clip.cut)) {
    await deps.queue.enqueueCuts(tx, cut === 'later' ? 'later' : urgency, idsOf(clips));
  }
  const entries = made.map(({ clip_id: id, cut: _, ...after }) => ({
    action: 'clip.create' as const,
    target: { type: 'clip' as const, id },
    teams: [after.team_code],
    after,
  }));
  await recordAudit(tx, user, ...entries);
  const refused = sound.flatMap(({ clip_id: id }) => (written.has(id) ? [] : id));
  const trashed = refused.length > 0 ? await selectTrashed(tx, user, refused) : new Set<string>();
  const faultOf = (clipId: string) => (trashed.has(clipId) ? inTrash(clipId) : taken(clipId));
  return wanted.map((clip) => (isAppError(clip) ? clip : (written.get(clip.clip_id) ?? faultOf(clip.clip_id))));
}
