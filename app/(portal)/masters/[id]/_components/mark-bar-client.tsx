'use client';

import { Undo2, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import type { Marking } from './use-marking.ts';

/** What the marking keys do, for hands that have none, and what came of the last of them. */
export function MarkBar({ marking }: { marking: Marking }) {
  const t = useTranslations('film.mark');
  const { mark, takeBack, made } = marking;
  return (
    <fieldset className="mt-2">
      <legend className="sr-only">{t('label')}</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        <Button size="sm" className="pointer-coarse:min-w-14" aria-keyshortcuts="i" onClick={() => mark('in')}>
          {t('in')} <KeyOf name="I" />
        </Button>
        <Button size="sm" className="pointer-coarse:min-w-14" aria-keyshortcuts="o" onClick={() => mark('out')}>
          {t('out')} <KeyOf name="O" />
        </Button>
        <Button size="sm" variant="primary" aria-keyshortcuts="e" onClick={() => mark('around')}>
          {t('around', { lead: String(LEAD_S), lag: String(LAG_S) })} <KeyOf name="E" />
        </Button>
        <span className="flex-1" />
        <Button size="sm" aria-keyshortcuts="u" disabled={made.length === 0} onClick={takeBack}>
          <Undo2 aria-hidden />
          {t('undo')} <KeyOf name="U" />
        </Button>
      </div>
      <MarkLine marking={marking} />
    </fieldset>
  );
}

/** Printed on the button, where there are keys. */
function KeyOf({ name }: { name: string }) {
  return <Kbd>{name}</Kbd>;
}

/** One line of a fixed height, so that nothing moves while one marks. */
function MarkLine({ marking: { inS, fault, made, forgetIn } }: { marking: Marking }) {
  const t = useTranslations('film.mark');
  const write = (seconds: number) => formatDuration(seconds, { exact: true });
  const last = made.at(-1);
  return (
    <div className="mt-1 flex min-h-8 items-center gap-1 text-[0.8125rem] pointer-coarse:min-h-11">
      <p role="status" className={fault ? 'text-danger' : 'text-muted'}>
        {fault
          ? t(`faults.${fault}`)
          : inS !== null
            ? t('inAt', { at: write(inS) })
            : last
              ? t('made', { from: write(last.start_timecode_s), to: write(last.end_timecode_s) })
              : null}
      </p>
      {inS === null ? null : (
        <IconButton size="sm" label={t('forgetIn')} onClick={forgetIn}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
