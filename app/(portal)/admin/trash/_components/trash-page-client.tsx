'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { toast } from 'sonner';
import { useFormatter, useTranslations } from 'use-intl';
import { restoreClipOptions } from '#app/_client/bulk-clips.ts';
import { trashOptions } from '#app/_client/trash-queries.ts';
import { formatDay } from '#app/_i18n/clip-formats.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

interface TrashPageProps {
  first: ClipListJson;
  servedAtMs: number;
}

/** What was deleted in the last thirty days, to be had back. */
export function TrashPage({ first, servedAtMs }: TrashPageProps) {
  const t = useTranslations('clips.trash');
  const list = useInfiniteQuery({
    ...trashOptions(),
    initialData: { pages: [first], pageParams: [null] },
    initialDataUpdatedAt: servedAtMs,
  });
  const clips = list.data.pages.flatMap((page) => page.clips);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} description={t('description')} />
      <p role="status" className="text-[0.8125rem] font-medium text-muted">
        {t('count', { count: list.data.pages.at(-1)?.total ?? 0 })}
      </p>
      {clips.length === 0 ? (
        <EmptyState icon={<Trash2 />} title={t('count', { count: 0 })} description={t('empty')} />
      ) : (
        <Table label={t('title')} className="text-[0.8125rem]">
          <TableHead>
            <tr>
              {(['clip', 'deleted', 'left', 'actions'] as const).map((column) => (
                <TableHeaderCell key={column}>{t(column)}</TableHeaderCell>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {clips.map((clip) => (
              <TrashRow key={clip.clip_id} clip={clip} nowMs={servedAtMs} />
            ))}
          </TableBody>
        </Table>
      )}
      {list.hasNextPage ? (
        <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </div>
  );
}

function TrashRow({ clip, nowMs }: { clip: ClipJson; nowMs: number }) {
  const t = useTranslations('clips.trash');
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
    <TableRow>
      <th scope="row" className="px-3 py-2 text-left font-medium">
        {name}
        <span className="block text-xs font-normal text-muted">
          {[clip.team_code, clip.opponent_code, clip.clip_id].filter(Boolean).join(' · ')}
        </span>
      </th>
      <TableCell className="whitespace-nowrap text-muted">{formatDay(format, deletedAt)}</TableCell>
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
