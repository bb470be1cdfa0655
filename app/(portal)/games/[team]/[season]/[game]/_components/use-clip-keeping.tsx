'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { clipPlaysOptions, undoClipPlaysOptions } from '#app/_client/clip-plays.ts';
import { clipsHref } from '#app/_client/clip-query.ts';
import type { GameName } from '#app/_client/game-href.ts';
import { toast } from '#app/_ui/toast.ts';
import type { ClippedPlaysJson } from '#lib/plays/clip-plays-schemas.ts';
import type { AskedLeadLag } from '#lib/plays/lead-lag-schemas.ts';

/** Which play became which clip. */
const madeOf = ({ planned, clips }: ClippedPlaysJson): ReadonlyMap<number, string> =>
  new Map(
    planned.flatMap(({ play_ids }, index) => {
      const clipId = clips[index]?.clip_id;
      return clipId === undefined ? [] : play_ids.map((id): [number, string] => [id, clipId]);
    }),
  );

/** Makes clips of plays at once; a toast leads there, and takes them back. */
export function useClipKeeping(game: GameName, asked: AskedLeadLag) {
  const t = useTranslations('games.keep');
  const client = useQueryClient();
  const make = useMutation(clipPlaysOptions(client));

  /** Run on the client's cache: the toast that offers it outlives the page. */
  const takeBack = (made: ReadonlyMap<number, string>) =>
    void client
      .getMutationCache()
      .build(client, undoClipPlaysOptions(client))
      .execute(made)
      .then((answers) => toast.success(t('undone', { count: answers.length })))
      .catch((error: Error) => toast.error(error.message));

  const tell = (answer: ClippedPlaysJson) => {
    const made = madeOf(answer);
    const [first] = answer.clips;
    const href =
      answer.clips.length === 1 && first
        ? `/clips/${encodeURIComponent(first.clip_id)}`
        : clipsHref({
            filters: { team_code: [game.team_code], season: [game.season], game_id: [game.game_id] },
          });
    const left = (['no_video', 'no_player', 'in_trash', 'refused'] as const)
      .map((reason) => ({ reason, count: answer.skipped.filter((skipped) => skipped.reason === reason).length }))
      .filter(({ count }) => count > 0)
      .map(({ reason, count }) => t(`skipped.${reason}`, { count }));
    const lines = answer.existing > 0 ? [t('existing', { count: answer.existing }), ...left] : left;
    const description = (
      <>
        {lines.join(' ')} {first ? <Link href={href}>{t('show', { count: answer.clips.length })}</Link> : null}
      </>
    );
    if (answer.created === 0) return void toast(t('none'), { description });
    const action = { label: t('undo'), onClick: () => takeBack(made) };
    toast.success(t('made', { count: answer.created }), { description, action });
  };

  /** Keeps plays as a clip each. */
  const keep = (playIds: readonly number[], mergeWithinS?: number) => {
    if (playIds.length === 0 || make.isPending) return;
    make.mutate(
      {
        ...{ play_ids: [...playIds], ...asked },
        ...(mergeWithinS === undefined ? {} : { merge_within_s: mergeWithinS }),
      },
      { onSuccess: tell, onError: (error) => toast.error(error.message) },
    );
  };

  /** The clips of plays in their order, made where there are none yet; plays of which none can be are told. */
  const clipsOf = async (playIds: readonly number[]): Promise<string[]> => {
    if (playIds.length === 0) return [];
    const answer = await make.mutateAsync({ play_ids: [...playIds], ...asked });
    const made = madeOf(answer);
    if (answer.skipped.length > 0) tell(answer);
    return [...new Set(playIds.flatMap((id) => made.get(id) ?? []))];
  };
  return { keep, clipsOf, asked, isMaking: make.isPending };
}
export type ClipKeeping = ReturnType<typeof useClipKeeping>;
