'use client';

import type { ComponentProps } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { CONTROL_CLASSES } from '#app/_ui/input.tsx';
import { MAX_NOTE_TEXT } from '#lib/notes/note-schemas.ts';

interface NoteTextProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  value: string;
  onValue: (text: string) => void;
}

/** Words of a note or an answer; Ctrl+Enter sends them. */
export function NoteText({ value, onValue, className, ...rest }: NoteTextProps) {
  return (
    <textarea
      rows={2}
      maxLength={MAX_NOTE_TEXT}
      value={value}
      onChange={({ target }) => onValue(target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
      }}
      className={cn(CONTROL_CLASSES, 'h-auto py-2', className)}
      {...rest}
    />
  );
}
