import { countWrongSums, countWrongTexts, mendSums, mendTexts } from '#lib/clips/clip-counts-repo.ts';
import { selectSilentJobs } from '#lib/jobs/silent-jobs.ts';
import type { AuditRun } from './audit-run.ts';
import {
  countClips,
  releaseClipWithoutJob,
  selectClipsWithoutAssets,
  selectClipsWithoutJob,
} from './clip-jobs-repo.ts';

const PAGE = 500;
const MAX_JOBS = 1000;

/** Walks pages of rows by id. */
async function forEachPage<R extends { id: number }>(
  select: (page: { after: number; limit: number }) => Promise<R[]>,
  use: (row: R) => Promise<void> | void,
): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await select({ after, limit: PAGE });
    for (const row of rows) await use(row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** Clip and job in one transaction, as when it was made. */
const requeue = ({ deps: { db, queue } }: AuditRun, id: number): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const clipId = await releaseClipWithoutJob(tx, id);
    if (clipId !== null) await queue.enqueueCuts(tx, 'marked', [clipId]);
    return clipId !== null;
  });

/** Every clip that is to be cut has a job that is alive, and a ready one has something to show. */
export async function auditClips(run: AuditRun): Promise<void> {
  const { db } = run.deps;
  run.report.examined.clips = await countClips(db);
  await forEachPage(
    (page) => selectClipsWithoutAssets(db, page),
    ({ clipId }) => run.tell({ kind: 'clip_without_assets', where: clipId }),
  );
  await forEachPage(
    (page) => selectClipsWithoutJob(db, page),
    async ({ id, clipId, isOurs }) => {
      if (!isOurs) run.report.uncompared.foreign_clips++;
      else
        run.tell({
          kind: 'clip_without_job',
          where: clipId,
          is_fixed: run.options.fix ? await requeue(run, id) : false,
        });
    },
  );
  const { open, silent } = await selectSilentJobs(db, MAX_JOBS);
  run.report.examined.jobs = open;
  for (const { id, queue } of silent) run.tell({ kind: 'silent_job', where: id, owner: queue });
}

/** Beside the clips is kept what they are counted and searched by: it is what it would be if it were made anew. */
export async function auditDerived(run: AuditRun): Promise<void> {
  const { deps, options } = run;
  const is_fixed = options.fix;
  const sums = await (is_fixed ? mendSums : countWrongSums)(deps.db);
  if (sums > 0) run.tell({ kind: 'sums_differ', where: 'media.clip_counts', count: sums, is_fixed });
  const texts = await (is_fixed ? mendTexts : countWrongTexts)(deps.db);
  if (texts > 0) run.tell({ kind: 'texts_differ', where: 'media.clips', count: texts, is_fixed });
}
