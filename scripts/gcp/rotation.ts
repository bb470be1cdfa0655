import { randomBytes } from 'node:crypto';
import { CommandFailed, UsageError } from '#scripts/cli/one-line.ts';
import { secondsInWords } from '#scripts/cli/transfer-words.ts';
import { describeBackend, keyNamesOf, keyStep } from './cdn-steps.ts';
import type { Step } from './gcloud-step.ts';
import { BACKEND_BUCKET } from './gcp-config.ts';

/** "You can have up to three keys at a time for each backend" (Cloud CDN, "Use signed URLs"). */
const MAX_KEYS = 3;

/** 16 random bytes in base64url with padding, as Cloud CDN asks for. */
export const makeKey = (): string => `${randomBytes(16).toString('base64url')}==`;

/** `heartbeat-20261123-0104`: when it was made, so that the oldest is known by its name. */
export const keyNameAt = (moment: Date): string =>
  `heartbeat-${moment.toISOString().slice(0, 16).replaceAll('-', '').replace('T', '-').replace(':', '')}`;

/** Adds a key beside those that are there. Refuses before Google would, and says which keys there are. */
export function addKeyStep(project: string, keyName: string, secret: string): Step {
  const step = keyStep(project, keyName, {
    name: `${keyName}.key`,
    // Made where the script runs: a printed script never holds a key. Run twice, it does not replace the only copy.
    content: { secret, shell: "set -C; head -c 16 /dev/urandom | base64 | tr '+/' '-_'", isOnlyCopy: true },
  });
  return {
    ...step,
    isDone: (found) => {
      if (found === null)
        throw new CommandFailed(`There is no backend bucket ${BACKEND_BUCKET}; run npm run gcp:setup first.`);
      const names = keyNamesOf(found);
      if (names.includes(keyName)) throw new CommandFailed(`There is a key ${keyName} already; give another --name.`);
      if (names.length >= MAX_KEYS) {
        throw new CommandFailed(
          `There are ${MAX_KEYS} keys already, which is all that Cloud CDN keeps: ${names.join(', ')}. Delete the oldest first (--delete).`,
        );
      }
      return false;
    },
  };
}

export interface KeyDeletion {
  keyName: string;
  /** When the last process began to sign with another key. */
  switchedAt: Date;
  /** How long a signed URL works. */
  ttlMinutes: number;
  /** What this environment signs with. */
  configuredName: string | undefined;
}

/** Every URL that the old key signed has died by itself before the key goes. @throws UsageError */
export function assertKeyMayGo({ keyName, switchedAt, ttlMinutes, configuredName }: KeyDeletion, now: Date): void {
  if (keyName === configuredName) {
    throw new UsageError(`MEDIA_CDN_KEY_NAME is ${keyName}: the portal signs with it. Switch to the new key first.`);
  }
  const waitS = (switchedAt.getTime() + ttlMinutes * 60_000 - now.getTime()) / 1000;
  if (waitS > 0) {
    throw new UsageError(
      `URLs signed by ${keyName} still work; try again in ${secondsInWords(waitS)} (SIGNED_URL_TTL_MINUTES).`,
    );
  }
}

/** Deletes one key; one that is gone is no fault. */
export const deleteKeyStep = (project: string, keyName: string): Step => ({
  title: `cdn: signing key ${keyName}, deleted`,
  check: describeBackend(project),
  isDone: (found) => found === null || !keyNamesOf(found).includes(keyName),
  change: [
    ...['compute', 'backend-buckets', 'delete-signed-url-key', BACKEND_BUCKET, `--project=${project}`],
    `--key-name=${keyName}`,
  ],
});
