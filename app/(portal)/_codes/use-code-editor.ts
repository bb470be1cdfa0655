import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import {
  codeWindowsOptions,
  createCodeWindowOptions,
  newCodeWindow,
  patchCodeWindowOptions,
} from '#app/_client/code-window-queries.ts';
import { toast } from '#app/_ui/toast.ts';
import { type CodeWindowJson, createCodeWindowSchema } from '#lib/code-windows/code-window-schemas.ts';
import { type ButtonDraft, buttonOfDraft, draftOfButton, moved, newDraft } from './button-draft.ts';
import { type CodeFault, faultsOf } from './code-faults.ts';
import type { ShownWindow } from './use-code-window.ts';

interface CodeEditorOptions {
  team: string;
  window: ShownWindow | null;
  onSaved: (window: CodeWindowJson) => void;
}

const judged = (team: string, name: string, drafts: readonly ButtonDraft[]) =>
  createCodeWindowSchema.safeParse({ team_code: team, name, buttons: drafts.map(buttonOfDraft) });

/** The list of buttons while it is edited. */
function useDrafts(window: ShownWindow | null) {
  const [drafts, setDrafts] = useState<readonly ButtonDraft[]>(
    () => window?.buttons.map(draftOfButton) ?? [newDraft(0)],
  );
  const [openId, open] = useState<number | null>(window ? null : 0);
  const add = () => {
    const draftId = Math.max(-1, ...drafts.map((draft) => draft.draftId)) + 1;
    setDrafts([...drafts, newDraft(draftId)]);
    open(draftId);
  };
  return {
    ...{ drafts, openId, open, add },
    change: (id: number, change: Partial<ButtonDraft>) =>
      setDrafts((old) => old.map((draft) => (draft.draftId === id ? { ...draft, ...change } : draft))),
    remove: (id: number) => setDrafts((old) => old.filter(({ draftId }) => draftId !== id)),
    move: (index: number, by: 1 | -1) => setDrafts((old) => moved(old, index, by)),
  };
}

/** A window while it is edited: nothing is sent before it is sound, and nothing is lost when it cannot be saved. */
export function useCodeEditor({ team, window, onSaved }: CodeEditorOptions) {
  const t = useTranslations('codes');
  const client = useQueryClient();
  const list = useDrafts(window);
  const [name, setName] = useState(() => (window?.saved ? window.name : t('newName')));
  const [hasTried, setHasTried] = useState(false);
  const [isStale, setIsStale] = useState(false);
  const create = useMutation(createCodeWindowOptions(client));
  const patch = useMutation(patchCodeWindowOptions(client));
  const current = judged(team, name, list.drafts);
  const faults: CodeFault[] = hasTried && !current.success ? faultsOf(current.error) : [];

  const onError = (error: Error) => {
    if (isApiError(error) && error.problem.code === 'stale_edit') {
      setIsStale(true);
      void client.invalidateQueries(codeWindowsOptions(team));
    } else toast.error(error.message);
  };
  const save = () => {
    setHasTried(true);
    if (!current.success) {
      const first = faultsOf(current.error).find(({ button }) => button !== null);
      if (first) list.open(list.drafts[first.button ?? 0]?.draftId ?? null);
      return;
    }
    const { name: saidName, buttons } = current.data;
    const told = {
      onSuccess: (saved: CodeWindowJson) => {
        toast.success(t('said.saved'));
        onSaved(saved);
      },
      onError,
    };
    const saved = window?.saved;
    if (saved && !isStale) patch.mutate({ window: saved, patch: { name: saidName, buttons } }, told);
    else create.mutate(newCodeWindow({ team_code: team, name: saidName, buttons }), told);
  };
  return { ...list, name, setName, faults, isStale, save, isSaving: create.isPending || patch.isPending };
}
export type CodeEditing = ReturnType<typeof useCodeEditor>;
