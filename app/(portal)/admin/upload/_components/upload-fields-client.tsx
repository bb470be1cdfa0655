'use client';

import { useTranslations } from 'use-intl';
import { masterRequest, type UploadField, type UploadItem } from '#app/_client/upload-item.ts';
import { uploadQueue } from '#app/_client/upload-queue-store.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';

/** `Select` takes no empty value. */
const NO_PERIOD = 'none';
const PERIODS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Where a master goes in the lake: read from its name, corrected by a person. */
export function UploadFieldsForm({ item, hasOthers }: { item: UploadItem; hasOthers: boolean }) {
  const t = useTranslations('upload');
  const hockey = useTranslations('hockey');
  const faults = masterRequest(item).faults ?? new Set<string>();
  const edit = (field: UploadField, value: string) => uploadQueue().edit(item.id, { [field]: value });
  const errorOf = (field: UploadField) => {
    if (faults.has(field)) return t(`fieldFaults.${field}`);
    if (field === 'filename' && uploadQueue().isTargetTaken(item)) return t('fieldFaults.taken');
    return undefined;
  };
  const text = (field: UploadField, label: string, placeholder: string, className?: string) => (
    <Field label={label} error={errorOf(field)} required {...(className ? { className } : {})}>
      {(control) => (
        <Input
          {...control}
          value={item.fields[field]}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => edit(field, event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <div className="mt-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[6rem_8.5rem_8rem_10rem] lg:grid-cols-[6rem_8.5rem_8rem_10rem_minmax(0,1fr)]">
        {text('team_code', t('fields.team'), 'MTL')}
        {text('season', t('fields.season'), '2025-2026')}
        {text('game_id', t('fields.game'), '20031')}
        <Field label={t('fields.period')} error={errorOf('period')}>
          {(control) => (
            <Select
              {...control}
              value={item.fields.period || NO_PERIOD}
              onValueChange={(value) => edit('period', value === NO_PERIOD ? '' : value)}
              options={[
                { value: NO_PERIOD, label: t('fields.noPeriod') },
                ...PERIODS.map((period) => ({ value: String(period), label: periodName(hockey, period) })),
              ]}
            />
          )}
        </Field>
        {text('filename', t('fields.filename'), 'p1-20251011-MTLvsCHI.mp4', 'col-span-full lg:col-span-1')}
      </div>
      {hasOthers ? (
        <Button size="sm" variant="ghost" className="mt-2 -ml-2.5" onClick={() => uploadQueue().applyToAll(item.id)}>
          {t('fields.applyToAll')}
        </Button>
      ) : null}
    </div>
  );
}
