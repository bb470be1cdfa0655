import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { Clip } from '#lib/clips/clip.ts';
import { selectClipsById } from '#lib/clips/clip-repo.ts';
import { createClipSchema, MAX_BATCH } from '#lib/clips/clip-schemas.ts';
import { toClipJson } from '#lib/clips/clip-serializer.ts';
import { askingLakeFirst, type LakeSources, resolveCutSources } from '#lib/clips/resolve-cut-source.ts';
import { restoreClips } from '#lib/clips/trash-repo.ts';
import { type ClipRequest, writePendingClips } from '#lib/clips/write-pending-clips.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { isAppError, unprocessable } from '#lib/errors.ts';
import { teamCodeSchema } from '#lib/word-schemas.ts';
import { insertClipPlays, type NamedPlays, type PlayToClip, selectPlaysToClip } from './clip-plays-repo.ts';
import type { ClipPlays, ClippedPlaysJson } from './clip-plays-schemas.ts';
import { type PlannedClip, planClips } from './plan-clips.ts';

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue' | 'delivery' | 'logger'>;

/** A thousand clips are a handful of statements; Prisma's default of 5 s is short for a busy database. */
const TIMEOUT_MS = 60_000;

/** What a clip's tags hold: what plays are called beyond their name. */
const tagsOf = (plays: readonly PlayToClip[]): string[] => {
  const [first, ...others] = plays;
  const words = plays.flatMap(({ shorthand, type }) => [shorthand, type]);
  const names = others.map(({ name }) => name).filter((name) => name !== first?.name);
  return [...new Set([...words, ...names].filter((word) => word !== null))].slice(0, 50);
};

/** The request for a clip of plays: the same plays ask for the same clip. */
function requestOf({ plays, master_id, start_s, end_s }: PlannedClip): ClipRequest {
  const [play] = plays;
  const request = createClipSchema.parse({
    clip_id: `${play.team_code.toLowerCase()}-${play.game_id}-play-${play.id}`,
    ...{ master_id, start_timecode_s: start_s, end_timecode_s: end_s, cut: 'later' },
    ...{ team_code: play.team_code, season: play.season, game_id: play.game_id, game_date: play.game_date },
    opponent_code: teamCodeSchema.safeParse(play.opponent_code).data ?? null,
    ...{ player_id: play.player_id, player_name: play.player_name, period: play.period },
    ...{ event_type: play.name.slice(0, 50), outcome: play.outcome, zone: play.zone, strength: play.strength },
    tags: tagsOf(plays),
  });
  return { ...request, play_id: play.id };
}

/** Each play with its clip, or the reason why there is none. */
interface Made {
  matched: number;
  /** Plays whose clips the caller has made and taken back just now, by the clip's own id: whoever asks again wants it again. */
  takenBack: ReadonlyMap<number, readonly PlayToClip[]>;
  planned: PlannedClip[];
  skipped: ClippedPlaysJson['skipped'];
  created: Clip[];
  existing: string[];
  existingPlays: number;
}

async function findPlays(tx: Transaction, user: UserContext, request: ClipPlays): Promise<PlayToClip[]> {
  const named: NamedPlays = request.play_ids ? { playIds: request.play_ids } : { filter: request.filter ?? {} };
  const plays = await selectPlaysToClip(tx, user, named, MAX_BATCH + 1);
  if (plays.length <= MAX_BATCH) return plays;
  throw unprocessable('too_many_plays', `More than ${MAX_BATCH} plays are under this filter; narrow it.`);
}

/** Plans clips of the plays that are in none. */
async function plan(tx: Transaction, user: UserContext, request: ClipPlays): Promise<Made> {
  const plays = await findPlays(tx, user, request);
  const { planned, skipped } = planClips(
    plays.filter(({ made }) => made === null),
    request,
  );
  const isBack = ({ made, master_id }: PlayToClip) => made?.is_taken_back === true && master_id !== null;
  const back = plays.filter(isBack);
  const trashed = plays.flatMap((play) =>
    play.made?.is_deleted && !isBack(play)
      ? { play_id: play.id, reason: 'in_trash' as const, detail: play.made.clip_id }
      : [],
  );
  const existing = plays.flatMap(({ made }) => (made && !made.is_deleted ? made.clip_id : []));
  return {
    ...{ matched: plays.length, planned, skipped: [...skipped, ...trashed], created: [] },
    takenBack: Map.groupBy(back, ({ made }) => made?.id ?? 0),
    ...{ existing: [...new Set(existing)], existingPlays: existing.length },
  };
}

/** Takes what the caller has taken back out of the trash, as it was. */
async function restore(
  deps: Deps,
  tx: Transaction,
  user: UserContext,
  takenBack: Made['takenBack'],
): Promise<Pick<Made, 'planned' | 'created'>> {
  const { uncut } = await restoreClips(tx, [...takenBack.keys()]);
  if (uncut.length > 0) await deps.queue.enqueueCuts(tx, 'later', uncut);
  const names = [...takenBack.values()].flatMap(([play]) => play?.made?.clip_id ?? []);
  const created = await selectClipsById(tx, user, names);
  const planned: PlannedClip[] = [];
  for (const clip of created) {
    const target = { type: 'clip', id: clip.clip_id } as const;
    await recordAudit(tx, user, { action: 'clip.restore', target, teams: [clip.team_code] });
    const [first, ...others] = takenBack.get(clip.id) ?? [];
    if (!first?.master_id) continue;
    const plays: PlannedClip['plays'] = [first, ...others];
    const { start_timecode_s: start_s, end_timecode_s: end_s } = clip;
    const { master_id } = first;
    planned.push({ plays, master_id, start_s, end_s, is_exact: plays.every(({ is_exact }) => is_exact === true) });
  }
  return { planned, created };
}

/** Makes what is planned, in a handful of statements; what another request has just made is there already. */
async function make(
  deps: Deps,
  tx: Transaction,
  user: UserContext,
  made: Made,
  lake: LakeSources | null,
): Promise<Made> {
  const requests = made.planned.map(requestOf);
  const sources = await resolveCutSources(deps, tx, user, requests, lake);
  const written = await writePendingClips(deps, tx, user, requests, sources, 'many');
  const back = made.takenBack.size > 0 ? await restore(deps, tx, user, made.takenBack) : { planned: [], created: [] };
  const done: Made = { ...made, ...back, skipped: [...made.skipped], existing: [...made.existing] };
  const rows: { play_id: number; clip_id: number }[] = [];
  for (const [index, clip] of written.entries()) {
    const planned = made.planned[index];
    const request = requests[index];
    if (!planned || !request) continue;
    const ids = planned.plays.map(({ id }) => id);
    if (!isAppError(clip)) {
      done.planned.push(planned);
      done.created.push(clip);
      rows.push(...ids.map((play_id) => ({ play_id, clip_id: clip.id })));
    } else if (clip.code === 'clip_exists') {
      done.existing.push(request.clip_id ?? '');
      done.existingPlays += ids.length;
    } else done.skipped.push(...ids.map((play_id) => ({ play_id, reason: 'refused' as const, detail: clip.message })));
  }
  if (rows.length > 0) await insertClipPlays(tx, rows);
  return done;
}

/**
 * Makes clips of plays, each play once whatever the repeats (docs/adr/0060): their files are cut when no other work waits, or
 * as soon as somebody asks for one.
 * @throws AppError 403, 422 `too_many_plays`.
 */
export async function clipPlays(deps: Deps, user: UserContext, request: ClipPlays): Promise<ClippedPlaysJson> {
  authorize(user, 'plays.write');
  authorize(user, 'clips.write');
  const work = async (tx: Transaction, lake: LakeSources | null) => {
    const planned = await plan(tx, user, request);
    const made = request.dry_run ? planned : await make(deps, tx, user, planned, lake);
    const earlier = request.dry_run || made.existing.length === 0 ? [] : await selectClipsById(tx, user, made.existing);
    return { made, clips: [...made.created, ...earlier] };
  };
  const { made, clips } = await askingLakeFirst(deps, (lake) =>
    withinReach(deps.db, user, (tx) => work(tx, lake), { timeout: TIMEOUT_MS }),
  );
  return {
    ...{ matched: made.matched, created: made.planned.length, existing: made.existingPlays },
    planned: made.planned.map(({ plays, master_id, start_s, end_s, is_exact }) => ({
      ...{ play_ids: plays.map(({ id }) => id), master_id, is_exact },
      ...{ start_timecode_s: start_s, end_timecode_s: end_s },
    })),
    clips: await Promise.all(clips.map((clip) => toClipJson(deps, user, clip))),
    skipped: made.skipped,
  };
}
