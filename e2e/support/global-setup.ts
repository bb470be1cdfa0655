import { buildWeb } from '#scripts/portal/build-web.ts';
import { LANES, type LaneOptions, laneVariable } from './lanes.ts';
import { LIBRARY_CLIPS } from './library.ts';
import { openTestPortal } from './test-portal.ts';

/** Where processes are killed, one clip to ask for is enough. */
const CLIPS: Record<LaneOptions['lane'], typeof LIBRARY_CLIPS> = {
  ...{ film: LIBRARY_CLIPS, portal: LIBRARY_CLIPS, http: LIBRARY_CLIPS },
  processes: LIBRARY_CLIPS.slice(0, 1),
};

/**
 * Starts the run's portals. With `HEARTBEAT_E2E_STATE` in the environment the tests use the portal that it describes:
 * for working on one test without a new start each time.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HEARTBEAT_E2E_STATE) return undefined;
  await buildWeb();
  const opened = await Promise.allSettled(
    LANES.map(async (lane) => {
      const { stateFile, close } = await openTestPortal(CLIPS[lane]);
      // Playwright's test processes start after this and inherit it.
      process.env[laneVariable(lane)] = stateFile;
      return close;
    }),
  );
  const closeAll = async () => {
    await Promise.all(opened.map((portal) => (portal.status === 'fulfilled' ? portal.value() : undefined)));
  };
  const failed = opened.find((portal) => portal.status === 'rejected');
  if (!failed) return closeAll;
  await closeAll();
  throw failed.reason;
}
