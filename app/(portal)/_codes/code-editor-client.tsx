'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { type CodeWindowJson, MAX_BUTTONS } from '#lib/code-windows/code-window-schemas.ts';
import { type ButtonDraft, capOfKey } from './button-draft.ts';
import { CodeButtonForm } from './code-button-form-client.tsx';
import { type CodeEditing, useCodeEditor } from './use-code-editor.ts';
import type { ShownWindow } from './use-code-window.ts';

interface CodeEditorProps {
  team: string;
  /** The window to change; `null` for a new one. */
  window: ShownWindow | null;
  onSaved: (window: CodeWindowJson) => void;
  onClose: () => void;
}

/** Changes a window, or makes one's own of the default one. Rendered while it is open, so that it starts anew each time. */
export function CodeEditor({ team, window, onSaved, onClose }: CodeEditorProps) {
  const t = useTranslations('codes');
  const common = useTranslations('common.action');
  const formId = useId();
  const listRef = useRef<HTMLOListElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);
  const editing = useCodeEditor({ team, window, onSaved });
  const { name, drafts, faults, isStale, isSaving } = editing;
  const faultOf = (field: 'name' | 'buttons') => faults.find((fault) => fault.button === null && fault.field === field);
  const add = () => {
    editing.add();
    requestAnimationFrame(() => listRef.current?.querySelector<HTMLElement>('input')?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    editing.save();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(window?.saved ? 'editor.title' : 'editor.newTitle')}
      description={t('editor.description')}
      closeLabel={common('close')}
      className="max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={isSaving}>
            {isStale ? t('editor.saveCopy') : common('save')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
        {isStale || faults.length > 0 ? (
          <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
            {t(isStale ? 'editor.stale' : 'editor.faults')}
          </p>
        ) : null}
        <Field label={t('editor.name')} required error={faultOf('name') ? t('fault.name') : undefined}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              value={name}
              onChange={(event) => editing.setName(event.target.value)}
            />
          )}
        </Field>
        <h3 className="text-[0.8125rem] font-medium text-muted">{t('editor.list')}</h3>
        {faultOf('buttons') ? <p className="text-xs text-danger">{t('fault.buttons')}</p> : null}
        <ol ref={listRef} className="flex flex-col gap-1.5">
          {drafts.map((draft, index) => (
            <ButtonRow
              key={draft.draftId}
              {...{ team, editing, draft, index }}
              onRemoved={() => addRef.current?.focus()}
            />
          ))}
        </ol>
        <Button ref={addRef} disabled={drafts.length >= MAX_BUTTONS} onClick={add}>
          <Plus aria-hidden />
          {t('editor.add')}
        </Button>
      </form>
    </Dialog>
  );
}

interface ButtonRowProps {
  team: string;
  editing: CodeEditing;
  draft: ButtonDraft;
  index: number;
  onRemoved: () => void;
}

/** One button of the list; the one that is open has its form below it. */
function ButtonRow({ team, editing, draft, index, onRemoved }: ButtonRowProps) {
  const t = useTranslations('codes.editor');
  const faults = editing.faults.filter(({ button }) => button === index);
  const isOpen = editing.openId === draft.draftId;
  const label = draft.label.trim() || t('unnamed');
  return (
    <li className={cn('rounded-md border border-line bg-surface', faults.length > 0 && 'border-danger')}>
      <div className="flex items-center gap-1 p-1">
        <button
          type="button"
          aria-expanded={isOpen}
          className="code-color flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded px-1 text-left text-sm hover:bg-hover pointer-coarse:min-h-11"
          data-color={draft.color}
          onClick={() => editing.open(isOpen ? null : draft.draftId)}
        >
          <span aria-hidden className="code-swatch" />
          <span className="min-w-0 flex-1 truncate">{label}</span>
          {faults.length > 0 ? <span className="text-xs text-danger">{t('isFaulty')}</span> : null}
          {draft.key ? <Kbd>{capOfKey(draft.key)}</Kbd> : null}
        </button>
        <IconButton size="sm" label={t('up', { label })} disabled={index === 0} onClick={() => editing.move(index, -1)}>
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label={t('down', { label })}
          disabled={index === editing.drafts.length - 1}
          onClick={() => editing.move(index, 1)}
        >
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label={t('remove', { label })}
          onClick={() => {
            editing.remove(draft.draftId);
            onRemoved();
          }}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      {isOpen ? (
        <CodeButtonForm
          team={team}
          draft={draft}
          others={editing.drafts.filter(({ draftId }) => draftId !== draft.draftId)}
          faults={new Set(faults.map(({ field }) => field))}
          onChange={(change) => editing.change(draft.draftId, change)}
        />
      ) : null}
    </li>
  );
}
