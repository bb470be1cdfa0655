'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { isBarred, isEditable, type UploadItem } from '#app/_client/upload-item.ts';
import { cn } from '#app/_ui/cn.ts';

/** The catalogue's words for the codes of the portal and of the store. */
const WORDS = {
  master_exists: 'duplicate',
  master_in_trash: 'in_trash',
  object_exists: 'duplicate',
  precondition_failed: 'duplicate',
  upload_in_progress: 'in_progress',
  master_failed: 'master_failed',
  foreign_team: 'forbidden_team',
  out_of_space: 'out_of_space',
  space_announced: 'space_announced',
  upload_quota: 'quota',
  upload_too_large: 'too_large',
  file_unreadable: 'file_unreadable',
  checks_busy: 'check_later',
  check_broken_off: 'check_later',
  network: 'network',
  gave_up: 'network',
} as const;

const isKnown = (code: string): code is keyof typeof WORDS => Object.hasOwn(WORDS, code);

/** Why an upload stopped, and what to do. The server's own reason for refusing a file stands as it is. */
export function UploadProblemText({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const common = useTranslations('common.error');
  const { problem, phase, masterId } = item;
  if (phase !== 'failed' || !problem) return null;
  // After its bytes a file is refused for what it is; before them, for the place it wants.
  const isRefusal = masterId !== null && !problem.canRetry;
  const words = isKnown(problem.code) && !isRefusal ? t(`problem.${WORDS[problem.code]}`) : null;
  return (
    <div role="alert" className="mt-3 text-sm">
      <p className="text-danger">
        {isRefusal ? `${t('problem.refused')} ${problem.detail}` : (words ?? problem.detail)}
      </p>
      {words && problem.code.startsWith('master_') ? (
        <Link
          href="/admin/masters"
          className="mt-1 inline-flex min-h-6 pointer-coarse:min-h-11 items-center underline underline-offset-3"
        >
          {t('list.masters')}
        </Link>
      ) : null}
      {problem.requestId ? (
        <p className="mt-1 text-xs text-faint">
          {common('requestId')} <code className="font-mono select-all">{problem.requestId}</code>
        </p>
      ) : null}
    </div>
  );
}

/** What the game has already of a file that was chosen and not started yet. */
export function TakenPlaceText({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const { taken } = item;
  if (!taken || !isEditable(item)) return null;
  return (
    <p role="alert" className={cn('mt-3 text-sm', isBarred(item) ? 'text-danger' : 'text-warning')}>
      {t(`problem.${taken.kind}`, { filename: taken.filename })}{' '}
      <Link
        href={`/admin/masters/${taken.masterId}`}
        className="inline-flex min-h-6 items-center underline underline-offset-3"
      >
        {t('row.open')}
      </Link>
    </p>
  );
}
