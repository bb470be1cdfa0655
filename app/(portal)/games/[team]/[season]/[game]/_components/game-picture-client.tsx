'use client';

import { Film, Upload } from 'lucide-react';
import Link from 'next/link';
import { type Ref, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { FilmWaiting } from '#app/(portal)/masters/[id]/_components/film-waiting-client.tsx';
import { ClipWaiting } from '#app/(portal)/watch/_components/clip-waiting-client.tsx';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import { KeysDialog, type KeysOfPage } from '#app/(portal)/watch/_components/keys-dialog-client.tsx';
import { usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { GameRights } from './game-rights.ts';
import type { GamePicture as Picture } from './use-game-picture.ts';

interface GamePictureProps {
  playerRef: Ref<PlayerHandle>;
  picture: Picture;
  servedAtMs: number;
  pageKeys: KeysOfPage;
  can: GameRights;
  onNeighbour: (which: 'previous' | 'next') => void;
}

/** The picture of the play that is looked at, or why there is none. */
export function GamePicture({ playerRef, picture, servedAtMs, pageKeys, can, onNeighbour }: GamePictureProps) {
  const { film, master, clip, moment, onPicture } = picture;
  if (!film) return <NoPicture can={can} pageKeys={pageKeys} />;
  return (
    <FilmPlayer
      ref={playerRef}
      film={film}
      title={master?.filename ?? clip?.clip_id ?? ''}
      servedAtMs={servedAtMs}
      moment={moment}
      waiting={
        master ? <FilmWaiting film={master} /> : clip ? <ClipWaiting clip={clip} canEdit={can.canEditClips} /> : null
      }
      layers={<Missing missing={picture.missing} />}
      pageKeys={pageKeys}
      onNeighbour={onNeighbour}
      onEnd={() => {}}
      onFrameRate={() => {}}
      onPicture={onPicture}
    />
  );
}

/** Says over the picture that it is not the play’s. */
function Missing({ missing }: Pick<Picture, 'missing'>) {
  const t = useTranslations('games.picture');
  return missing === null ? null : (
    <p role="status" className="game-missing">
      {t(missing)}
    </p>
  );
}

/** Stands where the picture would be: the page's keys work without one. */
function NoPicture({ can, pageKeys }: { can: GameRights; pageKeys: KeysOfPage }) {
  const t = useTranslations('games.picture');
  const [areKeysShown, setAreKeysShown] = useState(false);
  usePlayerKeys(({ kind }) => {
    if (kind === 'show-keys') setAreKeysShown(true);
  }, pageKeys);
  return (
    <div className="game-no-picture">
      <EmptyState
        className="py-4"
        icon={<Film />}
        title={can.canWatchMasters ? t('noneTitle') : t('clipsTitle')}
        description={
          can.canManageMasters ? t('noneUpload') : can.canWatchMasters ? t('noneAsk') : t('clipsDescription')
        }
        actions={
          can.canManageMasters ? (
            <Button asChild>
              <Link href="/admin/upload">
                <Upload aria-hidden />
                {t('upload')}
              </Link>
            </Button>
          ) : null
        }
      />
      <KeysDialog open={areKeysShown} onOpenChange={setAreKeysShown} pageKeys={pageKeys} />
    </div>
  );
}
