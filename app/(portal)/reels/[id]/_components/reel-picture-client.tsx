'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { notesOptions } from '#app/_client/note-queries.ts';
import { tellReelPlay } from '#app/_client/reel-queries.ts';
import { frameAt, frameRateOf, secondsOfFrame } from '#app/_client/timecode.ts';
import { itemName } from '#app/(portal)/_open-reel/reel-words.ts';
import { deckItemsOf } from '#app/(portal)/_reels/deck-item.ts';
import type { KeptItems } from '#app/(portal)/_reels/kept-items.ts';
import { ReelPlayer, type ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import { startOfReel } from '#app/(portal)/_reels/reel-source.ts';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import { withEnd } from './trim.ts';
import { TrimPanel } from './trim-panel-client.tsx';
import { usePresentation } from './use-presentation.ts';
import type { ReelEdits } from './use-reel-edits.ts';

interface ReelPictureProps {
  playerRef: RefObject<ReelPlayerHandle | null>;
  edits: ReelEdits;
  kept: KeptItems;
  servedAtMs: number;
  firstId: string | null;
  shownId: string | null;
  trimmedId: string | null;
  trim: (id: string | null) => void;
  onItem: (id: string | null) => void;
}

/** The reel's picture, and below it what sets the ends of the item on screen. */
export function ReelPicture(props: ReelPictureProps) {
  const { playerRef, edits, kept, servedAtMs, firstId, shownId, trimmedId, trim, onItem } = props;
  const { reel, change, undo } = edits;
  const t = useTranslations('reels');
  const hockey = useTranslations('hockey');
  const [isBlack, setIsBlack] = useState(false);
  const client = useQueryClient();
  const [start] = useState(() => startOfReel(client, reel.id, kept));
  const notes = useQuery(notesOptions({ kind: 'reels', id: reel.id })).data ?? [];
  const items = useMemo(() => deckItemsOf(reel.items), [reel.items]);
  const shown = reel.items.find(({ id }) => id === shownId) ?? null;
  const nameOf = (id: string) => {
    const at = reel.items.findIndex((item) => item.id === id);
    const item = reel.items[at];
    return item ? itemName({ t, hockey }, item, at) : '';
  };
  usePresentation({ reel, shownId, deck: () => playerRef.current?.deck() ?? null });

  const setEnd = (end: 'in' | 'out') => {
    const deck = playerRef.current?.deck();
    if (!deck || !shown?.clip) return;
    const rate = frameRateOf(deck.state.framesPerSecond ?? 30);
    const frame = frameAt(deck.video.currentTime, rate);
    // Both frames belong to the item.
    const atS = secondsOfFrame(end === 'in' ? frame : frame + 1, rate);
    const facts = withEnd(shown, end, atS);
    if (facts) void change({ kind: 'edit', id: shown.id, facts });
  };
  const key = (name: string, cap: string, text: string, act: () => void): PageKey => ({ key: name, cap, text, act });
  const trimming = reel.may_edit
    ? [
        key('i', 'I', t('trim.in'), () => setEnd('in')),
        key('o', 'O', t('trim.out'), () => setEnd('out')),
        key('u', 'U', t('item.undo'), () => void undo()),
      ]
    : [];
  const pageKeys = [
    key('b', 'B', t('present.black'), () => setIsBlack((is) => !is)),
    key('Escape', 'Esc', t('trim.done'), () => (isBlack ? setIsBlack(false) : trim(null))),
    ...trimming,
  ];
  return (
    <>
      <ReelPlayer
        ref={playerRef}
        watchedOf={({ clip }) => ({ clipId: clip.clip_id, reelId: reel.id })}
        onPlaying={({ clip }) => void tellReelPlay(reel.id, clip.clip_id).catch(() => {})}
        {...{ items, start, servedAtMs, firstId, onItem, pageKeys, isBlack }}
        titleOf={({ id }) => nameOf(id)}
        isFree={trimmedId !== null}
        notesOf={({ clip }) => notes.filter(({ clip_id }) => clip_id === clip.clip_id)}
        empty={<p className="px-4 text-center text-sm text-muted">{t('player.empty')}</p>}
      />
      {trimmedId !== null && shown?.clip ? (
        <TrimPanel
          item={shown}
          framesPerSecond={playerRef.current?.deck()?.state.framesPerSecond ?? 30}
          onEnd={setEnd}
          onChange={(facts) => void change({ kind: 'edit', id: shown.id, facts })}
          onGoTo={(atS) => {
            const deck = playerRef.current?.deck();
            deck?.video.pause();
            if (deck) deck.video.currentTime = atS;
          }}
          onClose={() => trim(null)}
        />
      ) : null}
    </>
  );
}
