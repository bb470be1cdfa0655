'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { restoreClipOptions } from '#app/_client/bulk-clips.ts';
import { trashOptions } from '#app/_client/trash-queries.ts';
import { formatDay } from '#app/_i18n/clip-formats.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { GIVES_WAY, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import { toast } from '#app/_ui/toast.ts';
import { SelectBox } from '#app/(portal)/clips/_components/select-box-client.tsx';
import { type ClipSelection, useClipSelection } from '#app/(portal)/clips/_components/use-clip-selection.ts';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';
import { TrashBar } from './trash-bar-client.tsx';
import { TrashTabs } from './trash-tabs-client.tsx';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

interface TrashPageProps {
  first: ClipListJson;
  servedAtMs: number;
}

/** What was deleted in the last thirty days, to be had back. */
export function TrashPage({ first, servedAtMs }: TrashPageProps) {
  const t = useTranslations('clips.trash');
  const bulk = useTranslations('clips.bulk');
  const list = useInfiniteQuery({
    ...trashOptions(),
    initialData: { pages: [first], pageParams: [null] },
    initialDataUpdatedAt: servedAtMs,
  });
  const clips = list.data.pages.flatMap((page) => page.clips);
  const total = list.data.pages.at(-1)?.total ?? 0;
  const selection = useClipSelection(
    'trash',
    useMemo(() => list.data.pages.flatMap((page) => page.clips.map(({ clip_id }) => clip_id)), [list.data]),
  );
  const ticked = clips.filter(({ clip_id }) => selection.isSelected(clip_id)).length;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} description={t('description')} />
      <TrashTabs />
      <p role="status" className="text-[0.8125rem] font-medium text-muted">
        {t('count', { count: total })}
      </p>
      {clips.length === 0 ? (
        <EmptyState icon={<Trash2 />} title={t('count', { count: 0 })} description={t('empty')} />
      ) : (
        <Table label={t('title')} className="text-[0.8125rem]">
          <TableHead>
            <tr>
              <TableHeaderCell className="px-1">
                <SelectBox
                  label={bulk('selectLoaded')}
                  checked={ticked === clips.length}
                  mixed={ticked > 0 && ticked < clips.length}
                  onSelect={selection.onSelectLoaded}
                />
              </TableHeaderCell>
              {(['clip', 'deleted', 'left', 'actions'] as const).map((column) => (
                <TableHeaderCell key={column} className={column === 'deleted' ? GIVES_WAY[32] : undefined}>
                  {t(column)}
                </TableHeaderCell>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {clips.map((clip) => (
              <TrashRow key={clip.clip_id} clip={clip} nowMs={servedAtMs} selection={selection} />
            ))}
          </TableBody>
        </Table>
      )}
      {list.hasNextPage ? (
        <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
      <TrashBar selection={selection} total={total} />
    </div>
  );
}

interface TrashRowProps {
  clip: ClipJson;
  nowMs: number;
  selection: ClipSelection;
}

function TrashRow({ clip, nowMs, selection }: TrashRowProps) {
  const t = useTranslations('clips.trash');
  const bulk = useTranslations('clips.bulk');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const restore = useMutation(restoreClipOptions(useQueryClient()));
  const deletedAt = clip.deleted_at ?? new Date(nowMs).toISOString();
  const days = Math.max(0, Math.floor(KEPT_DAYS - (nowMs - Date.parse(deletedAt)) / DAY_MS));
  const name = `${eventName(hockey, clip.event_type)}, ${clip.player_name ?? clip.player_id}`;
  const bringBack = () =>
    restore.mutate(clip.clip_id, {
      onSuccess: () => toast.success(t('restored')),
      onError: (error) => toast.error(error.message),
    });
  return (
    <TableRow className="has-checked:bg-raised">
      <TableCell className="px-1">
        <SelectBox
          label={bulk('select', {
            event: eventName(hockey, clip.event_type),
            player: clip.player_name ?? clip.player_id,
          })}
          checked={selection.isSelected(clip.clip_id)}
          onSelect={(range) => selection.onSelect(clip.clip_id, range)}
        />
      </TableCell>
      <th scope="row" className="px-3 py-2 text-left font-medium break-words">
        {name}
        <span className="block text-xs font-normal text-muted">
          {[clip.team_code, clip.opponent_code, clip.clip_id].filter(Boolean).join(' · ')}
        </span>
      </th>
      <TableCell className={cn('whitespace-nowrap text-muted', GIVES_WAY[32])}>
        {formatDay(format, deletedAt)}
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted">{t('days', { count: days })}</TableCell>
      <TableCell>
        <Button size="sm" busy={restore.isPending} onClick={bringBack} aria-label={t('restoreThis', { name })}>
          <Undo2 aria-hidden />
          {t('restore')}
        </Button>
      </TableCell>
    </TableRow>
  );
}
