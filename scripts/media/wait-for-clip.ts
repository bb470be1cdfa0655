import { setTimeout as pause } from 'node:timers/promises';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { unprocessable } from '#lib/errors.ts';
import { readQueueReport } from '#lib/jobs/queue-report.ts';
import type { CommandIo } from '#scripts/cli/run-command.ts';

const POLL_MS = 500;
/** A worker takes a job within 2 s of polling at the latest. */
const LONELY_AFTER_MS = 5000;

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

async function describeWait(deps: Deps, clip: ClipJson): Promise<{ text: string; workers: number }> {
  if (clip.processing_status === 'processing') return { text: `Cutting, ${clip.progress} %`, workers: 1 };
  const { waiting, workers } = await readQueueReport(deps.db);
  return { text: `Waiting for a worker; ${waiting} in line`, workers };
}

/**
 * Waits until a clip is ready. Stopping the wait does not stop the cut.
 * @throws AppError 422 `clip_failed` with the clip's own reason.
 */
export async function waitForClip(
  deps: Deps,
  user: UserContext,
  clipId: string,
  { signal, reporter }: Pick<CommandIo, 'signal' | 'reporter'>,
): Promise<ClipJson> {
  const since = performance.now();
  let warned = false;
  reporter.start(`Cutting ${clipId}`);
  for (;;) {
    const clip = await getClip(deps, user, clipId);
    if (clip.processing_status === 'ready') return clip;
    if (clip.processing_status === 'failed') {
      throw unprocessable(
        'clip_failed',
        `The clip ${clipId} could not be cut: ${clip.error_message ?? 'no reason given'}`,
      );
    }
    const { text, workers } = await describeWait(deps, clip);
    reporter.update(text, clip.progress / 100);
    if (workers === 0 && !warned && performance.now() - since > LONELY_AFTER_MS) {
      warned = true;
      reporter.note('No worker is running, and one is needed: start it with npm run worker.');
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** What an interrupted wait leaves behind, for whoever pressed Ctrl-C. */
export const noteUnfinishedCut = (
  clipId: string,
  { signal, reporter }: Pick<CommandIo, 'signal' | 'reporter'>,
): void => {
  if (signal.aborted)
    reporter.note(`The clip ${clipId} is still being cut; run the same command again to wait for it.`);
};
