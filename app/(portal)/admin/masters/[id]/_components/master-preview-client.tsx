'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { masterPlaybackOptions } from '#app/_client/master-queries.ts';
import { Spinner } from '#app/_ui/spinner.tsx';
import { filmOfMaster } from '#app/(portal)/_masters/master-film.ts';
import { NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import { FilePreview, type FilePreviewProps } from './file-preview-client.tsx';
import { type Mark, MarkButtons, useMarkKeys } from './mark-buttons-client.tsx';

interface MasterPreviewProps extends Omit<FilePreviewProps, 'onUsed'> {
  /** Whether there is something of it that is played from its segments. */
  isPrepared: boolean;
  title: string;
  servedAtMs: number;
}

/**
 * The master as it is prepared, by the player of all films; its own file, where nothing of it is. A file that is shown already
 * stays when segments come, with its place and its marks.
 */
export function MasterPreview(props: MasterPreviewProps) {
  const [isFileUsed, setIsFileUsed] = useState(false);
  if (props.isPrepared && !isFileUsed) return <PreparedPreview {...props} />;
  return <FilePreview {...props} onUsed={() => setIsFileUsed(true)} />;
}

function PreparedPreview({ masterId, title, servedAtMs, rate, onMark, marks }: MasterPreviewProps) {
  const t = useTranslations('masters.preview');
  const playerRef = useRef<PlayerHandle>(null);
  const queryClient = useQueryClient();
  const { data: playback = null } = useQuery(masterPlaybackOptions(masterId));
  const mark = (which: Mark) => {
    const { atS } = playerRef.current?.moment() ?? {};
    if (typeof atS === 'number') onMark(which, atS + rate.den / rate.num / 2);
  };
  return (
    <div>
      <FilmPlayer
        ref={playerRef}
        film={{ ...filmOfMaster(queryClient, masterId, playback), plays: false }}
        title={title}
        servedAtMs={servedAtMs}
        moment={NO_MOMENT}
        waiting={<Spinner label={t('label')} />}
        onNeighbour={() => {}}
        onEnd={() => {}}
        onFrameRate={() => {}}
        pageKeys={useMarkKeys(mark)}
      />
      <fieldset className="mt-2 flex flex-wrap items-center gap-1.5">
        <legend className="sr-only">{t('label')}</legend>
        <MarkButtons
          marks={marks}
          onMark={mark}
          onGoTo={(atS) => atS !== null && playerRef.current?.goTo(atS + rate.den / rate.num / 2)}
        />
      </fieldset>
    </div>
  );
}
