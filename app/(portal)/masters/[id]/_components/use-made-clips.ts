import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { undoClipOptions } from '#app/_client/clip-mutations.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { toast } from '#app/_ui/toast.ts';
import type { ButtonMark } from '#app/(portal)/_masters/new-clip.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

interface MadeClip {
  clip: ClipJson;
  masterId: string;
  by: ButtonMark | null;
}

/** The clips of this visit, in the order they were marked in, and the way back from each. `onUndone` is told of every one taken back. */
export function useMadeClips(onUndone: (clipId: string) => void) {
  const t = useTranslations('film.mark');
  const undo = useMutation(undoClipOptions(useQueryClient()));
  const [made, setMade] = useState<readonly MadeClip[]>([]);
  // Keys come faster than renders and answers do: who presses twice takes back two.
  const newest = useRef<readonly MadeClip[]>([]);
  const leaving = useRef(new Set<string>());
  const beingMade = useRef(new Set<Promise<unknown>>());

  const change = (of: (old: readonly MadeClip[]) => readonly MadeClip[]) => {
    newest.current = of(newest.current);
    setMade(newest.current);
  };
  /** Adds a clip as soon as it is made; who takes back meanwhile waits for it. */
  const add = async (request: Promise<ClipJson>, by: Omit<MadeClip, 'clip'>): Promise<ClipJson> => {
    const added = request.then((clip) => {
      change((old) => [...old, { clip, ...by }]);
      return clip;
    });
    beingMade.current.add(added);
    try {
      return await added;
    } finally {
      beingMade.current.delete(added);
    }
  };
  const takeBack = async (): Promise<void> => {
    await Promise.allSettled(beingMade.current);
    const last = newest.current.findLast(({ clip }) => !leaving.current.has(clip.clip_id));
    if (!last) return void toast(t('nothingToUndo'));
    const { clip_id: clipId, start_timecode_s: startS } = last.clip;
    leaving.current.add(clipId);
    try {
      await undo.mutateAsync({ clipId, masterId: last.masterId });
      change((old) => old.filter((each) => each !== last));
      toast.success(t('undone', { at: formatDuration(startS) }));
      onUndone(clipId);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '');
    } finally {
      leaving.current.delete(clipId);
    }
  };
  return { made, add, takeBack: () => void takeBack() };
}
