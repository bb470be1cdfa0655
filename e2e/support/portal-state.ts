import { readFileSync } from 'node:fs';

/** What the tests know of a portal that runs. */
export interface RunningPortal {
  url: string;
  dataDir: string;
  databaseUrl: string;
  /** The environment of web and worker, for command lines that act on this portal. */
  env: Record<string, string>;
  webPid: number;
  workerPid: number;
  /** One API key for each account, by e-mail. */
  apiKeys: Record<string, string>;
}

/** The portal that the run started: with the library, on the disk store. */
export interface PortalState extends RunningPortal {
  /** The ids of the two masters of `library.ts`, and their files. */
  masters: { mtl: string; chi: string };
  masterFiles: { mtl: string; chi: string };
}

/** Written by `global-setup.ts` before any test. */
export function readPortalState(): PortalState {
  const file = process.env.HEARTBEAT_E2E_STATE;
  if (!file) throw new Error('The portal is not running: start the tests with "npm test".');
  return JSON.parse(readFileSync(file, 'utf8')) as PortalState;
}
