'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Check, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipListOptions } from '#app/_client/clip-queries.ts';
import { DEFAULT_SORT } from '#app/_client/clip-query.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Sheet } from '#app/_ui/late-sheet.tsx';
import { SearchField } from '#app/_ui/search-field.tsx';
import { ClipLine } from '#app/(portal)/_clips/clip-line-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { ReelEdits } from './use-reel-edits.ts';

/** Clips of the reel's team, found by the search of the clip browser; each is added by one click. */
export function AddClipsSheet({ edits, onClose }: { edits: ReelEdits; onClose: () => void }) {
  const { reel, add } = edits;
  const t = useTranslations('reels.add');
  const common = useTranslations('common.action');
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const list = useInfiniteQuery(
    clipListOptions({
      filters: { team_code: [reel.team_code], ...(q === '' ? {} : { q }) },
      sort: DEFAULT_SORT,
    }),
  );
  const clips = list.data?.pages.flatMap((page) => page.clips) ?? [];
  const there = new Set(reel.items.map(({ clip_id }) => clip_id));
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      side="right"
      title={t('title', { title: reel.title })}
      closeLabel={common('close')}
    >
      <div className="flex flex-col gap-3">
        <SearchField
          label={t('find')}
          placeholder={t('hint')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          clearLabel={common('close')}
          onClear={() => setWords('')}
        />
        <p role="status" className="sr-only">
          {list.isFetching ? t('loading') : ''}
        </p>
        {clips.length === 0 ? (
          <p className="py-6 text-center text-sm text-muted">{list.isFetching ? t('loading') : t('none')}</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {clips.map((clip) => (
              <ClipToAdd
                key={clip.clip_id}
                clip={clip}
                isThere={there.has(clip.clip_id)}
                onAdd={() => void add([clip.clip_id])}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage ? (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        ) : null}
      </div>
    </Sheet>
  );
}

function ClipToAdd({ clip, isThere, onAdd }: { clip: ClipJson; isThere: boolean; onAdd: () => void }) {
  const t = useTranslations('reels.add');
  const hockey = useTranslations('hockey');
  const event = eventName(hockey, clip.event_type);
  const player = clip.player_name ?? clip.player_id;
  return (
    <li>
      <button
        type="button"
        aria-label={t('add', { name: `${event}, ${player}` })}
        onClick={onAdd}
        className="flex min-h-14 w-full items-center gap-3 rounded-md px-1.5 py-1 text-left hover:bg-hover"
      >
        <ClipLine clip={clip} name={`${event}, ${player}`} />
        {isThere ? <span className="sr-only">{t('added')}</span> : null}
        {isThere ? (
          <Check aria-hidden className="size-4 text-success" />
        ) : (
          <Plus aria-hidden className="size-4 text-muted" />
        )}
      </button>
    </li>
  );
}
