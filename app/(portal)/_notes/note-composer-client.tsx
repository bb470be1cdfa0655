'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { createNoteOptions, newNote, patchNoteOptions } from '#app/_client/note-queries.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import { DrawingBoard } from '#app/(portal)/_drawing/drawing-board-client.tsx';
import { DrawingTools } from '#app/(portal)/_drawing/drawing-tools-client.tsx';
import { useDrawing } from '#app/(portal)/_drawing/use-drawing.ts';
import { HOLD_S, MAX_HOLD_S, VISIBLE_TO, type VisibleTo } from '#lib/notes/note-schemas.ts';
import { NoteText } from './note-text-client.tsx';
import type { Composing, Notes } from './use-notes.ts';

/** Where a note is written, below the picture: nothing while none is. */
export function NoteComposer({ notes }: { notes: Notes }) {
  const { composing } = notes;
  return composing ? <Composer key={composing.note?.id ?? composing.atS} notes={notes} composing={composing} /> : null;
}

/** What was typed of a note. */
function useDraft({ note }: Composing) {
  const [text, setText] = useState(note?.text ?? '');
  const [holdS, setHoldS] = useState(String(note?.hold_s ?? HOLD_S));
  const [visibleTo, setVisibleTo] = useState<VisibleTo>(note?.visible_to ?? 'staff');
  return { text, setText, holdS, setHoldS, visibleTo, setVisibleTo };
}

function Composer({ notes, composing }: { notes: Notes; composing: Composing }) {
  const t = useTranslations('notes');
  const common = useTranslations('common.action');
  const { note, atS } = composing;
  const draft = useDraft(composing);
  const desk = useDrawing(note?.drawing ?? null);
  const textRef = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const create = useMutation(createNoteOptions(client, composing.of));
  const patch = useMutation(patchNoteOptions(client));
  const player = notes.videoOf()?.closest('.player');

  const said = {
    onSuccess: () => {
      toast.success(t('saved'));
      notes.close();
    },
    onError: (error: Error) => void toast.error(error.message),
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const drawing = desk.drawing();
    if (draft.text.trim() === '' && !drawing) return void toast.error(t('nothing'));
    const hold_s = Math.min(MAX_HOLD_S, Math.max(0, Number(draft.holdS) || 0));
    const body = { text: draft.text, drawing, hold_s, visible_to: draft.visibleTo };
    if (!note) return create.mutate(newNote({ ...body, at_s: atS }), said);
    const { hold_s: _, visible_to: __, ...words } = body;
    patch.mutate({ note, patch: note.reply_to === null ? body : words }, said);
  };
  return (
    <form
      onSubmit={save}
      aria-label={t('composer', { at: formatDuration(atS, { exact: true }) })}
      className="mt-2 flex flex-col gap-3 rounded-lg border border-line bg-surface p-3"
    >
      {player
        ? createPortal(
            <DrawingBoard
              desk={desk}
              videoOf={notes.videoOf}
              onCancel={notes.close}
              onNoText={() => requestAnimationFrame(() => textRef.current?.focus())}
            />,
            player,
          )
        : null}
      <DrawingTools desk={desk} textRef={textRef} />
      <Field label={t('text')}>
        {(control) => <NoteText {...control} value={draft.text} onValue={draft.setText} />}
      </Field>
      <div className="flex flex-wrap items-end gap-3">
        {note?.reply_to ? null : (
          <>
            <Field label={t('hold')} className="w-36">
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  inputMode="decimal"
                  min={0}
                  max={MAX_HOLD_S}
                  step="any"
                  value={draft.holdS}
                  onChange={({ target }) => draft.setHoldS(target.value)}
                />
              )}
            </Field>
            <div className="flex min-w-0 flex-col gap-1.5">
              <span aria-hidden className="text-[0.8125rem] font-medium text-muted">
                {t('visibleTo')}
              </span>
              <ToggleGroup
                label={t('visibleTo')}
                value={draft.visibleTo}
                options={VISIBLE_TO.map((each) => ({ value: each, label: t(each) }))}
                onChange={(next) => draft.setVisibleTo(next === 'audience' ? 'audience' : 'staff')}
              />
            </div>
          </>
        )}
        <span className="flex-1" />
        <div className="flex gap-2">
          <Button onClick={notes.close}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending || patch.isPending}>
            {t('save')}
          </Button>
        </div>
      </div>
    </form>
  );
}
