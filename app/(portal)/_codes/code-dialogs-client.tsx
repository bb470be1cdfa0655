'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { deleteCodeWindowOptions } from '#app/_client/code-window-queries.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import { CodeEditor } from './code-editor-client.tsx';
import type { CodeFault } from './code-faults.ts';
import type { ReadCodeFile } from './code-file.ts';
import type { ShownWindow } from './use-code-window.ts';

type RefusedFile = Exclude<ReadCodeFile, { kind: 'read' }>;

/** What is asked over the page: the editor with a window, or with a new one; a file's faults; whether to delete. */
export type CodeDialog =
  | { kind: 'edit'; window: ShownWindow | null }
  | { kind: 'refused'; fileName: string; read: RefusedFile }
  | { kind: 'delete'; window: CodeWindowJson };

interface CodeDialogsProps {
  dialog: CodeDialog | null;
  team: string;
  onChosen: (id: string) => void;
  onDialog: (dialog: CodeDialog | null) => void;
}

export function CodeDialogs({ dialog, team, onChosen, onDialog }: CodeDialogsProps) {
  const close = () => onDialog(null);
  if (dialog === null) return null;
  if (dialog.kind === 'refused') return <RefusedFileDialog {...dialog} onClose={close} />;
  if (dialog.kind === 'delete') return <DeleteDialog window={dialog.window} onClose={close} />;
  const onSaved = ({ id }: CodeWindowJson) => {
    onChosen(id);
    close();
  };
  return <CodeEditor team={team} window={dialog.window} onSaved={onSaved} onClose={close} />;
}

function DeleteDialog({ window, onClose }: { window: CodeWindowJson; onClose: () => void }) {
  const t = useTranslations('codes');
  const common = useTranslations('common.action');
  const remove = useMutation(deleteCodeWindowOptions(useQueryClient()));
  const confirm = () =>
    remove.mutate(window, {
      onSuccess: () => {
        toast.success(t('said.deleted'));
        onClose();
      },
      onError: (error) => {
        toast.error(error.message);
        onClose();
      },
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('delete.title', { name: window.name })}
      description={t(window.is_shared ? 'delete.descriptionShared' : 'delete.description')}
      confirmLabel={common('delete')}
      cancelLabel={common('cancel')}
      onConfirm={confirm}
      busy={remove.isPending}
      destructive
    />
  );
}

/** So many faults are listed; who has more begins with these. */
const MAX_LISTED = 12;

/** What is wrong with a file, button by button. */
function RefusedFileDialog({ fileName, read, onClose }: { fileName: string; read: RefusedFile; onClose: () => void }) {
  const t = useTranslations('codes');
  const common = useTranslations('common.action');
  const whereOf = ({ button }: CodeFault): string => {
    if (button === null) return t('file.window');
    const label = read.kind === 'faults' ? read.labels[button] : null;
    return label ? t('file.buttonNamed', { number: button + 1, label }) : t('file.button', { number: button + 1 });
  };
  const faults = read.kind === 'faults' ? read.faults : [];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('file.title')}
      description={t('file.description', { file: fileName })}
      closeLabel={common('close')}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      {read.kind === 'no-json' ? <p className="text-sm">{t('file.noJson')}</p> : null}
      <ul className="flex flex-col gap-2 text-sm">
        {faults.slice(0, MAX_LISTED).map((fault) => (
          <li key={`${fault.button} ${fault.field}`}>
            <span className="font-medium wrap-anywhere">{whereOf(fault)}</span>
            <span className="block text-muted">{t(`fault.${fault.field}`)}</span>
          </li>
        ))}
      </ul>
      {faults.length > MAX_LISTED ? (
        <p className="mt-2 text-sm text-muted">{t('file.more', { count: faults.length - MAX_LISTED })}</p>
      ) : null}
    </Dialog>
  );
}
