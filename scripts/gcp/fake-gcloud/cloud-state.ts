import { readFileSync, writeFileSync } from 'node:fs';
import { guardOf, TaggedError } from '#lib/errors.ts';

export interface Binding {
  role: string;
  members: string[];
  condition?: { expression: string; title: string };
}
export type Resource = Record<string, unknown>;

/** What the fake cloud holds, as JSON between one call of `gcloud` and the next. */
export interface CloudState {
  project: string;
  projectNumber: string;
  services: string[];
  /** Resources of the JSON API, by name. */
  buckets: Record<string, Resource>;
  accounts: string[];
  roles: Record<string, { includedPermissions: string[]; deleted?: boolean }>;
  /** Policies of buckets (`gs://…`) and of accounts (their addresses). */
  policies: Record<string, { bindings: Binding[] }>;
  /** Of Compute Engine: kind, then name. */
  compute: Record<string, Record<string, Resource>>;
  /** Keys of backend buckets: backend, then key name, then the key itself. */
  keys: Record<string, Record<string, string>>;
  /** Starts of command lines that are refused with PERMISSION_DENIED. */
  denied: string[];
  /** Every command so far that changed something, and every one that only looked. */
  changes: string[];
  looks: string[];
}

export const emptyCloud = (project: string): CloudState => ({
  ...{ project, projectNumber: '123456789012', services: [], buckets: {}, accounts: [], roles: {} },
  ...{ policies: {}, compute: {}, keys: {}, denied: [], changes: [], looks: [] },
});

export const readCloud = (file: string): CloudState => JSON.parse(readFileSync(file, 'utf8'));
export const writeCloud = (file: string, state: CloudState): void => writeFileSync(file, JSON.stringify(state));

/** A refusal in Google's words: standard error, and exit code 1 (2 for a wrong call). */
export class GcloudError extends TaggedError {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super('GcloudError', message);
    this.exitCode = exitCode;
  }
}
export const isGcloudError = guardOf<GcloudError>('GcloudError');
