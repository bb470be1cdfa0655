'use client';

import type { Ref } from 'react';
import { FilmWaiting } from '#app/(portal)/masters/[id]/_components/film-waiting-client.tsx';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { KeysOfPage } from '#app/(portal)/watch/_components/keys-dialog-client.tsx';
import type { GamePicture as Picture } from './use-game-picture.ts';

interface GamePictureProps {
  playerRef: Ref<PlayerHandle>;
  picture: Picture;
  servedAtMs: number;
  pageKeys: KeysOfPage;
  onNeighbour: (which: 'previous' | 'next') => void;
}

/** The picture of the play that is looked at. */
export function GamePicture({ playerRef, picture, servedAtMs, pageKeys, onNeighbour }: GamePictureProps) {
  const { film, shown, moment, onPicture } = picture;
  if (!film || !shown) return null;
  return (
    <FilmPlayer
      ref={playerRef}
      film={film}
      title={shown.film.filename}
      servedAtMs={servedAtMs}
      moment={moment}
      waiting={<FilmWaiting film={shown.film} />}
      pageKeys={pageKeys}
      onNeighbour={onNeighbour}
      onEnd={() => {}}
      onFrameRate={() => {}}
      onPicture={onPicture}
    />
  );
}
