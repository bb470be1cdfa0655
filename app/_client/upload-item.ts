import type { MasterName } from '#lib/masters/master-name-schemas.ts';
import { type CreateMaster, createMasterSchema } from '#lib/masters/master-schemas.ts';
import type { FileFault } from './upload-file-checks.ts';
import type { TakenPlace } from './upload-taken.ts';

/** What a person fills in for a file, as typed. */
export interface UploadFields {
  team_code: string;
  season: string;
  game_id: string;
  /** Empty: not known, or the whole game. */
  period: string;
  /** The name that the master gets in the lake. */
  filename: string;
}
export type UploadField = keyof UploadFields;

/** Tells a file again after a reload: browsers say nothing more of where it lies. */
export interface FileFingerprint {
  name: string;
  size: number;
  lastModified: number;
}

/**
 * `draft`: being corrected. `waiting`: for one of the two places. `paused`: by the person. `file_needed`: begun on an
 * earlier visit, the file must be chosen again. `checking`: all bytes are there, the server looks at them.
 */
export type UploadPhase =
  | 'draft'
  | 'waiting'
  | 'uploading'
  | 'paused'
  | 'file_needed'
  | 'checking'
  | 'ready'
  | 'failed';

/** Why an upload stopped, in the server's words. */
export interface UploadProblem {
  code: string;
  detail: string;
  requestId: string | null;
  /** Whether going on may work: the network came back, the session was renewed. */
  canRetry: boolean;
}

export interface UploadItem {
  id: string;
  /** `null` while it must be chosen again. */
  file: File | null;
  fingerprint: FileFingerprint;
  fields: UploadFields;
  fileFault: FileFault | null;
  /** What the game has already in this place, as far as the portal was asked. */
  taken: TakenPlace | null;
  phase: UploadPhase;
  /** Bytes that the store has. */
  storedBytes: number;
  bytesPerSecond: number | null;
  /** Nothing goes through at the moment; it is being tried again. */
  isRetrying: boolean;
  masterId: string | null;
  problem: UploadProblem | null;
}

/** The form of a fresh file, filled in from its name. */
export function fieldsFromName(filename: string, facts: MasterName): UploadFields {
  return {
    team_code: facts.teamCode ?? '',
    season: facts.season ?? '',
    game_id: facts.gameId ?? '',
    period: facts.period === undefined ? '' : String(facts.period),
    filename,
  };
}

const requestOf = ({ fields, fingerprint }: Pick<UploadItem, 'fields' | 'fingerprint'>) => ({
  team_code: fields.team_code.trim(),
  season: fields.season.trim(),
  game_id: fields.game_id.trim(),
  period: fields.period === '' ? null : Number(fields.period),
  filename: fields.filename.trim(),
  size_bytes: fingerprint.size,
});

/** The body of `POST /masters`, or the fields that stand in its way. */
export function masterRequest(
  item: Pick<UploadItem, 'fields' | 'fingerprint'>,
): { body: CreateMaster; faults: null } | { body: null; faults: ReadonlySet<string> } {
  const parsed = createMasterSchema.safeParse(requestOf(item));
  if (parsed.success) return { body: parsed.data, faults: null };
  return { body: null, faults: new Set(parsed.error.issues.map((issue) => String(issue.path[0]))) };
}

/** Where a master goes; two files of one list may not go to the same place. */
export const targetOf = ({ team_code, season, game_id, filename }: UploadFields): string =>
  [team_code.trim().toUpperCase(), season.trim(), game_id.trim(), filename.trim()].join('/');

export const isActive = ({ phase }: UploadItem): boolean =>
  phase === 'waiting' || phase === 'uploading' || phase === 'checking';

export const isEditable = ({ phase, masterId }: UploadItem): boolean =>
  phase === 'draft' || (phase === 'failed' && masterId === null);

/** Whether a master that is there keeps the file from its place. */
export const isBarred = ({ taken }: UploadItem): boolean => taken !== null && taken.kind !== 'same_size';

export const sameFile = (a: FileFingerprint, b: FileFingerprint): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
