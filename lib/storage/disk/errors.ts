import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';

/** The `code` of a failed system call, or nothing. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether the file, or a folder on the way to it, is not there. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

const UNUSABLE_NAME = new Set(['ENAMETOOLONG', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ELOOP']);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const BROKEN = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'EBUSY', 'ENODEV', 'ESTALE', 'ENOTSUP']);

/** Whether the disk takes no more bytes: it is full, or for reading only. */
export const isUnwritable = (error: unknown): boolean => {
  const code = systemCode(error) ?? '';
  return FULL.has(code) || ['EROFS', 'EACCES', 'EPERM'].includes(code);
};

/** A system call's failure as the store's own error; whatever is not one passes unchanged. */
export function toStoreError(error: unknown): unknown {
  const code = systemCode(error);
  if (!code || isStoreError(error)) return error;
  if (FULL.has(code)) return new StoreError('out_of_space', 'The disk of the object store is full.', { cause: error });
  if (UNUSABLE_NAME.has(code)) {
    return new StoreError('bad_key', 'This key clashes with another object or is too long for the disk.', {
      cause: error,
    });
  }
  if (BROKEN.has(code)) {
    return new StoreError('unavailable', `The disk of the object store refused an operation (${code}).`, {
      cause: error,
    });
  }
  return error;
}

/** Runs `work`, with system errors folded into `StoreError`s. */
export async function withStoreErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}
