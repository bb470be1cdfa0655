import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { toast } from '#app/_ui/toast.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { Marking } from './use-marking.ts';
import type { ShownFilm } from './use-shown-film.ts';

interface FilmKeysOptions {
  marking: Marking;
  shown: ShownFilm;
  /** In order of time. */
  clips: readonly ClipJson[];
  playerRef: RefObject<PlayerHandle | null>;
  askForFacts: () => void;
}

/** A clip that begins this close is the one that one is at. */
const HERE_S = 0.5;

/** The keys of the page, and what “next” and “previous” mean on it: the clips of the film, in order of time. */
export function useFilmKeys({ marking, shown, clips, playerRef, askForFacts }: FilmKeysOptions) {
  const t = useTranslations('film.keys');
  const neighbours = useTranslations('clip.neighbours');
  const back = () => (shown.clip ? shown.backToFilm() : shown.closeInset());
  const view = () => {
    const last = shown.inset ?? marking.made.at(-1);
    if (last) shown.open(last.clip_id);
  };
  const key = (name: string, cap: string, text: string, act: () => void): PageKey => ({ key: name, cap, text, act });
  const pageKeys = [
    key('i', 'I', t('in'), () => marking.mark('in')),
    key('o', 'O', t('out'), () => marking.mark('out')),
    key('e', 'E', t('around', { lead: String(LEAD_S), lag: String(LAG_S) }), () => marking.mark('around')),
    key('u', 'U', t('undo'), marking.takeBack),
    key('t', 'T', t('facts'), askForFacts),
    key('v', 'V', t('view'), view),
    key('Escape', 'Esc', t('back'), back),
  ];

  const onNeighbour = (which: 'previous' | 'next') => {
    const hereS = shown.clip?.start_timecode_s ?? playerRef.current?.moment().atS ?? 0;
    const isBeyond = ({ start_timecode_s: startS }: ClipJson) =>
      which === 'next' ? startS > hereS + HERE_S : startS < hereS - HERE_S;
    const to = which === 'next' ? clips.find(isBeyond) : clips.findLast(isBeyond);
    if (!to) toast(neighbours('none'));
    else if (shown.clip) shown.open(to.clip_id);
    else playerRef.current?.goTo(to.start_timecode_s);
  };
  return { pageKeys, onNeighbour };
}
