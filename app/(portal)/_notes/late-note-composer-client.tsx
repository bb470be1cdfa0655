'use client';

import type { ComponentProps } from 'react';
import { useLate } from '#app/_ui/use-late.ts';
import type { NoteComposer as NoteComposerItself } from './note-composer-client.tsx';

const load = () => import('./note-composer-client.tsx');

/** The same, with its code fetched late. */
export function NoteComposer(props: ComponentProps<typeof NoteComposerItself>) {
  const late = useLate(load, props.notes.composing !== null);
  return late ? <late.NoteComposer {...props} /> : null;
}
