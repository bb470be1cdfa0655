'use client';

import { Film, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import type { KeysOfPage } from '#app/(portal)/watch/_components/keys-dialog-client.tsx';
import { KeysDialog } from '#app/(portal)/watch/_components/late-keys-dialog-client.tsx';
import { usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { GamePlayerProps } from './game-player-client.tsx';
import type { GameRights } from './game-rights.ts';

const loadPlayer = () => import('./game-player-client.tsx').then(({ GamePlayer }) => GamePlayer);
const GamePlayer = dynamic(loadPlayer, {
  ssr: false,
  loading: PlayerToCome,
});

function PlayerToCome() {
  return <div aria-hidden className="game-player-to-come" />;
}

interface GamePictureProps extends GamePlayerProps {
  arePlaysThere: boolean;
  /** Whether clips were made of plays that the reader sees. */
  hasClips: boolean;
}

/** The picture of the play that is looked at, or why there is none. The player comes behind the plays, which are asked for first. */
export function GamePicture({ arePlaysThere, hasClips, ...props }: GamePictureProps) {
  const { picture, can, pageKeys } = props;
  const [isDue, setIsDue] = useState(arePlaysThere);
  // Once it is there it stays: filters ask for plays again.
  if (arePlaysThere && !isDue) setIsDue(true);
  if (!picture.master && !picture.clip) {
    return <NoPicture {...{ can, hasClips, pageKeys }} />;
  }
  return isDue ? <GamePlayer {...props} /> : <PlayerToCome />;
}

/** What is said there. Whether there is film is not told to those who watch none. */
function wordsOf({ canManageMasters, canWatchMasters }: GameRights, hasClips: boolean) {
  if (canManageMasters) return { title: 'noneTitle', description: 'noneUpload' } as const;
  if (canWatchMasters) return { title: 'noneTitle', description: 'noneAsk' } as const;
  if (hasClips) return { title: 'clipsTitle', description: 'clipsDescription' } as const;
  return { title: 'noneYoursTitle', description: 'noneYours' } as const;
}

/** Stands where the picture would be: the page's keys work without one. */
function NoPicture({ can, hasClips, pageKeys }: { can: GameRights; hasClips: boolean; pageKeys: KeysOfPage }) {
  const t = useTranslations('games.picture');
  const [areKeysShown, setAreKeysShown] = useState(false);
  const { title, description } = wordsOf(can, hasClips);
  usePlayerKeys(({ kind }) => {
    if (kind === 'show-keys') setAreKeysShown(true);
  }, pageKeys);
  return (
    <div className="game-no-picture">
      <EmptyState
        className="py-4"
        icon={<Film />}
        title={t(title)}
        description={t(description)}
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
