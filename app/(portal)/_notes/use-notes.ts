import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { type NotesOf, notesOptions } from '#app/_client/note-queries.ts';
import type { NoteJson } from '#lib/notes/note-schemas.ts';

/** What notes need of a player (`PlayerHandle`). */
interface NotedPlayer {
  moment: () => { atS: number | null };
  goTo: (seconds: number) => void;
  pause: () => void;
  element: () => HTMLVideoElement | null;
}

/** A note that is being written: a new one, or one that is edited. */
export interface Composing {
  of: NotesOf;
  note: NoteJson | null;
  atS: number;
}

interface NotesOptions {
  /** What is played; `null` for nothing that has notes. */
  of: NotesOf | null;
  playerRef: RefObject<NotedPlayer | null>;
  /** Whether the reader writes notes, beside answers. */
  canWrite: boolean;
}

const NONE: readonly NoteJson[] = [];
const NOTHING: NotesOf = { kind: 'clips', id: '' };

/** The notes on what a page plays, and the one that is being written. */
export function useNotes({ of, playerRef, canWrite }: NotesOptions) {
  const query = useQuery({ ...notesOptions(of ?? NOTHING), enabled: of !== null });
  const [held, setHeld] = useState<Composing | null>(null);
  const composing = held && of && held.of.kind === of.kind && held.of.id === of.id ? held : null;
  const videoOf = () => playerRef.current?.element() ?? null;

  // Whoever writes looks at one frame.
  useEffect(() => {
    const video = composing && playerRef.current?.element();
    if (!video) return;
    const stand = () => video.pause();
    stand();
    video.addEventListener('play', stand);
    return () => video.removeEventListener('play', stand);
  }, [composing, playerRef]);

  const compose = (note: NoteJson | null) => {
    const player = playerRef.current;
    if (!of || !player) return;
    player.pause();
    // The tools stand below the picture.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    if (note) player.goTo(note.at_s);
    setHeld({ of, note, atS: note?.at_s ?? player.moment().atS ?? 0 });
  };
  return {
    of,
    notes: query.data ?? NONE,
    isLoading: query.isPending && of !== null,
    isFailed: query.isError,
    reload: () => void query.refetch(),
    canWrite: canWrite && of !== null,
    composing,
    compose,
    close: () => setHeld(null),
    videoOf,
    goTo: (note: NoteJson) => {
      playerRef.current?.pause();
      playerRef.current?.goTo(note.at_s);
    },
  };
}
export type Notes = ReturnType<typeof useNotes>;
