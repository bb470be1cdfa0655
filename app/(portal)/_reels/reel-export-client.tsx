'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Clapperboard, Download, FileArchive } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { exportReelOptions, reelArchiveHref } from '#app/_client/reel-export-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { toast } from '#app/_ui/toast.ts';
import { ReelFilms } from './reel-films-client.tsx';

interface ReelExportProps {
  reelId: string;
  /** Whether the caller may have one film made of it; others have its clips one by one. */
  mayExport: boolean;
}

/** What can be taken home of a reel: one film, made by a worker, or its clips as files. */
export function ReelExport({ reelId, mayExport }: ReelExportProps) {
  const t = useTranslations('reelExport');
  const common = useTranslations('common.action');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Download aria-hidden />
        {t('open')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={t('title')}
        description={t('description')}
        closeLabel={common('close')}
      >
        <div className="flex flex-col gap-6">
          {mayExport ? <FilmForm reelId={reelId} /> : null}
          <section aria-labelledby={`files-${reelId}`}>
            <h3 id={`files-${reelId}`} className="text-sm font-semibold">
              {t('files')}
            </h3>
            <p className="mt-1 text-[0.8125rem] text-muted">{t('filesHint')}</p>
            <Button asChild className="mt-3">
              <a href={reelArchiveHref(reelId)} download>
                <FileArchive aria-hidden />
                {t('files')}
              </a>
            </Button>
          </section>
        </div>
      </Dialog>
    </>
  );
}

function FilmForm({ reelId }: { reelId: string }) {
  const t = useTranslations('reelExport');
  const make = useMutation(exportReelOptions(useQueryClient(), reelId));
  const [options, setOptions] = useState({ title_cards: true, notes: true, names: true });
  const change = (field: keyof typeof options) => (isOn: boolean) => setOptions({ ...options, [field]: isOn });
  const ask = () => make.mutate(options, { onError: (error) => toast.error(error.message) });
  return (
    <section aria-labelledby={`film-${reelId}`}>
      <h3 id={`film-${reelId}`} className="text-sm font-semibold">
        {t('film')}
      </h3>
      <p className="mt-1 text-[0.8125rem] text-muted">{t('filmHint')}</p>
      <div className="mt-3 flex flex-col gap-2">
        <Choice
          label={t('titleCards')}
          hint={t('titleCardsHint')}
          isOn={options.title_cards}
          onChange={change('title_cards')}
        />
        <Choice
          label={t('names')}
          isOn={options.title_cards && options.names}
          isDisabled={!options.title_cards}
          onChange={change('names')}
        />
        <Choice label={t('notes')} hint={t('notesHint')} isOn={options.notes} onChange={change('notes')} />
      </div>
      <Button variant="primary" className="mt-4" busy={make.isPending} onClick={ask}>
        <Clapperboard aria-hidden />
        {t('make')}
      </Button>
      <ReelFilms reelId={reelId} />
    </section>
  );
}

interface ChoiceProps {
  label: string;
  hint?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

function Choice({ label, hint, isOn, isDisabled = false, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="flex min-h-6 items-center gap-2 text-sm pointer-coarse:min-h-11">
        <input
          id={id}
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={isOn}
          disabled={isDisabled}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="pl-6 text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
