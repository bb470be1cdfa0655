'use client';

import 'media-tracks/polyfill';
import '#app/(portal)/watch/_components/player.css';
import '#app/(portal)/watch/_components/player-layers.css';
import './reel-player.css';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Spinner } from '#app/_ui/spinner.tsx';
import { useWatchedVideo, type Watched } from '#app/_watched/use-watched.ts';
import { NotesLayer } from '#app/(portal)/_notes/notes-layer-client.tsx';
import type { ShownNote } from '#app/(portal)/_notes/shown-note.ts';
import type { KeysOfPage } from '#app/(portal)/watch/_components/keys-dialog-client.tsx';
import { KeysDialog } from '#app/(portal)/watch/_components/late-keys-dialog-client.tsx';
import { JumpMark, SoundOff } from '#app/(portal)/watch/_components/picture-layers-client.tsx';
import { PlayerFault } from '#app/(portal)/watch/_components/player-fault-client.tsx';
import { type PageKey, usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import { useTouchJumps } from '#app/(portal)/watch/_components/use-touch-jumps.ts';
import type { DeckItem } from './deck-item.ts';
import { ReelBar } from './reel-bar-client.tsx';
import type { ReelDeck } from './reel-deck.ts';
import type { StartItem } from './reel-source.ts';
import { toggleFullscreen, useDeckActions } from './use-deck-actions.ts';
import { useDeckClock } from './use-deck-clock.ts';
import { useIdleControls, useMouseClick } from './use-idle-controls.ts';
import { useReelDeck } from './use-reel-deck.ts';

/** What a page asks the player of a reel for. */
export interface ReelPlayerHandle {
  deck: () => ReelDeck | null;
  container: () => HTMLElement | null;
}

interface ReelPlayerProps {
  ref: Ref<ReelPlayerHandle>;
  /** What is counted as watched while an item plays; the clip alone, where clips of a list play as one. */
  watchedOf?: (item: DeckItem) => Watched;
  items: readonly DeckItem[];
  start: StartItem;
  /** Told when an item begins to play. */
  onPlaying?: (item: DeckItem) => void;
  servedAtMs: number;
  firstId: string | null;
  /** Says what the picture shows, for those who cannot see it. */
  titleOf: (item: DeckItem) => string;
  /** Told with the item that is on screen. */
  onItem: (itemId: string | null) => void;
  pageKeys?: KeysOfPage;
  /** Whether the whole clip is shown, whatever the item's ends: somebody is about to set them. */
  isFree?: boolean;
  /** Whether the screen is black. */
  isBlack?: boolean;
  /** The notes on an item, which lie over the picture, in full screen as well, and on the bar. */
  notesOf?: (item: DeckItem) => readonly ShownNote[];
  /** In the picture's place, where there is nothing to play. */
  empty: ReactNode;
}

const NO_KEYS: KeysOfPage = [];
const NO_NOTES: readonly ShownNote[] = [];
const clipOf = ({ clip }: DeckItem): Watched => ({ clipId: clip.clip_id });

/** The player of a reel: one picture, in which each item follows the last one without a gap. */
export function ReelPlayer(props: ReelPlayerProps) {
  const { ref, items, titleOf, onItem, pageKeys = NO_KEYS, isFree = false, isBlack = false, notesOf } = props;
  const t = useTranslations('reels.player');
  const containerRef = useRef<HTMLDivElement>(null);
  const stageRef = useRef<HTMLDivElement>(null);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const { deck, state } = useReelDeck(stageRef, props);
  const clock = useDeckClock(deck, state.turn);
  const at = items.findIndex(({ id }) => id === state.itemId);
  const item = items[at] ?? null;
  // Of the picture that is there, not of the one that is wanted.
  const onScreen = deck?.item ?? null;
  const video = state.turn >= 0 ? (deck?.video ?? null) : null;
  useWatchedVideo(video, onScreen && (props.watchedOf ?? clipOf)(onScreen));
  // Of what the list says of it now.
  const noted = items.find(({ id }) => id === onScreen?.id);
  const notes = (noted && notesOf?.(noted)) ?? NO_NOTES;
  useImperativeHandle(ref, () => ({ deck: () => deck, container: () => containerRef.current }));
  useEffect(() => deck?.setFree(isFree), [deck, isFree]);
  useEffect(() => onItem(state.itemId), [onItem, state.itemId]);
  const title = item ? titleOf(item) : '';
  useEffect(() => {
    if (state.turn >= 0) deck?.video.nativeEl.setAttribute('aria-label', title);
  }, [deck, state.turn, title]);

  const showKeys = () => setAreKeysShown(true);
  const perform = useDeckActions({ deck, containerRef, isFree, showKeys });
  const step = (by: 1 | -1) => void deck?.step(by);
  // As in a presentation; jumps of seconds are J's and L's.
  const arrow = (key: string, cap: string, text: string, by: 1 | -1): PageKey => ({
    ...{ key, cap, text, repeats: true },
    act: () => step(by),
  });
  const allKeys = [arrow('ArrowLeft', '←', t('previous'), -1), arrow('ArrowRight', '→', t('next'), 1), ...pageKeys];
  usePlayerKeys(perform, allKeys);
  const jump = useTouchJumps(containerRef, { onSwipe: (to) => step(to === 'next' ? 1 : -1), perform });
  const areControlsShown = useIdleControls(containerRef, clock.isPaused);
  useMouseClick(stageRef, () => deck?.toggle());
  return (
    <div>
      <div
        ref={containerRef}
        className="player reel-player"
        data-idle={areControlsShown ? undefined : ''}
        data-black={isBlack ? '' : undefined}
      >
        <div ref={stageRef} className="reel-stage" />
        {items.length === 0 ? <div className="player-waiting">{props.empty}</div> : null}
        {video && noted && notesOf && !isFree ? (
          <NotesLayer key={noted.id} videoOf={() => video} notes={notes} />
        ) : null}
        {item && !state.hasPicture && !state.fault ? (
          <div className="reel-loading">
            <Spinner className="size-8" />
          </div>
        ) : null}
        <JumpMark jump={jump} />
        {state.isSilenced ? <SoundOff onSound={() => perform({ kind: 'toggle-mute' })} /> : null}
        {state.fault && item ? <PlayerFault fault={state.fault} kind="clip" onRetry={() => deck?.retry()} /> : null}
        {isBlack ? <div className="reel-black" role="img" aria-label={t('black')} /> : null}
        {item ? (
          <ReelBar
            {...{ item, clock, isFree, perform }}
            notes={noted?.id === item.id ? notes : NO_NOTES}
            place={{ at, of: items.length }}
            onSeek={(atS) => {
              if (deck) deck.video.currentTime = atS;
            }}
            onStep={step}
            onFullscreen={() => toggleFullscreen(containerRef.current)}
          />
        ) : null}
      </div>
      <KeysDialog open={areKeysShown} onOpenChange={setAreKeysShown} pageKeys={allKeys} />
    </div>
  );
}
