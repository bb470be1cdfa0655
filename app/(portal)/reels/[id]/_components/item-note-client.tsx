'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';
import { CONTROL_CLASSES } from '#app/_ui/input.tsx';

interface ItemNoteProps {
  note: string | null;
  label: string;
  isWriting: boolean;
  /** Called with what was written, when one is done; `null` for nothing. */
  onNote: (note: string | null) => void;
  /** `null` for those who only read it. */
  onOpen: (() => void) | null;
}

/** What is said of an item, written in its place. */
export function ItemNote({ note, label, isWriting, onNote, onOpen }: ItemNoteProps) {
  const t = useTranslations('reels.item');
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Whatever closes at the same moment may still hold the focus.
    const timer = isWriting ? setTimeout(() => fieldRef.current?.focus(), 0) : undefined;
    return () => clearTimeout(timer);
  }, [isWriting]);
  if (isWriting) {
    const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
      if (event.key === 'Escape') onNote(note);
      else if (event.key === 'Enter' && !event.shiftKey) event.currentTarget.blur();
    };
    return (
      <textarea
        ref={fieldRef}
        aria-label={label}
        placeholder={t('noteHint')}
        rows={2}
        maxLength={2000}
        defaultValue={note ?? ''}
        onKeyDown={onKeyDown}
        onBlur={(event) => onNote(event.currentTarget.value.trim() || null)}
        className={cn(CONTROL_CLASSES, 'mt-1 h-auto py-1.5 text-[0.8125rem]')}
      />
    );
  }
  if (note === null) return null;
  const text = 'block w-full px-2 py-1 text-left text-[0.8125rem] break-words whitespace-pre-line text-muted';
  if (!onOpen) return <p className={text}>{note}</p>;
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={`${label}: ${note}`}
      className={cn(text, 'rounded hover:bg-hover')}
    >
      {note}
    </button>
  );
}
