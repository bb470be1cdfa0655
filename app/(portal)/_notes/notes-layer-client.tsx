'use client';

import '#app/(portal)/_drawing/drawing.css';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { DrawnShapes, frameAttributes } from '#app/(portal)/_drawing/drawing-view-client.tsx';
import { usePictureBox } from '#app/(portal)/_drawing/use-picture-box.ts';
import type { ShownNote } from './shown-note.ts';
import { useNoteHold } from './use-note-hold.ts';

interface NotesLayerProps {
  /** The element of the player that it lies over, whose clock is the film's. */
  videoOf: () => HTMLVideoElement | null;
  /** The notes on what is played now. */
  notes: readonly ShownNote[];
  /** Where that begins on the element's clock. */
  beginsAtS?: number;
}

/**
 * Shows notes over a player at their moments, and holds the picture for them. It fills the positioned element that it
 * stands in, which the video lies in too.
 */
export function NotesLayer({ videoOf, notes, beginsAtS = 0 }: NotesLayerProps) {
  const t = useTranslations('notes');
  const [over, setOver] = useState<HTMLDivElement | null>(null);
  const box = usePictureBox(over, videoOf);
  const { shown, isHolding, goOn } = useNoteHold({ video: over && videoOf(), notes, beginsAtS });
  return (
    <div ref={setOver} className="notes-layer" data-holding={isHolding || undefined}>
      {box
        ? shown.map(({ id, drawing }) =>
            drawing ? (
              <svg key={id} {...frameAttributes(box)} aria-hidden className="notes-drawing" style={box}>
                <DrawnShapes drawing={drawing} size={box} />
              </svg>
            ) : null,
          )
        : null}
      <div role="status" className="notes-captions">
        {shown.map(({ id, text, author }) =>
          text === '' ? (
            <span key={id} className="sr-only">
              {t('drawn')}
            </span>
          ) : (
            <p key={id}>
              {text} {author ? <span>{author.name}</span> : null}
            </p>
          ),
        )}
      </div>
      {isHolding ? (
        <button type="button" className="notes-skip" onClick={goOn}>
          {t('goOn')}
        </button>
      ) : null}
    </div>
  );
}

interface NoteMarksProps {
  notes: readonly Pick<ShownNote, 'id' | 'at_s' | 'reply_to'>[];
  durationS: number;
}

/** Where notes lie; seen, not read out: the list says it in words. */
export function NoteMarks({ notes, durationS }: NoteMarksProps) {
  if (!(durationS > 0)) return null;
  return (
    <div className="note-marks" aria-hidden>
      {notes.map(({ id, at_s, reply_to }) =>
        reply_to === null ? (
          <span key={id} style={{ left: `${(Math.min(at_s, durationS) / durationS) * 100}%` }} />
        ) : null,
      )}
    </div>
  );
}
