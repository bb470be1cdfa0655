import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { askForDownloadOptions } from '#app/_client/clip-mutations.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { AssetJson, ClipJson } from '#lib/clips/clip-schemas.ts';

const hrefOf = ({ clip_id }: ClipJson): string => `/api/v2/clips/${encodeURIComponent(clip_id)}/download`;

/** Saves the clip's file; one that is still to be made is asked for, and handed over once it is there. */
export function DownloadButton({ clip }: { clip: ClipJson }) {
  const [awaited, setAwaited] = useState<string | null>(null);
  const { download } = pickAssets(clip);
  const isAwaited = awaited === clip.clip_id;
  const href = download && hrefOf(clip);
  useEffect(() => {
    if (!isAwaited || !href) return;
    setAwaited(null);
    // An attachment: the page stays.
    window.location.assign(href);
  }, [isAwaited, href]);
  if (download) return <FileLink clip={clip} file={download} />;
  const willCome = clip.processing_status === 'pending' || clip.processing_status === 'processing';
  return willCome ? <AskForFile clip={clip} isAwaited={isAwaited} onAsked={() => setAwaited(clip.clip_id)} /> : null;
}

function FileLink({ clip, file }: { clip: ClipJson; file: AssetJson }) {
  const t = useTranslations('clip.actions');
  const format = useFormatter();
  const size = file.file_size_bytes === null ? '' : formatBytes(format, file.file_size_bytes);
  return (
    <Button asChild size="sm">
      <a href={hrefOf(clip)} download title={t('downloadSize', { size })}>
        <Download aria-hidden />
        {t('download')}
      </a>
    </Button>
  );
}

function AskForFile({ clip, isAwaited, onAsked }: { clip: ClipJson; isAwaited: boolean; onAsked: () => void }) {
  const t = useTranslations('clip.actions');
  const ask = useMutation(askForDownloadOptions(useQueryClient()));
  const askNow = () => ask.mutate(clip.clip_id, { onSuccess: onAsked, onError: (error) => toast.error(error.message) });
  const isBegun = clip.processing_status === 'processing';
  return (
    <Button size="sm" busy={ask.isPending || isAwaited} onClick={askNow}>
      {isAwaited ? null : <Download aria-hidden />}
      <span aria-live="polite">
        {isAwaited ? (isBegun ? t('downloadMade', { percent: clip.progress }) : t('downloadWaits')) : t('download')}
      </span>
    </Button>
  );
}
