'use client';

import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { cleanedFilename, isNameFault } from '#app/_client/upload-file-checks.ts';
import { isBarred, isEditable, masterRequest, type UploadItem, type UploadPhase } from '#app/_client/upload-item.ts';
import { uploadQueue } from '#app/_client/upload-queue-store.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { UploadButtons } from './upload-buttons-client.tsx';
import { UploadFieldsForm } from './upload-fields-client.tsx';
import { TakenPlaceText, UploadProblemText } from './upload-problem-client.tsx';
import { UploadProgress } from './upload-progress-client.tsx';
import { WatchableText } from './upload-watchable-client.tsx';

type Look = UploadPhase | 'incomplete' | 'refused' | 'taken';

const TONES: Record<Look, BadgeTone> = {
  incomplete: 'warning',
  refused: 'danger',
  taken: 'warning',
  draft: 'neutral',
  waiting: 'neutral',
  uploading: 'info',
  paused: 'warning',
  file_needed: 'warning',
  checking: 'info',
  ready: 'success',
  failed: 'danger',
};

/** A draft shows what keeps it from starting. */
function lookOf(item: UploadItem): Look {
  if (item.phase !== 'draft') return item.phase;
  if (item.fileFault !== null) return 'refused';
  if (isBarred(item)) return 'taken';
  return masterRequest(item).faults === null ? 'draft' : 'incomplete';
}

interface UploadRowProps {
  item: UploadItem;
  hasOthers: boolean;
  onFiles: (files: File[]) => void;
}

/** One file from its drop to the master: what it is, what is wrong, how far it has come. */
export function UploadRow({ item, hasOthers, onFiles }: UploadRowProps) {
  const t = useTranslations('upload');
  const format = useFormatter();
  const [isAsking, setIsAsking] = useState(false);
  const { phase, fields, fingerprint, fileFault } = item;
  const look = lookOf(item);
  const cancel = () => void uploadQueue().cancel(item.id);
  const hasBytes = item.masterId !== null && phase !== 'ready' && phase !== 'failed';
  return (
    <li className="rounded-lg border border-line bg-surface p-4" data-phase={phase}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-medium break-all">{fingerprint.name}</p>
          <p className="mt-0.5 flex flex-wrap items-center gap-2 text-xs text-muted">
            {formatBytes(format, fingerprint.size)}
            <Badge tone={TONES[look]}>{t(`phase.${look}`)}</Badge>
            {isEditable(item) ? null : (
              <span>{[fields.team_code.toUpperCase(), fields.season, fields.game_id].filter(Boolean).join(' · ')}</span>
            )}
          </p>
        </div>
        <UploadButtons item={item} onFiles={onFiles} onCancel={() => (hasBytes ? setIsAsking(true) : cancel())} />
      </div>
      <FileFaultText item={item} />
      {isEditable(item) && (fileFault === null || isNameFault(fileFault)) ? (
        <UploadFieldsForm item={item} hasOthers={hasOthers} />
      ) : null}
      <TakenPlaceText item={item} />
      <UploadProgress item={item} />
      <UploadProblemText item={item} />
      <WatchableText item={item} />
      <AlertDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t('cancel.title')}
        description={t('cancel.description')}
        confirmLabel={t('cancel.confirm')}
        cancelLabel={t('cancel.keep')}
        destructive
        onConfirm={cancel}
      />
    </li>
  );
}

function FileFaultText({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const { fileFault, fingerprint } = item;
  if (fileFault === null) return null;
  const cleaned = isNameFault(fileFault) ? cleanedFilename(fingerprint.name, fileFault) : null;
  return (
    <div role="alert" className="mt-3 flex flex-wrap items-center gap-3 text-sm text-danger">
      <p>{t(`fileFaults.${fileFault}`)}</p>
      {cleaned ? (
        <Button size="sm" onClick={() => uploadQueue().takeCleanedName(item.id)}>
          {t('useName', { name: cleaned })}
        </Button>
      ) : null}
    </div>
  );
}
