'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useTranslations } from 'use-intl';
import { filmOfMaster } from '#app/(portal)/_masters/master-film.ts';
import { NoteMarks, NotesLayer } from '#app/(portal)/_notes/notes-layer-client.tsx';
import type { Notes } from '#app/(portal)/_notes/use-notes.ts';
import { FilmWaiting } from '#app/(portal)/masters/[id]/_components/film-waiting-client.tsx';
import { filmOfClip } from '#app/(portal)/watch/_components/clip-film.ts';
import { ClipWaiting } from '#app/(portal)/watch/_components/clip-waiting-client.tsx';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { KeysOfPage } from '#app/(portal)/watch/_components/keys-dialog-client.tsx';
import type { GameRights } from './game-rights.ts';
import type { GamePicture } from './use-game-picture.ts';

export interface GamePlayerProps {
  playerRef: Ref<PlayerHandle>;
  picture: GamePicture;
  /** Why the picture is not that of the play that is looked at. */
  missing: ReturnType<GamePicture['missingOf']>;
  servedAtMs: number;
  pageKeys: KeysOfPage;
  can: GameRights;
  notes: Notes;
  onNeighbour: (which: 'previous' | 'next') => void;
}

/** The player of a game's films, and of clips where there is no film to watch. */
export function GamePlayer({
  playerRef,
  picture,
  missing,
  servedAtMs,
  pageKeys,
  can,
  notes,
  onNeighbour,
}: GamePlayerProps) {
  const queryClient = useQueryClient();
  const { master, playback, clip, moment, onPicture } = picture;
  const film = clip
    ? filmOfClip(queryClient, { clip, opened: clip, playlists: null })
    : master && filmOfMaster(queryClient, master.id, playback);
  if (!film) return null;
  return (
    <FilmPlayer
      ref={playerRef}
      film={{ ...film, plays: false }}
      title={master?.filename ?? clip?.clip_id ?? ''}
      servedAtMs={servedAtMs}
      moment={moment}
      waiting={
        master ? <FilmWaiting film={master} /> : clip ? <ClipWaiting clip={clip} canEdit={can.canEditClips} /> : null
      }
      layers={
        <>
          {notes.composing ? null : <NotesLayer videoOf={notes.videoOf} notes={notes.notes} />}
          <Missing missing={missing} />
        </>
      }
      onBar={<NoteMarks notes={notes.notes} durationS={film.durationS} />}
      pageKeys={pageKeys}
      onNeighbour={onNeighbour}
      onEnd={() => {}}
      onFrameRate={() => {}}
      onPicture={onPicture}
    />
  );
}

/** Says over the picture that it is not the play’s. */
function Missing({ missing }: Pick<GamePlayerProps, 'missing'>) {
  const t = useTranslations('games.picture');
  return missing === null ? null : (
    <p role="status" className="game-missing">
      {t(missing)}
    </p>
  );
}
