'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { addToReel } from '#app/_client/reel-mutations.ts';
import { reelHref } from '#app/_client/reel-query.ts';
import { toast } from '#app/_ui/toast.ts';
import { useLate } from '#app/_ui/use-late.ts';
import { forgetOpenReel, type OpenReel, recallOpenReel, setOpenReel, useOpenReel } from './open-reel.ts';

const loadPicker = () => import('./reel-picker-dialog-client.tsx');

/** Clips, or what makes them first. */
type ClipsToPut = () => readonly string[] | Promise<readonly string[]>;

/** Refusals after which another reel is asked for. */
const ELSEWHERE = new Set(['not_found', 'clip_of_another_team', 'too_many_items']);

/**
 * Puts clips into the open reel, which is asked for once and remembered.
 * @param teams those that a new reel may be of.
 * @param clipsToPut called with each press; none where there is nothing to put.
 */
export function useIntoReel(teams: readonly string[], clipsToPut: ClipsToPut) {
  const t = useTranslations('reels.into');
  const client = useQueryClient();
  const open = useOpenReel();
  /** What waits for a reel to be chosen; `[]`: a reel alone is. */
  const [waiting, setWaiting] = useState<readonly string[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const picker = useLate(loadPicker, waiting !== null);

  const send = async (reel: OpenReel, clipIds: readonly string[]) => {
    try {
      await addToReel(reel.id, clipIds);
      void client.invalidateQueries({ queryKey: queryKeys.reel(reel.id) });
      void client.invalidateQueries({ queryKey: queryKeys.reelLists });
      const action = (
        <Link href={reelHref(reel.id)} className="underline">
          {t('show')}
        </Link>
      );
      toast.success(t('added', { count: clipIds.length, title: reel.title }), { description: action });
    } catch (error) {
      const problem = isApiError(error) ? error.problem : null;
      toast.error(t('failed', { reason: problem?.detail ?? '' }));
      if (!problem || !ELSEWHERE.has(problem.code)) return;
      if (problem.status === 404) forgetOpenReel();
      setWaiting(clipIds);
    }
  };

  const put = async () => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      const clipIds = await clipsToPut();
      const reel = recallOpenReel();
      if (clipIds.length === 0) toast(t('nothing'));
      else if (reel) await send(reel, clipIds);
      else setWaiting(clipIds);
    } catch (error) {
      toast.error(t('failed', { reason: isApiError(error) ? error.problem.detail : '' }));
    } finally {
      setIsBusy(false);
    }
  };

  const choose = (reel: OpenReel) => {
    setOpenReel(reel);
    if (waiting && waiting.length > 0) void send(reel, waiting);
    setWaiting(null);
  };
  const dialog: ReactNode =
    waiting && picker ? (
      <picker.ReelPickerDialog teams={teams} onChoose={choose} onClose={() => setWaiting(null)} />
    ) : null;
  /** As the keys of a page are named. */
  const pageKey = { key: 'r', cap: 'R', text: t('key'), act: () => void put() };
  return { open, put: () => void put(), change: () => setWaiting([]), isBusy, dialog, pageKey };
}
export type IntoReel = ReturnType<typeof useIntoReel>;
