'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { useTranslations } from 'use-intl';
import { gameHref } from '#app/_client/game-href.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { Button, type ButtonSize } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { GameParams } from '#lib/plays/game-schemas.ts';
import type { PlayImportJson } from '#lib/plays/play-schemas.ts';
import { usePlayImport } from './use-play-import.ts';

const ImportDialog = dynamic(() => import('./import-dialog-client.tsx').then((all) => all.ImportDialog));

/** Opens the choice of files; `null` for those who may not import any. */
const ChooseFiles = createContext<(() => void) | null>(null);

interface GameImportProps {
  /** The game that all files are of; `null` where each says, or is asked for, its own. */
  game: GameParams | null;
  /** The reader's teams, or `ALL`. */
  ownTeams: readonly string[];
  /** Whether the reader may import plays; who may not has the page alone. */
  canImport: boolean;
  children: ReactNode;
}

/** A page on which files of plays may be dropped anywhere. */
export function GameImport({ canImport, children, ...rest }: GameImportProps) {
  return canImport ? <DropPage {...rest}>{children}</DropPage> : children;
}

function DropPage({ game, ownTeams, children }: Omit<GameImportProps, 'canImport'>) {
  const t = useTranslations('playImport');
  const router = useRouter();
  const client = useQueryClient();
  const done = ({ added, changed, removed }: PlayImportJson, of: GameParams, name: string) => {
    const open = { label: t('openGame'), onClick: () => router.push(gameHref(of)) };
    toast.success(t('done', { name, added, changed, removed }), game ? {} : { action: open });
    void client.invalidateQueries({ queryKey: queryKeys.plays });
    void client.invalidateQueries({ queryKey: queryKeys.allGames });
    // A file that times its periods places them by itself.
    void client.invalidateQueries({ queryKey: queryKeys.allAnchors });
  };
  const files = usePlayImport({ game, ownTeams, onImported: done });
  const [isAsked, setIsAsked] = useState(false);
  // From the first file on: it closes by itself.
  if (files.current && !isAsked) setIsAsked(true);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    ...{ noClick: true, noKeyboard: true },
    onDrop: (dropped) => files.add(dropped),
  });
  return (
    <ChooseFiles value={open}>
      <div {...getRootProps({ role: undefined, tabIndex: undefined })} className="min-h-[60dvh]">
        <input {...getInputProps()} aria-label={t('choose')} />
        {children}
        {isDragActive ? (
          <div className="pointer-events-none fixed inset-2 z-60 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-overlay/85">
            <p className="flex items-center gap-2 text-base font-medium">
              <FileUp aria-hidden className="size-5" />
              {game ? t('dropHere') : t('dropAny')}
            </p>
          </div>
        ) : null}
        {isAsked ? <ImportDialog files={files} isOfOneGame={game !== null} /> : null}
      </div>
    </ChooseFiles>
  );
}

/** Chooses files of plays, for those who cannot drag; nothing for those who may not import any. */
export function ImportPlaysButton({ size = 'sm' }: { size?: ButtonSize }) {
  const t = useTranslations('playImport');
  const choose = use(ChooseFiles);
  if (!choose) return null;
  return (
    <Button size={size} onClick={choose} className="max-sm:min-w-9 max-sm:px-0 pointer-coarse:max-sm:min-w-11">
      <FileUp aria-hidden />
      <span className="max-sm:sr-only">{t('button')}</span>
    </Button>
  );
}
