import { guardOf, TaggedError } from '#lib/errors.ts';
/** Why an upload ended without the file being stored. Stable; screens and scripts word their own messages by it. */
export type UploadErrorCode =
  /** The session is unknown, cancelled or expired: start a new one. */
  | 'session_gone'
  /** An object came to lie under the key: this file was not stored, nothing was overwritten. */
  | 'precondition_failed'
  /** The store has no room. */
  | 'out_of_space'
  /** The store refused the request for another reason; `status` says which. */
  | 'rejected'
  /** The local file can no longer be read: it was moved, changed or its disk removed. */
  | 'file_unreadable'
  /** No byte went through in all attempts; the session is good and can be resumed later. */
  | 'gave_up';

/** A failed upload. `cause` keeps the last network error; the session's URL, a secret, is in no message. */
export class UploadError extends TaggedError {
  readonly code: UploadErrorCode;
  readonly status: number | undefined;

  constructor(code: UploadErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super('UploadError', message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}
export const isUploadError = guardOf<UploadError>('UploadError');
