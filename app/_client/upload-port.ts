import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { MasterAnnouncedJson, MasterJson, MasterListJson } from '#lib/masters/master-schemas.ts';
import { isUploadError } from '#lib/storage/upload/error.ts';
import { uploadResumable } from '#lib/storage/upload/resumable-client.ts';
import { apiFetch, isApiError } from './api-fetch.ts';
import { masterPath } from './master-queries.ts';
import { faultOfFile, HEAD_BYTES } from './upload-file-checks.ts';
import { fieldsFromName, type UploadProblem } from './upload-item.ts';
import type { UploadPort } from './upload-run.ts';
import { takenBy } from './upload-taken.ts';
import { xhrTransport } from './xhr-upload-transport.ts';

/** Faults of the store after which going on makes no sense. */
const FINAL_FAULTS = new Set(['precondition_failed', 'rejected']);
/** Refusals that other uploads' ends undo. */
const PASSING_FAULTS = new Set(['upload_quota']);

function problemOf(error: unknown): UploadProblem {
  if (isApiError(error)) {
    const { code, detail, request_id } = error.problem;
    const mayPass = error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
    return { code, detail, requestId: request_id, canRetry: mayPass || PASSING_FAULTS.has(code) };
  }
  if (isUploadError(error)) {
    return { code: error.code, detail: error.message, requestId: null, canRetry: !FINAL_FAULTS.has(error.code) };
  }
  return { code: 'unexpected', detail: error instanceof Error ? error.message : '', requestId: null, canRetry: true };
}

/** The portal and its store, as the upload queue sees them. */
export const browserUploadPort: UploadPort = {
  check: async (file) => {
    try {
      return faultOfFile(file, new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
    } catch {
      return 'unreadable';
    }
  },
  fieldsOf: (file) => fieldsFromName(file.name, readMasterName(file.name)),
  findTaken: async ({ team_code, season, game_id, ...file }) => {
    const game = new URLSearchParams({ team_code, season, game_id, limit: '500' });
    const { masters } = await apiFetch<MasterListJson>(`/masters?${game}`);
    return takenBy(masters, file);
  },
  open: (body) => apiFetch<MasterAnnouncedJson>('/masters', { method: 'POST', body }),
  send: async ({ url, file, signal, onProgress }) => {
    await uploadResumable({
      url,
      file,
      signal,
      transport: xhrTransport,
      onProgress: ({ sentBytes, isRetrying }) => onProgress(sentBytes, isRetrying),
    });
  },
  complete: (masterId) => apiFetch<MasterJson>(`${masterPath(masterId)}/complete`, { method: 'POST' }),
  remove: (masterId) => apiFetch<void>(masterPath(masterId), { method: 'DELETE' }),
  problemOf,
  now: () => performance.now(),
};
