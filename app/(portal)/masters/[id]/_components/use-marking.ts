import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { markClipOptions } from '#app/_client/clip-mutations.ts';
import type { CutRange } from '#app/_client/cut-range.ts';
import { newIdempotencyKey } from '#app/_client/idempotency-key.ts';
import type { FrameRate } from '#app/_client/timecode.ts';
import { toast } from '#app/_ui/toast.ts';
import { type ButtonMark, newClipBody } from '#app/(portal)/_masters/new-clip.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import { type MarkFault, type MarkKind, marked, NO_MARKS } from './mark.ts';
import { draftOfParts } from './mark-facts.ts';
import { useMadeClips } from './use-made-clips.ts';
import { useMarkFacts } from './use-mark-facts.ts';

interface MarkingOptions {
  team: string;
  /** The film on screen; `null` where there is none. */
  film: FilmJson | null;
  rate: FrameRate | null;
  /** The first moment of the frame on screen, in seconds of the film; `null` where a clip is on screen. */
  shownS: () => number | null;
  /** Whether a clip is on screen. */
  isInClip: boolean;
  /** Whether facts are asked for before a clip is made. */
  asksFirst: boolean;
  /** Called with a clip that was made. */
  onMade: (clip: ClipJson) => void;
  onUndone: (clipId: string) => void;
  /** Asks for the facts that are missing. */
  askForFacts: () => void;
}

/** A clip that is marked in a film, and the button that marked it, if one did. */
interface Mark extends CutRange {
  film: FilmJson;
  by: ButtonMark | null;
}

/** Fields that were refused: by the schema, or by the server with its own words. */
interface Refused {
  fields: ReadonlySet<string>;
  words: Readonly<Record<string, string>>;
}
const NOTHING_REFUSED: Refused = { fields: new Set(), words: {} };

/** Marks clips in the film on screen and makes them. What cannot be made yet is held with its place, and nothing typed is lost. */
export function useMarking(options: MarkingOptions) {
  const { team, film, rate, shownS, isInClip, asksFirst, onMade, onUndone, askForFacts } = options;
  const t = useTranslations('film.mark');
  const client = useQueryClient();
  const facts = useMarkFacts(team, film);
  const [marks, setMarks] = useState(NO_MARKS);
  const [fault, setFault] = useState<MarkFault | 'in_clip' | null>(null);
  const [held, setHeld] = useState<readonly Mark[]>([]);
  const [refused, setRefused] = useState(NOTHING_REFUSED);
  const { made, add, takeBack } = useMadeClips(onUndone);
  const create = useMutation(markClipOptions(client));

  /** Keeps a clip for later; one that has waited already stays the first in line. */
  const keep = (mark: Mark, hasWaited: boolean) => setHeld((old) => (hasWaited ? [mark, ...old] : [...old, mark]));
  const send = async (mark: Mark, hasWaited: boolean): Promise<void> => {
    const { by, film: markedFilm, ...range } = mark;
    const masterId = markedFilm.id;
    const [draft, tags] = [facts.draftOf(markedFilm), facts.tags];
    const said = { facts: draftOfParts(draft, by?.facts ?? {}), tags, moreTags: by?.tags ?? [] };
    const { body, refused: fields } = newClipBody(markedFilm, { range, ...said });
    if (!body) {
      setRefused({ fields, words: {} });
      keep(mark, hasWaited);
      return askForFacts();
    }
    setRefused(NOTHING_REFUSED);
    try {
      const clip = await add(create.mutateAsync({ body, masterId, key: newIdempotencyKey() }), { masterId, by });
      // What a button says holds for its own clips alone.
      facts.onMade(draft);
      onMade(clip);
    } catch (error) {
      const named = isApiError(error) ? (error.problem.errors ?? []) : [];
      setRefused({ fields: new Set(), words: Object.fromEntries(named.map(({ path, message }) => [path, message])) });
      keep(mark, hasWaited);
      toast.error(t('notMade', { reason: error instanceof Error ? error.message : '' }));
    }
  };
  const markAt = (kind: MarkKind, by: ButtonMark | null) => {
    const atS = shownS();
    if (atS === null || !film) return setFault('in_clip');
    const next = marked(marks, kind, atS, film, rate, by ?? undefined);
    setMarks(next.marks);
    setFault(next.fault);
    if (!next.range) return;
    const mark = { ...next.range, film, by };
    // A button has said what there is to say.
    if (!asksFirst || by) return void send(mark, false);
    keep(mark, false);
    askForFacts();
  };
  /** Makes the clip that waits longest. */
  const makeHeld = () => {
    const [mark, ...others] = held;
    if (!mark) return;
    setHeld(others);
    void send(mark, true);
  };
  return {
    // One who came back to the film need not be told any more.
    fault: fault === 'in_clip' && !isInClip ? null : fault,
    ...{ facts, inS: marks.inS, held, refused, makeHeld, takeBack },
    made: made.map(({ clip }) => clip),
    mark: (kind: MarkKind) => markAt(kind, null),
    /** Marks the moment on screen by a button. */
    press: (by: ButtonMark) => markAt('around', by),
    /** How many clips of this visit a button has made that were not taken back. */
    madeBy: (id: string) => made.filter(({ by }) => by?.id === id).length,
    isMaking: create.isPending,
    forgetIn: () => setMarks(NO_MARKS),
    discardHeld: () => setHeld((old) => old.slice(1)),
  };
}
export type Marking = ReturnType<typeof useMarking>;
