import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireTeam } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { Transaction } from '#lib/deps.ts';
import { type AppError, conflict } from '#lib/errors.ts';
import type { PublishClipPayload } from '#lib/jobs/queues.ts';
import type { CreateClip } from './clip-schemas.ts';
import { holdMasters } from './cut-source-repo.ts';
import { insertClips, type NewClip } from './insert-clips-repo.ts';
import { type CutSource, type CutSources, cutSourceOf, unknownMaster } from './resolve-cut-source.ts';
import { selectTrashed } from './trash-repo.ts';

/** A clip that may be made, as far as can be said before the transaction. */
export interface PreparedClip {
  clip: NewClip;
  source: CutSource;
}

/** A readable id where the client gave none: team, game and eight random characters. */
const generateClipId = (input: CreateClip): string =>
  `${input.team_code.toLowerCase()}-${input.game_id}-${randomUUID().slice(0, 8)}`;

/** Checks and completes one request. @throws AppError 403 `foreign_team`, and what `cutSourceOf` throws. */
export function prepareClip(user: UserContext, input: CreateClip, sources: CutSources): PreparedClip {
  requireTeam(user, input.team_code, 'team_code');
  const source = cutSourceOf(sources, input);
  const { master_id: _, ...facts } = input;
  return {
    source,
    clip: { ...facts, clip_id: input.clip_id ?? generateClipId(input), source_gcs_uri: source.lakeUri },
  };
}

const inTrash = (clipId: string) =>
  conflict('clip_exists', `A clip "${clipId}" lies in the trash. Restore it, or choose another clip_id.`);

const taken = (clipId: string) =>
  conflict('clip_exists', `A clip "${clipId}" exists already. Choose another clip_id, or leave it out.`);

/**
 * Inserts pending clips and enqueues their cuts, in a handful of statements whatever their number. Masters are held
 * meanwhile, so that none can be deleted under a clip that is being made from it.
 *
 * @param enqueue puts the cuts of those that were made in line, where the caller wants them.
 * @returns for each prepared clip, in order, its fault, or `null` for one that was made.
 */
export async function makeClips(
  tx: Transaction,
  user: UserContext,
  prepared: readonly PreparedClip[],
  enqueue: (payloads: readonly PublishClipPayload[]) => Promise<void>,
): Promise<(AppError | null)[]> {
  const registered = new Set(prepared.flatMap(({ source }) => (source.isRegistered ? source.lakeUri : [])));
  const held = await holdMasters(tx, [...registered]);
  const seen = new Set<string>();
  const refusals = prepared.map(({ clip, source }) => {
    if (source.isRegistered && !held.has(source.lakeUri)) return unknownMaster('source_gcs_uri');
    if (seen.has(clip.clip_id)) return taken(clip.clip_id);
    seen.add(clip.clip_id);
    return null;
  });
  const wanted = prepared.flatMap(({ clip }, place) => (refusals[place] ? [] : clip));
  const inserted = await insertClips(tx, wanted);
  const made = wanted.filter(({ clip_id: id }) => inserted.has(id));
  await enqueue(made.map(({ clip_id: clipId }) => ({ clipId })));
  await recordAudit(
    tx,
    user,
    ...made.map(({ clip_id: id, ...after }) => ({
      action: 'clip.create' as const,
      target: { type: 'clip' as const, id },
      teams: [after.team_code],
      after,
    })),
  );
  const refused = wanted.flatMap(({ clip_id }) => (inserted.has(clip_id) ? [] : clip_id));
  const trashed = refused.length > 0 ? await selectTrashed(tx, user, refused) : new Set<string>();
  const faultOf = (clipId: string) => (trashed.has(clipId) ? inTrash(clipId) : taken(clipId));
  return prepared.map(
    ({ clip }, place) => refusals[place] ?? (inserted.has(clip.clip_id) ? null : faultOf(clip.clip_id)),
  );
}
