'use client';

import './clip-page.css';
import { useQuery } from '@tanstack/react-query';
import { MonitorPlay } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import type { ClipQuery } from '#app/_client/clip-query.ts';
import type { ListPlace } from '#app/_client/clip-queue.ts';
import { type FrameRate, formatClock, formatTimecode } from '#app/_client/timecode.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { WhoWatched } from '#app/_watched/who-watched-client.tsx';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import { rememberWatched } from '#app/(portal)/_clips/use-list-memory.ts';
import { NoteComposer } from '#app/(portal)/_notes/late-note-composer-client.tsx';
import { NoteMarks, NotesLayer } from '#app/(portal)/_notes/notes-layer-client.tsx';
import { NotesPanel } from '#app/(portal)/_notes/notes-panel-client.tsx';
import { useNoteKeys } from '#app/(portal)/_notes/use-note-keys.ts';
import { useNotes } from '#app/(portal)/_notes/use-notes.ts';
import { IntoReelButton } from '#app/(portal)/_open-reel/into-reel-button-client.tsx';
import { useIntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import type { ClipClock } from '#lib/plays/clip-clock-schemas.ts';
import { ClipActions, type ClipRights } from './clip-actions-client.tsx';
import { ClipFacts } from './clip-facts-client.tsx';
import { ClipHeadline } from './clip-headline-client.tsx';
import { type ClipMoment, startOfMoment } from './clip-moment.ts';
import { ClipPlayer, type ClipPlayerHandle } from './clip-player-client.tsx';
import { ClipTags } from './clip-tags-client.tsx';
import { ClipWaiting } from './clip-waiting-client.tsx';
import { Neighbours } from './neighbours-client.tsx';
import { useNextAhead } from './next-ahead.ts';
import { UpNext } from './up-next-client.tsx';
import { useListPlace, useQueuedAfter } from './use-list-place.ts';
import { usePlayThrough } from './use-play-through.ts';

export interface ClipPageProps {
  /** As the server knew it when it made the page. */
  clip: ClipJson;
  /** The texts of its playlists. */
  playlists: PlaylistTexts | null;
  servedAtMs: number;
  /** The clip's place in the list that one came from. */
  inList: ListPlace;
  /** The master that it was marked in, for those who may watch it. */
  masterId: string | null;
  /** The game's clock in it, where that is known. */
  clock: ClipClock | null;
  query: ClipQuery;
  /** Names the picked clips that it is played among. */
  queueName: string | null;
  moment: ClipMoment;
  rights: ClipRights & { canNote: boolean };
}

function useClip(served: ClipJson, servedAtMs: number): ClipJson {
  const { data } = useQuery({
    ...clipDetailOptions(served.clip_id),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
    // A page that was fetched ahead may show a clip as unfinished that is ready by now; nobody would tell it again.
    ...(served.processing_status === 'ready' ? {} : { staleTime: 0 }),
  });
  return data;
}

/** The video first, the facts beside it, tags below. It stays mounted from clip to clip, and the player with it. */
export function ClipPage(props: ClipPageProps) {
  const { clip: served, playlists, servedAtMs, inList, masterId, clock, query, queueName, moment, rights } = props;
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const [rate, setRate] = useState<{ clipId: string; frameRate: FrameRate } | null>(null);
  const playerRef = useRef<ClipPlayerHandle>(null);
  const clip = useClip(served, servedAtMs);
  const clipId = clip.clip_id;
  useEffect(() => rememberWatched(clipId), [clipId]);
  const notes = useNotes({ of: { kind: 'clips', id: clipId }, playerRef, canWrite: rights.canNote });
  const noteKeys = useNoteKeys(notes);
  const place = useListPlace(clipId, inList, queueName);
  const queued = useQueuedAfter(clipId, queueName);
  const readyClip = useNextAhead(place.next);
  const onLeave = (to: string) => {
    const next = readyClip(to);
    if (next && isPlayable(next.clip)) playerRef.current?.begin(next);
  };
  const way = { clipId, isPlayable: isPlayable(clip), place, query, queueName };
  const { onNeighbour, onEnd } = usePlayThrough({ ...way, onLeave });
  const videoOf = useCallback(() => playerRef.current?.element() ?? null, []);
  const into = useIntoReel([clip.team_code], () => [clipId]);
  const player = clip.player_name ?? t('unknownPlayer', { id: clip.player_id });
  const title = t('title', { event: eventName(hockey, clip.event_type), player });
  const frameRate = rate?.clipId === clipId ? rate.frameRate : null;
  const timecode = (seconds: number) => (frameRate ? formatTimecode(seconds, frameRate) : formatClock(seconds));
  return (
    <div className="clip-page mx-auto max-w-[100rem]">
      <Neighbours place={place} query={query} queueName={queueName} />
      <div className="clip-columns">
        <div className="min-w-0">
          <ClipPlayer
            ref={playerRef}
            clip={clip}
            playlists={playlists}
            title={title}
            servedAtMs={servedAtMs}
            moment={moment}
            waiting={<ClipWaiting clip={clip} canEdit={rights.canEdit} />}
            layers={notes.composing ? null : <NotesLayer videoOf={notes.videoOf} notes={notes.notes} />}
            onBar={<NoteMarks notes={notes.notes} durationS={clip.duration_s} />}
            pageKeys={rights.canEdit ? [into.pageKey, ...noteKeys] : noteKeys}
            onNeighbour={onNeighbour}
            onEnd={onEnd}
            onFrameRate={(known) => setRate({ clipId, frameRate: known })}
          />
          <NoteComposer notes={notes} />
          <div className="mt-4 flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0">
              <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
              <ClipHeadline key={clipId} clip={clip} clock={clock} startS={startOfMoment(moment)} videoOf={videoOf} />
            </div>
            <div className="flex flex-wrap items-center gap-2">
              {rights.canEdit ? <IntoReelButton into={into} /> : null}
              <ClipActions
                key={clipId}
                clip={clip}
                rights={rights}
                query={query}
                momentOf={isPlayable(clip) ? () => playerRef.current?.moment() ?? moment : null}
              />
            </div>
          </div>
          <ClipTags key={clipId} clip={clip} canEdit={rights.canEdit} />
        </div>
        <div className="clip-side">
          <UpNext place={place} query={query} queueName={queueName} queued={queued} />
          <NotesPanel notes={notes} />
          <ClipFacts clip={clip} timecode={timecode} actions={<InFilm masterId={masterId} clip={clip} />} />
        </div>
        {rights.canNote ? (
          <div className="clip-watched">
            <WhoWatched of={{ clipId }} nameOf={() => title} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Leads to the clip's moment in the film that it was marked in. */
function InFilm({ masterId, clip }: { masterId: string | null; clip: ClipJson }) {
  const t = useTranslations('film');
  if (masterId === null) return null;
  return (
    <Button asChild size="sm" variant="ghost">
      <Link href={`/masters/${masterId}?t=${clip.start_timecode_s}`} prefetch={false}>
        <MonitorPlay aria-hidden />
        {t('inFilm')}
      </Link>
    </Button>
  );
}
