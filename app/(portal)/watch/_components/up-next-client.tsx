'use client';

import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { clipDetailOptions, clipsAfterOptions } from '#app/_client/clip-queries.ts';
import type { ClipQuery } from '#app/_client/clip-query.ts';
import { type ListPlace, queuedHref } from '#app/_client/clip-queue.ts';
import { knownClip } from '#app/_client/known-clip.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { eventName, periodShortName, strengthName } from '#app/_i18n/hockey-words.ts';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import { ClipThumbnail } from '#app/(portal)/_clips/clip-thumbnail-client.tsx';
import { OutcomeMark } from '#app/(portal)/_clips/outcome-mark.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/** How many stand beside the picture. */
const SHOWN = 5;

interface UpNextProps {
  /** Of the clip on screen. */
  place: ListPlace;
  query: ClipQuery;
  queueName: string | null;
  /** The picked clips after this one, where it is played among picked ones. */
  queued: readonly string[] | null;
}

/** The next clips of the picked ones, as far as they are known or can be asked for. */
function useQueued(ids: readonly string[]): ClipJson[] {
  const client = useQueryClient();
  const found = useQueries({
    queries: ids.map((id) => ({ ...clipDetailOptions(id), placeholderData: knownClip(client, id) })),
  });
  return found.flatMap(({ data }) => data ?? []);
}

/** What comes after this clip in the list that one came from, beside the picture. */
export function UpNext({ place: { position }, query, queueName, queued }: UpNextProps) {
  const t = useTranslations('clip.neighbours');
  const picked = useQueued((queued ?? []).slice(0, SHOWN));
  const listed = useQuery({
    ...clipsAfterOptions(query, position ?? 0, SHOWN),
    enabled: queued === null && position !== null,
  });
  const clips = queued ? picked : (listed.data ?? []);
  if (clips.length === 0) return null;
  return (
    <section aria-labelledby="up-next">
      <h2 id="up-next" className="mb-2 text-sm font-semibold">
        {t('upNext')}
      </h2>
      <ol className="flex flex-col gap-1">
        {clips.map((clip) => (
          <NextClip key={clip.clip_id} clip={clip} href={queuedHref(clip.clip_id, query, queueName)} />
        ))}
      </ol>
    </section>
  );
}

function NextClip({ clip, href }: { clip: ClipJson; href: string }) {
  const hockey = useTranslations('hockey');
  const facts = [
    clip.period === null ? null : periodShortName(hockey, clip.period),
    clip.strength && strengthName(hockey, clip.strength),
    formatDuration(clip.duration_s),
  ];
  return (
    <li>
      <Link
        href={href}
        replace
        scroll={false}
        prefetch={false}
        className="flex items-center gap-3 rounded-md p-1 transition-colors hover:bg-hover"
      >
        <ClipThumbnail
          thumbnail={pickAssets(clip).thumbnail}
          loading="lazy"
          className="w-28 shrink-0 rounded border border-line"
        />
        <span className="min-w-0">
          <span className="flex items-center gap-1.5 text-sm font-medium">
            <span className="truncate">{eventName(hockey, clip.event_type)}</span>
            <OutcomeMark outcome={clip.outcome} />
          </span>
          <span className="block truncate text-xs">{clip.player_name ?? clip.player_id}</span>
          <span className="block truncate text-xs text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</span>
        </span>
      </Link>
    </li>
  );
}
