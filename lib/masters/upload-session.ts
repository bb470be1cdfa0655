import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { AppError, conflict } from '#lib/errors.ts';
import { MASTER_CONTENT_TYPES, masterRef } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type StoreError, type UploadSession } from '#lib/storage/port/object-store.ts';
import { lockAnnouncements, sumOpenUploads } from './master-repo.ts';
import type { CreateMaster } from './master-schemas.ts';
import { refuseOverQuota } from './upload-quota.ts';

/** The file that somebody announces. */
export interface Announcement {
  input: CreateMaster;
  /** The page's origin, for uploads from a browser. */
  origin: string | undefined;
}

type Deps = Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'now' | 'uploadQuota'>;

/** The type that the lake stores: by the file's suffix, not by what a browser guessed. */
export const contentTypeOf = (filename: string): string => {
  const suffix = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
  return MASTER_CONTENT_TYPES[suffix as keyof typeof MASTER_CONTENT_TYPES];
};

/** Where the file will lie. */
export const refOfInput = ({ buckets }: Pick<PortalDeps, 'buckets'>, input: CreateMaster): ObjectRef =>
  masterRef(buckets, { teamCode: input.team_code, season: input.season, gameId: input.game_id }, input.filename);

/** What the store's refusals mean for whoever announced the file. */
function faultOfStore(error: StoreError, { size_bytes }: CreateMaster): AppError | StoreError {
  switch (error.code) {
    case 'already_exists':
      return conflict('object_exists', 'The lake holds a file of this name for this game already.');
    case 'too_large':
      return new AppError({
        status: 413,
        code: 'out_of_space',
        detail: `The store has no room for a file of ${size_bytes} bytes.`,
        errors: [{ path: 'size_bytes', message: 'The store has less room than this.' }],
      });
    case 'space_announced':
      return new AppError({
        status: 507,
        code: 'space_announced',
        detail:
          'What room the store has is promised to uploads that are not finished. Complete or delete some of them, ' +
          'then announce this file again.',
        cause: error,
      });
    default:
      return error;
  }
}

async function openSession({ store, buckets }: Deps, { input, origin }: Announcement): Promise<UploadSession> {
  try {
    return await store.startUpload(refOfInput({ buckets }, input), {
      contentType: contentTypeOf(input.filename),
      sizeBytes: input.size_bytes,
      ...(origin ? { origin } : {}),
    });
  } catch (error) {
    throw isStoreError(error) ? faultOfStore(error, input) : error;
  }
}

/**
 * Opens a session and does the work that takes it, `null` when it does not, in one transaction in which nobody else
 * announces a file of the team. A session that was not taken is forgotten.
 *
 * @param work gets `requireQuota`, to be called once it is certain that the session would be taken; with the master
 *   whose last session it replaces.
 * @throws AppError 409 `object_exists`, 413 `out_of_space`, 507 `space_announced`; of the quota 413 `upload_too_large`,
 *   409 `upload_quota`.
 */
export async function withNewSession<T>(
  deps: Deps,
  user: UserContext,
  announced: Announcement,
  work: (
    tx: Transaction,
    session: UploadSession,
    requireQuota: (masterId?: string) => Promise<void>,
  ) => Promise<T | null>,
): Promise<T | null> {
  const { input } = announced;
  const session = await openSession(deps, announced);
  let taken: T | null = null;
  try {
    taken = await withinReach(deps.db, user, async (tx) => {
      await lockAnnouncements(tx, input.team_code);
      return work(tx, session, async (masterId) => {
        const open = await sumOpenUploads(tx, input.team_code, { now: deps.now(), except: masterId ?? null });
        refuseOverQuota(deps.uploadQuota, open, input);
      });
    });
    return taken;
  } finally {
    if (taken === null) await deps.store.cancelUpload(session.url);
  }
}
