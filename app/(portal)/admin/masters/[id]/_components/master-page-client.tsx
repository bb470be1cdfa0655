'use client';

import { useQuery } from '@tanstack/react-query';
import { Clock, MonitorPlay } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { rangeAround } from '#app/_client/cut-range.ts';
import { masterClipsOptions, masterDetailOptions } from '#app/_client/master-queries.ts';
import { formatTimecode, frameRateOf, parseTimecode } from '#app/_client/timecode.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ErrorState } from '#app/_ui/error-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { DeleteMaster } from '#app/(portal)/admin/masters/_components/delete-master-client.tsx';
import { MasterMenu } from '#app/(portal)/admin/masters/_components/master-menu-client.tsx';
import { EMPTY_FACTS } from '#app/(portal)/watch/_components/fact-draft.ts';
import type { ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { type CutDraft, draftForMaster } from './cut-draft.ts';
import { CutForm } from './cut-form-client.tsx';
import { MasterClips } from './master-clips-client.tsx';
import { MasterFacts } from './master-facts-client.tsx';
import { MasterPreview } from './master-preview-client.tsx';

interface MasterPageProps {
  master: MasterJson;
  clips: ClipListJson;
  servedAtMs: number;
}

/** One master: watch it, cut it, follow its clips. */
export function MasterPage({ master: served, clips: servedClips, servedAtMs }: MasterPageProps) {
  const t = useTranslations('masters');
  const router = useRouter();
  const [isLeaving, setIsLeaving] = useState(false);
  const detail = useQuery({
    ...masterDetailOptions(served.id),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
    // Nothing of a master that is ready changes by itself, and events tell of the others.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const clips = useQuery({
    ...masterClipsOptions(served.id),
    initialData: servedClips,
    initialDataUpdatedAt: servedAtMs,
  });
  const master = detail.data;
  const rate = master.frame_rate === null ? null : frameRateOf(master.frame_rate);
  const freshUrl = async (): Promise<string> => {
    const { data } = await detail.refetch({ throwOnError: true });
    if (!data?.signed_url) throw new Error('The master has no file any more.');
    return data.signed_url;
  };
  return (
    <div className="mx-auto max-w-[100rem]">
      <PageHeader
        title={<span className="break-all">{master.filename}</span>}
        description={`${master.team_code} · ${master.season} · ${master.game_id}`}
        actions={
          <>
            <Button asChild variant="ghost">
              <Link href="/admin/masters">{t('title')}</Link>
            </Button>
            {master.status === 'ready' ? (
              <Button asChild>
                <Link href={`/masters/${master.id}`}>
                  <MonitorPlay aria-hidden />
                  {t('detail.watch')}
                </Link>
              </Button>
            ) : null}
            <MasterMenu master={master} canOpen={false} onDelete={() => setIsLeaving(true)} />
          </>
        }
      />
      {master.status === 'ready' && rate ? (
        <CuttingRoom master={master} servedAtMs={servedAtMs} onExpired={freshUrl} />
      ) : (
        <>
          <NotReady master={master} />
          <MasterFacts master={master} />
        </>
      )}
      <MasterClips masterId={master.id} list={clips.data} rate={rate} />
      {isLeaving ? (
        <DeleteMaster
          master={master}
          onClose={() => setIsLeaving(false)}
          onDeleted={() => router.replace('/admin/masters')}
        />
      ) : null}
    </div>
  );
}

function NotReady({ master }: { master: MasterJson }) {
  const t = useTranslations('masters.detail');
  if (master.status === 'failed') {
    return <ErrorState className="py-8" title={t('failedTitle')} description={master.error_message ?? ''} />;
  }
  return (
    <EmptyState
      className="py-8"
      icon={<Clock />}
      title={t('uploadingTitle')}
      description={t('uploadingDescription')}
      actions={
        <Button asChild>
          <Link href="/admin/upload">{t('goOn')}</Link>
        </Button>
      }
    />
  );
}

interface CuttingRoomProps {
  master: MasterJson;
  servedAtMs: number;
  onExpired: () => Promise<string>;
}

/** Preview and form side by side, sharing the marks. */
function CuttingRoom({ master, servedAtMs, onExpired }: CuttingRoomProps) {
  const rate = frameRateOf(master.frame_rate ?? 30);
  const [draft, setDraft] = useState<CutDraft>(() => draftForMaster(master, EMPTY_FACTS));
  const change = (part: Partial<CutDraft>) => setDraft((old) => ({ ...old, ...part }));
  const onMark = (mark: 'in' | 'out' | 'around', atS: number) => {
    if (mark === 'in') return change({ start: formatTimecode(atS, rate) });
    if (mark === 'out') return change({ end: formatTimecode(atS, rate) });
    const range = rangeAround(atS, master.duration_s);
    if (range) change({ start: formatTimecode(range.startS, rate), end: formatTimecode(range.endS, rate) });
  };
  const marks = { inS: parseTimecode(draft.start, rate), outS: parseTimecode(draft.end, rate) };
  return (
    <div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_26rem] lg:grid-rows-[auto_1fr]">
      <div className="min-w-0">
        {master.signed_url ? (
          <MasterPreview
            masterId={master.id}
            src={master.signed_url}
            isPrepared={(master.preparation?.playable_to_s ?? 0) > 0}
            title={master.filename}
            servedAtMs={servedAtMs}
            rate={rate}
            onMark={onMark}
            marks={marks}
            onExpired={onExpired}
          />
        ) : null}
      </div>
      <div className="lg:row-span-2">
        <CutForm master={master} rate={rate} draft={draft} onChange={change} />
      </div>
      <div className="min-w-0">
        <MasterFacts master={master} />
      </div>
    </div>
  );
}
