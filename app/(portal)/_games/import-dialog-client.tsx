'use client';

import { useTranslations } from 'use-intl';
import { playImport } from '#app/_i18n/en/play-import.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { ImportPlace } from './import-place-client.tsx';
import { ImportPreview } from './import-preview-client.tsx';
import { changesPlays, type ImportedFile, type ImportFault, mayImport } from './import-queue.ts';
import type { PlayImport } from './use-play-import.ts';

const isOwnFault = (code: string): code is keyof typeof playImport.fault => Object.hasOwn(playImport.fault, code);

/** What becomes of the file that is in work; closed while there is none. */
export function ImportDialog({ files, isOfOneGame }: { files: PlayImport; isOfOneGame: boolean }) {
  const t = useTranslations('playImport');
  const common = useTranslations('common.action');
  const { current, waiting, tell } = files;
  return (
    <Dialog
      open={current !== undefined}
      // What is being written is not left alone: its end is told.
      onOpenChange={(open) => (open || current?.step.kind === 'importing' ? undefined : tell({ kind: 'closed' }))}
      title={t('title')}
      description={current ? <span className="break-all">{current.file.name}</span> : undefined}
      closeLabel={common('close')}
      footer={current ? <ImportActions files={files} current={current} /> : null}
      className="max-w-xl"
    >
      {waiting > 0 ? (
        <p role="status" className="mb-3 text-xs text-muted">
          {t('waiting', { count: waiting })}
        </p>
      ) : null}
      {current ? <ImportBody key={current.id} files={files} current={current} isOfOneGame={isOfOneGame} /> : null}
    </Dialog>
  );
}

interface CurrentProps {
  files: PlayImport;
  current: ImportedFile;
}

function ImportBody({ files: { tell }, current, isOfOneGame }: CurrentProps & { isOfOneGame: boolean }) {
  const t = useTranslations('playImport');
  const { step, game, isConfirmed } = current;
  if (step.kind === 'placing') {
    return <ImportPlace place={step.place} onPlaced={(placed) => tell({ kind: 'placed', game: placed })} />;
  }
  if (step.kind === 'failed') return <ImportFailure fault={step.fault} />;
  if (step.kind === 'shown' || step.kind === 'importing') {
    return (
      <ImportPreview
        game={isOfOneGame ? null : game}
        outcome={step.outcome}
        isConfirmed={isConfirmed}
        onConfirmed={(yes) => tell({ kind: 'confirmed', isConfirmed: yes })}
        onOtherGame={() => game && tell({ kind: 'unplaced', place: { ...game, teams: [] } })}
        isDisabled={step.kind === 'importing'}
      />
    );
  }
  return (
    <p role="status" className="flex min-h-56 items-center justify-center gap-2 text-sm text-muted">
      <Spinner />
      {t('reading')}
    </p>
  );
}

function ImportFailure({ fault: { code, detail, requestId } }: { fault: ImportFault }) {
  const t = useTranslations('playImport');
  const common = useTranslations('common.error');
  const text = isOwnFault(code) ? t(`fault.${code}`) : detail;
  return (
    <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
      <p>{text}</p>
      {requestId ? (
        <p className="mt-1 text-xs">
          {common('requestId')}: <code>{requestId}</code>
        </p>
      ) : null}
    </div>
  );
}

/** Goes on with the file, or leaves it out. */
function ImportActions({ files: { tell, waiting }, current }: CurrentProps) {
  const t = useTranslations('playImport');
  const common = useTranslations('common.action');
  const { step } = current;
  const isImporting = step.kind === 'importing';
  const hasChanges = (step.kind === 'shown' || isImporting) && changesPlays(step.outcome);
  return (
    <>
      <Button disabled={isImporting} onClick={() => tell({ kind: 'ended' })}>
        {waiting > 0 ? t('skip') : step.kind === 'shown' && !hasChanges ? common('close') : common('cancel')}
      </Button>
      {step.kind === 'failed' && step.fault.canRetry ? (
        <Button variant="primary" onClick={() => tell({ kind: 'again' })}>
          {common('tryAgain')}
        </Button>
      ) : null}
      {step.kind === 'placing' ? (
        <Button variant="primary" type="submit" form="import-place">
          {t('goOn')}
        </Button>
      ) : null}
      {hasChanges ? (
        <Button
          variant="primary"
          busy={isImporting}
          disabled={!mayImport(current)}
          onClick={() => tell({ kind: 'started' })}
        >
          {t('import')}
        </Button>
      ) : null}
    </>
  );
}
