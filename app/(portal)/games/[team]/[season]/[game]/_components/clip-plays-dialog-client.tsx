'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { plannedClipsOptions } from '#app/_client/clip-plays.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { MAX_BATCH } from '#lib/clips/clip-schemas.ts';
import { SKIP_REASONS } from '#lib/plays/clip-plays-schemas.ts';
import { SecondsInput } from './seconds-input-client.tsx';
import type { ClipKeeping } from './use-clip-keeping.tsx';

const MAX_MERGED_S = 60;

interface ClipPlaysDialogProps {
  playIds: readonly number[];
  keeping: ClipKeeping;
  onClose: () => void;
}

/** Says what would be made of so many plays, and makes it. */
export function ClipPlaysDialog({ playIds, keeping, onClose }: ClipPlaysDialogProps) {
  const t = useTranslations('games.make');
  const common = useTranslations('common.action');
  const [mergeS, setMergeS] = useState(0);
  const isTooMany = playIds.length > MAX_BATCH;
  const merge = mergeS > 0 ? { merge_within_s: mergeS } : {};
  const dryRun = useQuery({
    ...plannedClipsOptions({ play_ids: [...playIds], ...keeping.asked, ...merge }),
    placeholderData: keepPreviousData,
    enabled: !isTooMany,
  });
  const planned = dryRun.data;
  const told = (seconds: number | undefined) =>
    seconds === undefined ? t('usual') : t('seconds', { s: String(seconds) });
  const make = () => {
    keeping.keep(playIds, mergeS > 0 ? mergeS : undefined);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { count: playIds.length })}
      description={t('description', { lead: told(keeping.asked.lead_s), lag: told(keeping.asked.lag_s) })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={!planned || planned.created === 0 || dryRun.isPlaceholderData}
            busy={keeping.isMaking}
            onClick={make}
          >
            {t('make', { count: planned?.created ?? 0 })}
          </Button>
        </>
      }
    >
      <Field label={t('merge')} hint={t('mergeHint')} className="max-w-60">
        {(control) => <SecondsInput {...control} value={mergeS} max={MAX_MERGED_S} onChange={setMergeS} />}
      </Field>
      <div role="status" className="mt-4 min-h-24 text-sm">
        {isTooMany ? (
          <p className="text-warning">{t('tooMany', { max: MAX_BATCH })}</p>
        ) : dryRun.error ? (
          <p className="text-danger">{dryRun.error.message}</p>
        ) : planned ? (
          <ul className="flex flex-col gap-1">
            <li className="font-medium">{t('created', { count: planned.created })}</li>
            {planned.existing > 0 ? <li>{t('existing', { count: planned.existing })}</li> : null}
            {planned.planned.some(({ is_exact }) => !is_exact) ? (
              <li>{t('about', { count: planned.planned.filter(({ is_exact }) => !is_exact).length })}</li>
            ) : null}
            {SKIP_REASONS.map((reason) => {
              const count = planned.skipped.filter((skipped) => skipped.reason === reason).length;
              return count > 0 ? (
                <li key={reason} className="text-muted">
                  {t(`skipped.${reason}`, { count })}
                </li>
              ) : null;
            })}
          </ul>
        ) : (
          <p className="text-muted">{t('counting')}</p>
        )}
      </div>
    </Dialog>
  );
}
