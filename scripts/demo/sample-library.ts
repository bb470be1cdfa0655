import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { retryClip } from '#lib/clips/change-clip.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { createClipBatch } from '#lib/clips/create-clip-batch.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError } from '#lib/errors.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { findMasterByUri } from '#lib/masters/master-repo.ts';
import type { Portal } from '#lib/runtime/portal.ts';
import { masterRef, toGsUri } from '#lib/storage/port/object-keys.ts';
import { ingestMaster, type MasterPlace } from '#scripts/media/ingest-master.ts';
import { type LocalMaster, openLocalMaster } from '#scripts/media/local-master.ts';
import { ensureSampleGame } from './ensure-sample-game.ts';
import { checkExtraMasters } from './extra-masters.ts';
import { clipsMadeBefore, wasMasterReady } from './made-before.ts';
import { makeSampleMaster, type SampleMaster } from './make-sample-master.ts';
import {
  SAMPLE_GAME,
  SAMPLE_PERIODS,
  type SampleClip,
  type SamplePeriod,
  sampleClipsOf,
  sampleFilename,
} from './sample-clips.ts';

export interface SampleLibraryOptions {
  /** A folder for masters that are made and not in the lake yet; emptied as they get there. */
  workDir: string;
  /** Videos of the user's own, besides. */
  masters: readonly string[];
  signal: AbortSignal;
  /** A line about what is being done; `fraction` of the whole, 0 to 1. */
  onProgress(text: string, fraction: number): void;
  /** For tests: shorter and smaller masters. */
  size?: Pick<SampleMaster, 'seconds' | 'height'>;
}

export interface SampleLibrary {
  mastersMade: number;
  clipsMade: number;
  /** Of the sample game, shifts included. */
  playsMade: number;
}

type PortalPart = Pick<Portal, 'deps' | 'diskStore'>;

const samplePlace = (period: SamplePeriod): MasterPlace => ({
  team_code: SAMPLE_GAME.home,
  season: SAMPLE_GAME.season,
  game_id: SAMPLE_GAME.gameId,
  period,
});

const lakeUriOf = ({ buckets }: Pick<PortalDeps, 'buckets'>, place: MasterPlace, filename: string): string =>
  toGsUri(masterRef(buckets, { teamCode: place.team_code, season: place.season, gameId: place.game_id }, filename));

/** Whether the lake has it. A failed one, or one that a run of another file left unfinished, is cleared away. */
async function isInLake(deps: PortalDeps, user: UserContext, uri: string, keepUnfinished: boolean): Promise<boolean> {
  const found = await withinReach(deps.db, user, (tx) => findMasterByUri(tx, uri));
  if (!found || found.status === 'ready') return found !== null;
  if (found.status === 'failed' || !keepUnfinished) await deleteMaster(deps, user, found.id);
  return false;
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * One period's master: made where it is missing, and sent from where an earlier run stopped. One that somebody has deleted
 * for good since stays so.
 */
async function ensurePeriod(
  portal: PortalPart,
  user: UserContext,
  period: SamplePeriod,
  options: SampleLibraryOptions,
  onProgress: (fraction: number) => void,
): Promise<boolean> {
  const { signal } = options;
  const filename = sampleFilename(period);
  const file = path.join(options.workDir, filename);
  const made = await isThere(file);
  const place = samplePlace(period);
  const uri = lakeUriOf(portal.deps, place, filename);
  if ((await isInLake(portal.deps, user, uri, made)) || (await wasMasterReady(portal.deps, user, uri))) return false;
  const caption = `P${period}  ${SAMPLE_GAME.home} - ${SAMPLE_GAME.away}`;
  if (!made) await makeSampleMaster(file, { period, caption, ...options.size }, { signal, onProgress });
  await ingestMaster(portal, user, await openLocalMaster(file), place, { signal, onProgress: () => undefined });
  await rm(file, { force: true });
  return true;
}

async function ensureExtra(
  portal: PortalPart,
  user: UserContext,
  local: LocalMaster,
  place: MasterPlace,
  signal: AbortSignal,
) {
  if (await isInLake(portal.deps, user, lakeUriOf(portal.deps, place, local.filename), true)) return false;
  await ingestMaster(portal, user, local, place, { signal, onProgress: () => undefined });
  return true;
}

const gameQuery = listClipsQuerySchema.parse({
  game_id: [SAMPLE_GAME.gameId],
  season: [SAMPLE_GAME.season],
  limit: '500',
});

/** The clips of the sample game that are there, by id. */
const clipsThere = async (deps: PortalDeps, user: UserContext): Promise<Map<string, ClipJson>> =>
  new Map((await listClips(deps, user, gameQuery)).clips.map((clip) => [clip.clip_id, clip]));

/**
 * Enqueues what was never made, all at once or nothing; failed ones get another try. What somebody has put into the trash
 * since, or taken elsewhere, stays so.
 */
async function ensureClips(
  deps: PortalDeps,
  user: UserContext,
  clips: SampleClip[],
  sourceUri: string,
): Promise<number> {
  const there = await clipsThere(deps, user);
  const before = await clipsMadeBefore(
    deps,
    user,
    clips.map(({ clip_id }) => clip_id),
  );
  const missing = clips.filter(({ clip_id }) => !there.has(clip_id) && !before.has(clip_id));
  if (missing.length > 0) {
    const batch = missing.map((clip) => ({ ...clip, source_gcs_uri: sourceUri }));
    const { result } = await createClipBatch(deps, user, { clips: batch, atomic: true });
    const problem = result.results.find((item) => item.problem && item.problem.code !== 'batch_refused')?.problem;
    if (problem) throw new AppError({ status: problem.status, code: problem.code, detail: problem.detail });
  }
  for (const { clip_id } of clips) {
    if (there.get(clip_id)?.processing_status === 'failed') await retryClip(deps, user, clip_id);
  }
  return missing.length;
}

/**
 * Fills a portal with three period masters of a game, their clips and plays, and the user's own masters, by the use-cases and
 * the queue that everybody's uploads and clips go through. What is there already is left alone, and so is what was there once
 * and is gone since, so that a run that was cut off is finished by the next. The clips are cut by whatever worker is running: `waitForSampleClips` waits for it.
 *
 * @param user someone who may upload, cut and delete for every team: an admin.
 * @throws AppError, before anything is made, for a master of the user's that is none.
 */
export async function createSampleLibrary(
  portal: PortalPart,
  user: UserContext,
  options: SampleLibraryOptions,
): Promise<SampleLibrary> {
  const { deps } = portal;
  const { signal, onProgress } = options;
  const made: SampleLibrary = { mastersMade: 0, clipsMade: 0, playsMade: 0 };
  if (options.masters.length > 0) onProgress('Looking at your masters', 0);
  const extras = await checkExtraMasters(deps, options.masters, signal);
  const steps = SAMPLE_PERIODS.length + 1 + extras.length;
  let step = 0;
  for (const period of SAMPLE_PERIODS) {
    signal.throwIfAborted();
    const clips = sampleClipsOf(period).filter(({ end_timecode_s: end }) => end <= (options.size?.seconds ?? end));
    const text = `Making and uploading the master of period ${period}`;
    onProgress(text, step / steps);
    const report = (fraction: number) => onProgress(text, (step + fraction * 0.9) / steps);
    if (await ensurePeriod(portal, user, period, options, report)) made.mastersMade++;
    const sourceUri = lakeUriOf(deps, samplePlace(period), sampleFilename(period));
    made.clipsMade += await ensureClips(deps, user, clips, sourceUri);
    step++;
  }
  signal.throwIfAborted();
  onProgress('Importing the plays of the game', step / steps);
  made.playsMade = await ensureSampleGame(deps, user);
  step++;
  for (const { local, gameId } of extras) {
    signal.throwIfAborted();
    onProgress(`Uploading ${local.filename}`, step / steps);
    const place = { team_code: SAMPLE_GAME.home, season: SAMPLE_GAME.season, game_id: gameId, period: null };
    if (await ensureExtra(portal, user, local, place, signal)) made.mastersMade++;
    step++;
  }
  onProgress('The library is uploaded', 1);
  return made;
}

export interface SampleWait {
  ready: number;
  failed: number;
  total: number;
}

/** Waits until no clip of the sample game is pending or being cut. Stopping the wait stops no cut. */
export async function waitForSampleClips(
  deps: PortalDeps,
  user: UserContext,
  options: { signal: AbortSignal; onProgress(wait: SampleWait): void },
): Promise<SampleWait> {
  for (;;) {
    const statuses = [...(await clipsThere(deps, user)).values()].map((clip) => clip.processing_status);
    const count = (status: string) => statuses.filter((other) => other === status).length;
    const wait = { ready: count('ready'), failed: count('failed'), total: statuses.length };
    options.onProgress(wait);
    if (wait.ready + wait.failed === wait.total) return wait;
    await pause(500, undefined, { signal: options.signal }).catch(() => options.signal.throwIfAborted());
  }
}
