import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl';
import { anchorsOptions } from '#app/_client/anchor-queries.ts';
import { gamePlaysOptions } from '#app/_client/play-queries.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { frameRateOf } from '#app/_client/timecode.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { toast } from '#app/_ui/toast.ts';
import type { PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { Anchor } from '#lib/plays/anchor-schemas.ts';
import type { GameJson } from '#lib/plays/game-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import {
  type ClockedPlay,
  checkPlays,
  isClocked,
  movedPlays,
  nudged,
  setAnchorsOf,
  type TieChange,
  tieFromHere,
  tieOpening,
  tiePlay,
} from './tie-clock.ts';
import { useAnchorChanges } from './use-anchor-changes.ts';

/** The picture of the page, as far as clocks are tied to it. */
interface TiedPicture {
  /** The film on screen; `null` where a clip is, or nothing. */
  master: FilmJson | null;
  /** Shows the moment of a play. */
  show: (play: PlayJson, window: null) => void;
}

interface GameSyncOptions {
  game: GameJson;
  picture: TiedPicture;
  playerRef: RefObject<PlayerHandle | null>;
  selected: PlayJson | null;
  /** Whether the reader may tie clocks to film. */
  canTie: boolean;
}

/** What the picture is said to show: the opening face-off of the period, or the play that is looked at. */
export type TieTarget = 'opening' | 'play';

const NO_PLAYS: readonly PlayJson[] = [];
/** Of a film whose rate nobody has told. */
const USUAL_RATE = frameRateOf(30);

/** A choice that holds while one looks at the same: for another play, or film, it is made anew. */
function useChoiceFor<T>(about: string): [T | null, (value: T) => void] {
  const [chosen, setChosen] = useState<{ about: string; value: T } | null>(null);
  return [chosen?.about === about ? chosen.value : null, (value) => setChosen({ about, value })];
}

/** Which period is tied to which film, by what is on screen, and what is known of that. */
function useTieSubject({ game, picture, selected, canTie }: GameSyncOptions) {
  const masterId = picture.master?.id ?? null;
  const loaded = useQuery({ ...gamePlaysOptions(game, {}), enabled: canTie }).data;
  const all = loaded ?? NO_PLAYS;
  const anchors = useQuery({ ...anchorsOptions(masterId ?? ''), enabled: canTie && masterId !== null }).data;
  const periods = [...new Set(game.periods.map(({ period }) => period))].sort((a, b) => a - b);
  // Before a file comes, nobody says how many there are.
  const choices = [...new Set([1, 2, 3, ...periods])].sort((a, b) => a - b);
  const untied = game.periods.find(({ anchored }) => !anchored)?.period;
  const [chosen, setPeriod] = useChoiceFor<number>(String(selected?.id));
  const period = chosen ?? selected?.period ?? untied ?? periods[0] ?? 1;
  const ofPeriod = all.filter((play) => play.period === period);
  const own = anchors ? setAnchorsOf(anchors).filter((anchor) => anchor.period === period) : [];
  const play = selected && isClocked(selected) && selected.period === period ? selected : null;
  const [wanted, setTarget] = useChoiceFor<TieTarget>(`${masterId} ${period} ${play?.id}`);
  const usual: TieTarget = own.length > 0 && play ? 'play' : 'opening';
  return {
    ...{ masterId, all, anchors, choices, period, setPeriod, own, play, setTarget },
    target: play ? (wanted ?? usual) : ('opening' as const),
    isTimed: ofPeriod.some(({ source }) => source === 'playsequence'),
    hasPlays: ofPeriod.length > 0,
    isKnown: anchors !== undefined && loaded !== undefined,
    /** Nobody has said it, but a file times the period and the film is taken to begin with it. */
    isPresumed: anchors?.anchors.some((anchor) => !anchor.is_set && anchor.period === period) ?? false,
    checks: masterId ? checkPlays(all, masterId, period) : [],
  };
}

/** Ties the clocks of a game's periods to its films: by what is on screen, at one press. */
export function useGameSync(options: GameSyncOptions) {
  const { picture, playerRef, canTie } = options;
  const t = useTranslations('playSync');
  const hockey = useTranslations('hockey');
  const client = useQueryClient();
  const subject = useTieSubject(options);
  const { masterId, period, play, target, isTimed, all } = subject;
  const changes = useAnchorChanges();

  const undo = async () => {
    const done = await changes.undo();
    if (done === 'undone') toast.success(t('undone'));
    else if (done === 'nothing') toast(t('nothingToUndo'));
  };
  /** Changes the anchors of the film, and says what became of that. */
  const change = async (by: (anchors: Anchor[], master: string) => TieChange) => {
    if (!masterId) return;
    const made: { change: TieChange | null } = { change: null };
    const isChanged = await changes.change(masterId, (known) => {
      made.change = by(setAnchorsOf(known), masterId);
      return made.change.kind === 'same' ? null : made.change.anchors;
    });
    const kind = made.change?.kind;
    // Why nothing was changed has been told where it failed.
    if (!kind || (!isChanged && kind !== 'same')) return;
    const told = t(`told.${kind}`, { period: periodName(hockey, period) });
    if (isChanged) toast.success(told, { action: { label: t('undo'), onClick: () => void undo() } });
    else toast(told);
  };
  /** The frame on screen, which stays there. */
  const frameOnScreen = (): number | null => {
    const player = playerRef.current;
    if (!player?.hasPicture()) return null;
    player.pause();
    return player.moment().atS;
  };
  const lists = { queryKey: queryKeys.playLists };
  /** The play on screen has this place at once; the server says so of the others a moment later. */
  const placeHere = (of: ClockedPlay, video: PlayJson['video']) => {
    void client.cancelQueries(lists);
    client.setQueriesData<PlayJson[]>(lists, (plays) =>
      plays?.map((each) => (each.id === of.id ? { ...each, video } : each)),
    );
  };
  const tieBy = async (
    by: (anchors: Anchor[], atS: number, master: string) => TieChange,
    shown: ClockedPlay | null,
  ) => {
    const atS = frameOnScreen();
    if (masterId === null || atS === null) return void toast(t('noPicture'));
    if (shown) placeHere(shown, { master_id: masterId, at_s: atS, is_exact: true });
    await change((anchors, master) => by(anchors, atS, master));
  };
  const onScreen = (of: ClockedPlay, atS: number, master: string) => ({ play: of, atS, masterId: master, isTimed });
  const tie = () =>
    tieBy(
      (anchors, atS, master) =>
        target === 'play' && play ? tiePlay(anchors, onScreen(play, atS, master)) : tieOpening(anchors, period, atS),
      target === 'play' ? play : null,
    );
  const fromHere = () =>
    tieBy((anchors, atS) => (play ? tieFromHere(anchors, { play, atS }) : tieOpening(anchors, period, atS)), play);
  /** The film does begin with the period's opening face-off. */
  const confirm = () => change((anchors) => tieOpening(anchors, period, 0));
  const remove = (gone: Anchor) =>
    change((anchors) => {
      const isOther = (anchor: Anchor) => anchor.period !== gone.period || anchor.clock_s !== gone.clock_s;
      return { kind: 'removed', anchors: anchors.filter(isOther) };
    });
  const nudge = async (direction: 1 | -1) => {
    if (!masterId) return;
    const rate = picture.master?.frame_rate ? frameRateOf(picture.master.frame_rate) : USUAL_RATE;
    const move = { period, byS: (direction * rate.den) / rate.num, masterId };
    // The plays are there at once, and the picture goes with the one that is looked at; the server says so a moment later.
    // An answer that is on its way knows nothing of this move.
    void client.cancelQueries(lists);
    client.setQueriesData<PlayJson[]>(lists, (plays) => plays && movedPlays(plays, move));
    const moved = client.getQueriesData<PlayJson[]>(lists).flatMap(([, plays]) => plays ?? []);
    const looked = moved.find(({ id }) => id === play?.id);
    if (looked?.video?.master_id === masterId && playerRef.current?.isPaused()) picture.show(looked, null);
    let isTied = true;
    await changes.change(masterId, (known) => {
      const anchors = nudged(known, { ...move, plays: all });
      isTied = anchors !== null;
      return anchors;
    });
    if (!isTied) toast(t('nothingToNudge'));
  };

  const key = (sign: string, cap: string, text: string, act: () => void): PageKey => ({ key: sign, cap, text, act });
  const alt = (sign: string, code: string, text: string, act: () => void): PageKey => ({
    ...{ ...key(sign, `Alt ${sign}`, text, act), code, repeats: true, with: 'Alt' },
  });
  const pageKeys = canTie
    ? [
        key('s', 'S', target === 'play' ? t('keys.play') : t('keys.opening'), () => void tie()),
        alt(',', 'Comma', t('keys.back'), () => void nudge(-1)),
        alt('.', 'Period', t('keys.on'), () => void nudge(1)),
      ]
    : [];
  return {
    ...{ ...subject, canTie, pageKeys, tie, fromHere, confirm, remove, nudge, undo },
    canUndo: changes.canUndo,
  };
}
export type GameSync = ReturnType<typeof useGameSync>;
