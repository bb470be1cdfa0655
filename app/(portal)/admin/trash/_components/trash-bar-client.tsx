'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { bulkClipsOptions } from '#app/_client/bulk-clips.ts';
import { newIdempotencyKey } from '#app/_client/idempotency-key.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ClipSelection } from '#app/(portal)/clips/_components/use-clip-selection.ts';

/** Restores the ticked clips, or all that the trash has, in one go. */
export function TrashBar({ selection, total }: { selection: ClipSelection; total: number }) {
  const t = useTranslations('clips.bulk');
  const trash = useTranslations('clips.trash');
  const bulk = useMutation(bulkClipsOptions(useQueryClient()));
  const { state } = selection;
  const count = state.everything ? total : state.ids.size;
  const restore = () =>
    bulk.mutate(
      {
        target: state.everything ? { filters: {} } : { clipIds: [...state.ids] },
        change: { action: 'restore' },
        key: newIdempotencyKey(),
      },
      {
        onSuccess: ({ changed }) => {
          toast.success(t('restored', { count: changed }));
          selection.onClear();
        },
        onError: (error) => toast.error(error.message),
      },
    );
  const words = state.everything ? t('everything', { count }) : t('selected', { count });
  return (
    <>
      <p role="status" className="sr-only">
        {count > 0 ? words : ''}
      </p>
      {count > 0 ? (
        <section
          aria-label={t('label')}
          className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-overlay p-2 shadow-pop"
        >
          <IconButton size="sm" label={t('clear')} onClick={selection.onClear}>
            <X aria-hidden />
          </IconButton>
          <p aria-hidden className="mr-auto text-[0.8125rem] font-medium">
            {words}
          </p>
          {!state.everything && total > count ? (
            <Button size="sm" variant="ghost" onClick={selection.onSelectEverything}>
              {t('selectEverything', { count: total })}
            </Button>
          ) : null}
          <Button size="sm" variant="primary" busy={bulk.isPending} onClick={restore}>
            <Undo2 aria-hidden />
            {trash('restore')}
          </Button>
        </section>
      ) : null}
    </>
  );
}
