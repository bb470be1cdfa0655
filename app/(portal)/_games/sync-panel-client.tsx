'use client';

import { ChevronLeft, ChevronRight, Undo2 } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslations } from 'use-intl';
import { eventName, periodName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { periodClock, SyncChecks, SyncTies } from './sync-ties-client.tsx';
import type { GameSync as Sync } from './use-game-sync.ts';

interface SyncPanelProps {
  ref: Ref<HTMLElement>;
  sync: Sync;
  films: readonly { film: FilmJson }[];
  /** Shows a film, standing still at a moment of it. */
  onFilm: (masterId: string, atS: number) => void;
  onPlay: (play: PlayJson) => void;
}

/** All that ties, corrects and unties a period. */
export function SyncPanel({ ref, sync, films, onFilm, onPlay }: SyncPanelProps) {
  const t = useTranslations('playSync');
  const { masterId, isKnown } = sync;
  return (
    <section ref={ref} tabIndex={-1} aria-label={t('panel')} className="game-sync-panel scroll-thin">
      <SyncSubject sync={sync} films={films} onFilm={onFilm} />
      {masterId === null ? (
        <p className="text-muted">{t('noPicture')}</p>
      ) : isKnown ? (
        <>
          <SyncTarget sync={sync} />
          <SyncNudge sync={sync} />
          <SyncChecks sync={sync} onPlay={onPlay} />
          <SyncTies sync={sync} onMoment={(atS) => onFilm(masterId, atS)} />
        </>
      ) : (
        <Skeleton className="h-48" />
      )}
    </section>
  );
}

/** Which period, and which film: a film may have several, and a period may lie in two. */
function SyncSubject({ sync, films, onFilm }: Pick<SyncPanelProps, 'sync' | 'films' | 'onFilm'>) {
  const t = useTranslations('playSync');
  const hockey = useTranslations('hockey');
  const nameOf = ({ film: { filename, period } }: (typeof films)[number]) =>
    period === null ? filename : t('filmOfPeriod', { name: filename, period: periodName(hockey, period) });
  const choosePeriod = (period: number) => {
    sync.setPeriod(period);
    const own = films.find(({ film }) => film.period === period);
    if (own && own.film.id !== sync.masterId) onFilm(own.film.id, 0);
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('period')}>
        {(control) => (
          <Select
            {...control}
            value={String(sync.period)}
            options={sync.choices.map((period) => ({ value: String(period), label: periodName(hockey, period) }))}
            onValueChange={(period) => choosePeriod(Number(period))}
          />
        )}
      </Field>
      <Field label={t('film')}>
        {(control) => (
          <Select
            {...control}
            value={sync.masterId ?? ''}
            options={films.map((each) => ({ value: each.film.id, label: nameOf(each) }))}
            onValueChange={(id) => onFilm(id, 0)}
          />
        )}
      </Field>
    </div>
  );
}

/** What the picture is said to show, and the press that says so. */
function SyncTarget({ sync }: { sync: Sync }) {
  const t = useTranslations('playSync');
  const hockey = useTranslations('hockey');
  const { play, target } = sync;
  const choice = (value: typeof target, label: string) => (
    <label className="flex items-center gap-2 pointer-coarse:min-h-11">
      <input
        type="radio"
        name="tie-target"
        className="size-4 accent-accent"
        checked={target === value}
        onChange={() => sync.setTarget(value)}
      />
      {label}
    </label>
  );
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-[0.8125rem] font-medium text-muted">{t('shows')}</legend>
      {choice('opening', t('target.opening'))}
      {play ? (
        choice('play', t('target.play', { play: eventName(hockey, play.name), clock: periodClock(play.clock_s) }))
      ) : (
        <p className="text-faint">{t('choosePlay')}</p>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <Button size="sm" variant="primary" onClick={() => void sync.tie()}>
          {target === 'play' ? t('tiePlay') : t('tieOpening')}
          <Kbd>S</Kbd>
        </Button>
        {play && target === 'play' && sync.isTimed && sync.own.length > 0 ? (
          <Button size="sm" title={t('fromHereHint')} onClick={() => void sync.fromHere()}>
            {t('fromHere')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

function SyncNudge({ sync }: { sync: Sync }) {
  const t = useTranslations('playSync');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-muted">{t('nudge')}</span>
      <Button size="sm" onClick={() => void sync.nudge(-1)}>
        <ChevronLeft aria-hidden />
        {t('back')}
      </Button>
      <Button size="sm" onClick={() => void sync.nudge(1)}>
        {t('on')}
        <ChevronRight aria-hidden />
      </Button>
      <Button size="sm" variant="ghost" disabled={!sync.canUndo} onClick={() => void sync.undo()}>
        <Undo2 aria-hidden />
        {t('undo')}
      </Button>
    </div>
  );
}
