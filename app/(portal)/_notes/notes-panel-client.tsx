'use client';

import { PencilLine } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Card, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { NoteRow } from './note-row-client.tsx';
import type { Notes } from './use-notes.ts';

/** The notes on what is played, each with its answers; empty for somebody who writes none until there is one. */
export function NotesPanel({ notes }: { notes: Notes }) {
  const t = useTranslations('notes');
  const roots = notes.notes.filter(({ reply_to }) => reply_to === null);
  const answersOf = (id: string) => notes.notes.filter(({ reply_to }) => reply_to === id);
  return (
    <Card aria-label={t('heading')}>
      <CardHeader>
        <CardTitle>{t('heading')}</CardTitle>
        {notes.canWrite ? (
          <Button size="sm" disabled={notes.composing !== null} onClick={() => notes.compose(null)}>
            <PencilLine aria-hidden />
            {t('add')}
          </Button>
        ) : null}
      </CardHeader>
      {notes.isLoading ? (
        <div role="status" aria-label={t('loading')} className="p-4">
          <Skeleton className="h-5 w-full" />
        </div>
      ) : notes.isFailed ? (
        <div className="flex flex-wrap items-center gap-2 p-4 text-sm text-danger">
          <p role="alert">{t('failed')}</p>
          <Button size="sm" onClick={notes.reload}>
            {t('again')}
          </Button>
        </div>
      ) : roots.length === 0 ? (
        <p className="p-4 text-sm text-muted">{notes.canWrite ? t('emptyWriter') : t('empty')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {roots.map((note) => (
            <NoteRow key={note.id} note={note} answers={answersOf(note.id)} notes={notes} />
          ))}
        </ul>
      )}
    </Card>
  );
}
