import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict } from '#lib/errors.ts';
import type { CreateMaster } from './master-schemas.ts';

/** What a team has announced and not completed. */
export interface OpenUploads {
  uploads: number;
  bytes: number;
}

/**
 * Refuses an upload that its team has no room for beside those that it has open. An upload is open from its
 * announcement until it is complete, deleted, or its session has expired.
 *
 * @throws AppError 413 `upload_too_large` where no file of this size may be sent; 409 `upload_quota` where it may once
 *   others are done.
 */
export function refuseOverQuota(
  quota: PortalDeps['uploadQuota'],
  open: OpenUploads,
  { team_code, size_bytes }: Pick<CreateMaster, 'team_code' | 'size_bytes'>,
): void {
  if (size_bytes > quota.bytes) {
    throw new AppError({
      status: 413,
      code: 'upload_too_large',
      detail: `A team may have ${quota.bytes} bytes under way at a time, and this file alone is larger.`,
      errors: [{ path: 'size_bytes', message: `At most ${quota.bytes} bytes.` }],
    });
  }
  if (open.uploads < quota.uploads && open.bytes + size_bytes <= quota.bytes) return;
  throw conflict(
    'upload_quota',
    `${team_code} has ${open.uploads} unfinished uploads of ${open.bytes} bytes together; ${quota.uploads} and ` +
      `${quota.bytes} bytes are the most. Complete or delete one of them, then announce this file again.`,
  );
}
