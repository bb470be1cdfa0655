'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PencilLine, Reply, SquarePen, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { answerNoteOptions, deleteNoteOptions, newNote } from '#app/_client/note-queries.ts';
import { formatDuration, formatMoment } from '#app/_i18n/clip-formats.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { NoteJson } from '#lib/notes/note-schemas.ts';
import { NoteText } from './note-text-client.tsx';
import type { Notes } from './use-notes.ts';

interface NoteRowProps {
  note: NoteJson;
  answers: readonly NoteJson[];
  notes: Notes;
}

/** One note: its moment leads there, and whoever sees it answers it. */
export function NoteRow({ note, answers, notes }: NoteRowProps) {
  const t = useTranslations('notes');
  const [isAnswering, setIsAnswering] = useState(false);
  const at = formatDuration(note.at_s, { exact: true });
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-1.5">
        <Button size="sm" className="tabular-nums" aria-label={t('goTo', { at })} onClick={() => notes.goTo(note)}>
          {at}
        </Button>
        {note.visible_to === 'staff' ? <Badge>{t('staffOnly')}</Badge> : null}
        {note.on === 'film' && notes.of?.kind === 'clips' ? <Badge tone="info">{t('ofFilm')}</Badge> : null}
        {note.drawing ? (
          <Badge>
            <PencilLine aria-hidden />
            {t('drawn')}
          </Badge>
        ) : null}
      </div>
      <NoteWords note={note} notes={notes} />
      {answers.length > 0 ? (
        <ul className="flex flex-col gap-2 border-l-2 border-line pl-3">
          {answers.map((answer) => (
            <li key={answer.id}>
              <NoteWords note={answer} notes={notes} />
            </li>
          ))}
        </ul>
      ) : null}
      {isAnswering ? (
        <AnswerForm noteId={note.id} onClose={() => setIsAnswering(false)} />
      ) : (
        <Button size="sm" variant="ghost" className="self-start" onClick={() => setIsAnswering(true)}>
          <Reply aria-hidden />
          {t('answer')}
        </Button>
      )}
    </li>
  );
}

/** What somebody said, and what the reader may do to it. */
function NoteWords({ note, notes }: { note: NoteJson; notes: Notes }) {
  const t = useTranslations('notes');
  const format = useFormatter();
  const [isDeleting, setIsDeleting] = useState(false);
  const at = formatDuration(note.at_s, { exact: true });
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        {note.text === '' ? null : <p className="wrap-anywhere whitespace-pre-line">{note.text}</p>}
        <p className="text-xs text-muted">
          {note.author.name} · <time dateTime={note.created_at}>{formatMoment(format, note.created_at)}</time>
        </p>
      </div>
      {note.may_edit && notes.of?.kind !== 'reels' ? (
        <IconButton
          size="sm"
          label={t('editOf', { at })}
          disabled={notes.composing !== null}
          onClick={() => notes.compose(note)}
        >
          <SquarePen aria-hidden />
        </IconButton>
      ) : null}
      {note.may_delete ? (
        <IconButton size="sm" label={t('deleteOf', { at })} onClick={() => setIsDeleting(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      ) : null}
      {isDeleting ? <DeleteDialog note={note} onClose={() => setIsDeleting(false)} /> : null}
    </div>
  );
}

function DeleteDialog({ note, onClose }: { note: NoteJson; onClose: () => void }) {
  const t = useTranslations('notes');
  const common = useTranslations('common.action');
  const remove = useMutation(deleteNoteOptions(useQueryClient()));
  const confirm = () =>
    remove.mutate(note, {
      onSuccess: () => void toast.success(t('deleted')),
      onError: (error) => void toast.error(error.message),
      onSettled: onClose,
    });
  const isAnswer = note.reply_to !== null;
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t(isAnswer ? 'deleteAnswerTitle' : 'deleteTitle')}
      description={t(isAnswer ? 'deleteAnswerDescription' : 'deleteDescription')}
      confirmLabel={t('delete')}
      cancelLabel={common('cancel')}
      onConfirm={confirm}
      busy={remove.isPending}
      destructive
    />
  );
}

function AnswerForm({ noteId, onClose }: { noteId: string; onClose: () => void }) {
  const t = useTranslations('notes');
  const common = useTranslations('common.action');
  const [text, setText] = useState('');
  const answer = useMutation(answerNoteOptions(useQueryClient(), noteId));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    answer.mutate(newNote({ text }), { onSuccess: onClose, onError: (error) => void toast.error(error.message) });
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-2">
      <NoteText aria-label={t('answerLabel')} autoFocus value={text} onValue={setText} />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={answer.isPending} disabled={text.trim() === ''}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
