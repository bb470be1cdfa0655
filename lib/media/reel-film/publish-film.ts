import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import PQueue from 'p-queue';
import { guardOf, messageOf, TaggedError } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';
import { isMediaError } from '#lib/media/media-types.ts';
import { createProgressReporter } from '#lib/media/publish/progress-reporter.ts';
import { openWorkFolder } from '#lib/media/publish/work-folder.ts';
import { deleteGeneration } from '#lib/media/publish/write-delivery.ts';
import type { ClaimedFilm, FilmItem, FilmWork, SkippedItem, SkipReason } from '#lib/media/reel-work.ts';
import { objectOfUri, parseGsUri } from '#lib/storage/port/object-keys.ts';
import { findPiece } from './find-item.ts';
import { type FilmScene, makeFilm } from './make-film.ts';
import { type ClipDeps, openClip } from './open-clip.ts';

/** Of the progress that people see: looking at the clips, making the film; writing it is the rest. */
const LOOK_SHARE = 0.1;
const FILM_SHARE = 0.85;

export interface FilmDeps extends ClipDeps {
  films: FilmWork;
  logger: Logger;
}

export interface FilmAttempt {
  exportId: string;
  /** Ends when the job expires or the worker shuts down. */
  signal: AbortSignal;
  /** No further attempt follows: a passing fault becomes the film's. */
  isLastAttempt: boolean;
}

/** Another worker has taken the film, or it was deleted. */
class FilmLostError extends TaggedError {
  constructor(exportId: string) {
    super('FilmLostError', `The claim on the film ${exportId} is lost.`);
  }
}
const isFilmLostError = guardOf<FilmLostError>('FilmLostError');

/** Nothing of the reel can be shown. */
class EmptyFilmError extends TaggedError {
  readonly skipped: readonly SkippedItem[];

  constructor(skipped: readonly SkippedItem[]) {
    super('EmptyFilmError', 'None of the clips of the reel can be shown any more. Put others into it.');
    this.skipped = skipped;
  }
}
const isEmptyFilmError = guardOf<EmptyFilmError>('EmptyFilmError');

interface Making {
  workDir: string;
  signal: AbortSignal;
  report(fraction: number): void;
}

/** An item as it is shown, or why it is not. What may pass is thrown. */
async function sceneOf(deps: FilmDeps, item: FilmItem, making: Making): Promise<FilmScene | SkipReason> {
  const { clip, inS, outS, card, notes } = item;
  if (!clip) return 'gone';
  const { signal } = making;
  try {
    const workDir = path.join(making.workDir, `item-${item.position}`);
    const source = await openClip(deps, clip, { workDir, signal, isPatient: true });
    if (!source) return 'no_file';
    return { ...(await findPiece(source, { inS: inS ?? 0, outS }, signal)), source, card, notes };
  } catch (error) {
    if (!isMediaError(error) || error.retryable) throw error;
    const { technical } = error;
    deps.logger.warn({ clip_id: clip.clipId, technical, reason: error.message }, 'a film goes without a clip');
    return 'unreadable';
  }
}

/** Looks at every item, two at a time; the order stays. */
async function lookAt(deps: FilmDeps, film: ClaimedFilm, making: Making) {
  const line = new PQueue({ concurrency: 2 });
  let looked = 0;
  const found = await Promise.all(
    film.items.map((item) =>
      line.add(
        async () => {
          const scene = await sceneOf(deps, item, making);
          looked += 1;
          making.report(LOOK_SHARE * (looked / film.items.length));
          return { item, scene };
        },
        { signal: making.signal },
      ),
    ),
  ).finally(() => line.clear());
  const scenes: FilmScene[] = [];
  const skipped: SkippedItem[] = [];
  for (const { item, scene } of found) {
    if (typeof scene !== 'string') scenes.push({ ...scene, card: film.card && scene.card });
    else skipped.push({ item_id: item.itemId, position: item.position, reason: scene });
  }
  return { scenes, skipped };
}

/** Makes, writes and registers; what a reader sees changes in the one statement at the end. */
async function makeAndPublish(deps: FilmDeps, film: ClaimedFilm, attempt: FilmAttempt, workDir: string): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([attempt.signal, lost.signal]);
  const progress = createProgressReporter(async (percent) => {
    if (!(await deps.films.reportProgress(film, percent))) lost.abort(new FilmLostError(film.id));
  });
  const ref = parseGsUri(deps.buckets, film.gcsUri);
  const seen = (await deps.store.stat(ref))?.generation ?? '0';
  let written: string | null = null;
  let mayBePublished = false;
  try {
    const making = { workDir, signal, report: progress.report };
    const { scenes, skipped } = await lookAt(deps, film, making);
    if (scenes.length === 0) throw new EmptyFilmError(skipped);
    const onProgress = (fraction: number) => progress.report(LOOK_SHARE + FILM_SHARE * fraction);
    const made = await makeFilm({ scenes, card: film.card, workDir, signal, onProgress, isPatient: true });
    await progress.settle();
    // A worker that has lost its claim saw what was there before: it replaces nothing of one that came later.
    const options = { contentType: 'video/mp4', ifGenerationMatch: seen, signal };
    const { generation, sizeBytes } = await deps.store.write(ref, createReadStream(made.path), options);
    written = generation;
    signal.throwIfAborted();
    const { durationS, width, height } = made;
    mayBePublished = true;
    const publication = { generation, sizeBytes, durationS, width, height, skipped };
    if (!(await deps.films.publish(film, publication))) throw new FilmLostError(film.id);
    deps.logger.info(
      { export_id: film.id, duration_s: durationS, skipped: skipped.length },
      'the film of a reel is made',
    );
  } catch (error) {
    await progress.settle().catch(() => undefined);
    const reason = lost.signal.aborted ? lost.signal.reason : error;
    // Whether a publication that broke off was committed is not known: then its object has to stay.
    if (written !== null && (isFilmLostError(reason) || !mayBePublished)) {
      await deleteGeneration(deps.store, ref, written).catch((err) =>
        deps.logger.warn({ err, export_id: film.id }, 'an object was left behind'),
      );
    }
    throw reason;
  }
}

/** Decides what a failed attempt means; rethrows what another attempt may mend. */
async function settleFailure(deps: FilmDeps, film: ClaimedFilm, attempt: FilmAttempt, error: unknown): Promise<void> {
  const technical = isMediaError(error) ? error.technical : undefined;
  const facts = { export_id: film.id, technical, err: error };
  if (isFilmLostError(error)) {
    deps.logger.info({ export_id: film.id }, 'another worker has this film, or it was deleted');
    return;
  }
  if (isEmptyFilmError(error)) return deps.films.fail(film, error.message, error.skipped);
  if (isMediaError(error) && !error.retryable) {
    deps.logger.warn({ ...facts, code: error.code }, 'a film cannot be made');
    return deps.films.fail(film, error.message, []);
  }
  if (attempt.isLastAttempt && !attempt.signal.aborted) {
    deps.logger.error(facts, 'a film failed for good');
    const reason = isMediaError(error) ? error.message : 'The portal could not store or read what it needed.';
    return deps.films.fail(film, `${reason} It was tried several times; ask for it anew once the cause is mended.`, []);
  }
  deps.logger.warn({ ...facts, reason: messageOf(error) }, 'an attempt failed; another follows');
  await deps.films.release(film);
  throw error;
}

/**
 * Takes the film of a reel from `pending` to `ready` or `failed`. Safe to run again at any point, by any worker: the last
 * to claim wins, and its object has one place.
 * @throws whatever another attempt may mend, so that the queue retries.
 */
export async function publishFilm(deps: FilmDeps, attempt: FilmAttempt): Promise<void> {
  const film = await deps.films.claim(attempt.exportId, randomUUID());
  if (!film) return;
  await using folder = await openWorkFolder();
  try {
    await makeAndPublish(deps, film, attempt, folder.path);
  } catch (error) {
    await settleFailure(deps, film, attempt, error);
  }
}

/** Removes the files of films that are gone; any worker does it, any time. @returns how many went. */
export async function sweepFilms({
  store,
  buckets,
  films,
}: Pick<FilmDeps, 'store' | 'buckets' | 'films'>): Promise<number> {
  let removed = 0;
  for (const gcsUri of await films.listLeftovers()) {
    // Of another bucket, where the portal had another before: nothing of it is touched.
    const ref = objectOfUri(buckets, gcsUri);
    const found = ref && (await store.stat(ref));
    if (found) {
      await deleteGeneration(store, ref, found.generation);
      removed += 1;
    }
    await films.forgetLeftover(gcsUri);
  }
  return removed;
}
