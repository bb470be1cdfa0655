'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Download, Ellipsis, Plus, Trash2, Upload, Users } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import {
  type CreateCodeWindowBody,
  createCodeWindowOptions,
  newCodeWindow,
  patchCodeWindowOptions,
} from '#app/_client/code-window-queries.ts';
import { IconButton } from '#app/_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { CodeDialog } from './code-dialogs-client.tsx';
import { fileName, fileText, readCodeFile, saveFile } from './code-file.ts';
import type { CodeWindowState } from './use-code-window.ts';

interface CodeMenuProps {
  codes: CodeWindowState;
  team: string;
  canManage: boolean;
  onDialog: (dialog: CodeDialog) => void;
}

/** A name with an end, within what a name may be. */
const MAX_NAME = 100;

/** What is done with a whole window. */
export function CodeMenu({ codes, team, canManage, onDialog }: CodeMenuProps) {
  const t = useTranslations('codes');
  const fileRef = useRef<HTMLInputElement>(null);
  const { shown } = codes;
  const { saved } = shown;
  const { make, share } = useCodeActions(codes, team);
  const duplicate = () => {
    const name = t('copyName', { name: shown.name }).slice(0, MAX_NAME);
    make({ name, buttons: [...shown.buttons] }, t('said.duplicated'));
  };
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    const read = readCodeFile(await file.text());
    // The same file, put right, is a change as well.
    target.value = '';
    if (read.kind !== 'read') return onDialog({ kind: 'refused', fileName: file.name, read });
    const { name, buttons } = read.file;
    make({ name, buttons }, t('said.imported', { name }));
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton size="sm" label={t('menu')}>
            <Ellipsis aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => onDialog({ kind: 'edit', window: null })}>
            <Plus aria-hidden />
            {t('menuItem.new')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={duplicate}>
            <Copy aria-hidden />
            {t('menuItem.duplicate')}
          </DropdownMenuItem>
          {saved?.is_own ? (
            <DropdownMenuItem onSelect={() => share(saved)}>
              <Users aria-hidden />
              {saved.is_shared ? t('menuItem.unshare') : t('menuItem.share', { team })}
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuSeparator />
          <DropdownMenuItem
            onSelect={() => saveFile(fileName(shown), fileText({ ...shown, buttons: [...shown.buttons] }))}
          >
            <Download aria-hidden />
            {t('menuItem.export')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => fileRef.current?.click()}>
            <Upload aria-hidden />
            {t('menuItem.import')}
          </DropdownMenuItem>
          {saved && (saved.is_own || canManage) ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem destructive onSelect={() => onDialog({ kind: 'delete', window: saved })}>
                <Trash2 aria-hidden />
                {t('menuItem.delete')}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      <input
        ref={fileRef}
        type="file"
        accept=".json,application/json"
        aria-label={t('menuItem.import')}
        hidden
        onChange={(event) => void readFile(event)}
      />
    </>
  );
}

/** Makes windows, shows them, and shares one's own. */
function useCodeActions(codes: CodeWindowState, team: string) {
  const t = useTranslations('codes');
  const client = useQueryClient();
  const create = useMutation(createCodeWindowOptions(client));
  const patch = useMutation(patchCodeWindowOptions(client));
  const onError = (error: Error) => void toast.error(error.message);
  const make = (window: Pick<CreateCodeWindowBody, 'name' | 'buttons'>, said: string) =>
    create.mutate(newCodeWindow({ ...window, team_code: team }), {
      onSuccess: ({ id }) => {
        codes.choose(id);
        toast.success(said);
      },
      onError,
    });
  const share = (window: CodeWindowJson) =>
    patch.mutate(
      { window, patch: { is_shared: !window.is_shared } },
      {
        onSuccess: ({ is_shared }) => void toast.success(is_shared ? t('said.shared', { team }) : t('said.unshared')),
        onError,
      },
    );
  return { make, share };
}
