'use client';

import { type RefObject, useState } from 'react';
import { NotesPanel } from '#app/(portal)/_notes/notes-panel-client.tsx';
import { useNotes } from '#app/(portal)/_notes/use-notes.ts';
import type { ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';

interface ReelNotesProps {
  reelId: string;
  /** The item on screen. */
  shown: ReelItemJson | undefined;
  playerRef: RefObject<ReelPlayerHandle | null>;
}

/** The notes on the clip on screen, to be read and answered where the reel shows it; they are written on the clip's own page. */
export function ReelNotes({ reelId, shown, playerRef }: ReelNotesProps) {
  const [player] = useState(() => {
    const element = () => playerRef.current?.deck()?.video ?? null;
    return {
      current: {
        element,
        moment: () => ({ atS: element()?.currentTime ?? null }),
        pause: () => element()?.pause(),
        goTo: (seconds: number) => {
          const video = element();
          if (video) video.currentTime = seconds;
        },
      },
    };
  });
  const notes = useNotes({ of: { kind: 'reels', id: reelId }, playerRef: player, canWrite: false });
  const ofClip = notes.notes.filter(({ clip_id }) => clip_id === shown?.clip_id);
  if (ofClip.length === 0) return null;
  return (
    <div className="mt-4">
      <NotesPanel notes={{ ...notes, notes: ofClip }} />
    </div>
  );
}
