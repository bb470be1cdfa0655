'use client';

import '#app/(portal)/watch/_components/clip-page.css';
import './film-page.css';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRemembered } from '#app/_client/remembered.ts';
import { type FrameRate, frameRateOf } from '#app/_client/timecode.ts';
import { Button } from '#app/_ui/button.tsx';
import { CodeWindow } from '#app/(portal)/_codes/code-window-client.tsx';
import { useCodeWindow } from '#app/(portal)/_codes/use-code-window.ts';
import { NoteComposer } from '#app/(portal)/_notes/late-note-composer-client.tsx';
import { NoteMarks, NotesLayer } from '#app/(portal)/_notes/notes-layer-client.tsx';
import { NotesPanel } from '#app/(portal)/_notes/notes-panel-client.tsx';
import { useNoteKeys } from '#app/(portal)/_notes/use-note-keys.ts';
import { useNotes } from '#app/(portal)/_notes/use-notes.ts';
import { useIntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { CodeWindowJson } from '#lib/code-windows/code-window-schemas.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';
import { FilmClips } from './film-clips-client.tsx';
import { ClipShowing, FilmProgress, FilmTicks, FilmTitle } from './film-layers-client.tsx';
import { FilmWaiting } from './film-waiting-client.tsx';
import { focusFacts } from './focus-facts.ts';
import { MarkBar } from './mark-bar-client.tsx';
import { MarkForm } from './mark-form-client.tsx';
import { MarkInset } from './mark-inset-client.tsx';
import { useFilmClips } from './use-film-clips.ts';
import { useFilmKeys } from './use-film-keys.ts';
import { useMarking } from './use-marking.ts';
import { usePlaceInAddress } from './use-place-in-address.ts';
import { useShownFilm } from './use-shown-film.ts';

interface FilmPageProps {
  film: FilmJson;
  /** Where it is watched; `null` while nothing of it can be. */
  playback: MasterPlaybackJson | null;
  clips: ClipListJson;
  codeWindows: CodeWindowJson[];
  servedAtMs: number;
  /** The place that the address names, in seconds. */
  placeS: number | null;
  /** Whether the reader looks after masters. */
  canManage: boolean;
}

/** A whole master, and the clips that are marked in it: the film first, what is said of its clips beside it. */
export function FilmPage(props: FilmPageProps) {
  const { film, playback, clips: servedClips, codeWindows, servedAtMs, placeS, canManage } = props;
  const t = useTranslations('film');
  const playerRef = useRef<PlayerHandle>(null);
  const pictureRef = useRef<HTMLDivElement>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const [rate, setRate] = useState<FrameRate | null>(() => (film.frame_rate ? frameRateOf(film.frame_rate) : null));
  const asksFirst = useRemembered('mark-ask') === 'on';
  const stops = useRemembered('mark-stop') === 'on';
  const { clips, total } = useFilmClips(film.id, servedClips, servedAtMs);
  const shown = useShownFilm({ film, served: playback, servedAtMs, placeS, playerRef });
  const { playableToS } = shown;

  const askForFacts = () => requestAnimationFrame(() => focusFacts(formRef.current));
  const shownS = () => (shown.clip || shown.isWaiting ? null : (playerRef.current?.moment().atS ?? 0));
  const marking = useMarking({
    ...{ team: film.team_code, film, rate, shownS, asksFirst, askForFacts },
    isInClip: shown.clip !== null,
    onMade: shown.putInset,
    onUndone: shown.forget,
  });
  const notes = useNotes({
    of: shown.clip ? { kind: 'clips', id: shown.clip.clip_id } : { kind: 'masters', id: film.id },
    playerRef,
    // Who watches films makes reels.
    canWrite: !shown.isWaiting,
  });
  const noteKeys = useNoteKeys(notes);
  const codes = useCodeWindow({ team: film.team_code, marking, served: codeWindows, servedAtMs });
  const newestId = marking.made.at(-1)?.clip_id ?? null;
  // Until there is a picture, the address knows better.
  usePlaceInAddress(() => (playerRef.current?.hasPicture() ? shownS() : null));
  const openInSight = (clipId: string) => {
    // On a phone the list lies below the film.
    pictureRef.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    shown.open(clipId);
  };
  const into = useIntoReel([film.team_code], () => [shown.clip?.clip_id ?? newestId ?? []].flat());
  const { pageKeys, onNeighbour } = useFilmKeys({ marking, shown, clips, playerRef, askForFacts });

  return (
    <div className="clip-page mx-auto max-w-[100rem]">
      <div className="clip-neighbours">
        <Button asChild variant="ghost" size="sm">
          <Link href="/masters">
            <ArrowLeft aria-hidden />
            {t('back')}
          </Link>
        </Button>
        <span className="flex-1" />
        {canManage ? (
          <Button asChild variant="ghost" size="sm">
            <Link href={`/admin/masters/${film.id}`}>{t('master')}</Link>
          </Button>
        ) : null}
      </div>
      <div className="clip-columns">
        <div ref={pictureRef} className="min-w-0 scroll-mt-16">
          <FilmPlayer
            ref={playerRef}
            film={shown.played}
            title={shown.title}
            servedAtMs={servedAtMs}
            moment={shown.moment}
            waiting={<FilmWaiting film={film} />}
            onNeighbour={onNeighbour}
            onEnd={() => {}}
            onFrameRate={(known) => (shown.clip ? undefined : setRate(known))}
            pageKeys={[...pageKeys, into.pageKey, ...noteKeys, ...codes.pageKeys]}
            onBar={
              <>
                {shown.clip ? null : <FilmTicks clips={clips} durationS={playableToS} inS={marking.inS} />}
                <NoteMarks notes={notes.notes} durationS={shown.played.durationS} />
              </>
            }
            layers={
              <>
                {notes.composing ? null : <NotesLayer videoOf={notes.videoOf} notes={notes.notes} />}
                {shown.clip ? (
                  <ClipShowing clip={shown.clip} onBack={shown.backToFilm} />
                ) : shown.inset ? (
                  <MarkInset
                    key={shown.inset.clip_id}
                    clip={shown.inset}
                    onOpen={() => shown.inset && shown.open(shown.inset.clip_id)}
                    onClose={shown.closeInset}
                  />
                ) : null}
              </>
            }
          />
          <NoteComposer notes={notes} />
          {shown.isWaiting ? null : (
            <>
              <MarkBar marking={marking} />
              <CodeWindow codes={codes} team={film.team_code} canManage={canManage} />
            </>
          )}
          <FilmTitle film={film} />
          <FilmProgress film={film} playableToS={playableToS} isWaiting={shown.isWaiting} />
        </div>
        <aside className="flex min-w-0 flex-col gap-4">
          <MarkForm
            formRef={formRef}
            team={film.team_code}
            marking={marking}
            habits={{ asksFirst, stops }}
            onTyping={() => stops && playerRef.current?.pause()}
          />
          <FilmClips
            masterId={film.id}
            clips={clips}
            total={total}
            playableToS={playableToS}
            playedId={shown.clip?.clip_id ?? null}
            newestId={newestId}
            into={into}
            onPlay={openInSight}
          />
          <NotesPanel notes={notes} />
        </aside>
      </div>
    </div>
  );
}
