import { openTestPortal } from './test-portal.ts';

/**
 * Starts the run's portal. With `HEARTBEAT_E2E_STATE` in the environment the tests use the portal that it describes:
 * for working on one test without a new start each time.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HEARTBEAT_E2E_STATE) return undefined;
  const { stateFile, close } = await openTestPortal();
  // Playwright's test processes start after this and inherit it.
  process.env.HEARTBEAT_E2E_STATE = stateFile;
  return close;
}
