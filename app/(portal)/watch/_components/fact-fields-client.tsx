'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { clipFacetsOptions } from '#app/_client/clip-queries.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { Combobox, type ComboboxOption } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { facetValues, filterValueName } from '#app/(portal)/_clips/filter-words.ts';
import type { FactDraft, FactField } from './fact-draft.ts';
import { KNOWN_VALUES } from './known-values.ts';
import { playerChange, rosterOf } from './roster.ts';

interface FactFieldsProps {
  /** Whose players are on offer. */
  team: string;
  draft: FactDraft;
  onChange: (change: Partial<FactDraft>) => void;
  /** Fields that were refused, with the words to show. */
  faults: Partial<Record<FactField, string>>;
}

/** `Select` takes no empty value. */
const NO_PERIOD = 'none';
const PERIODS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The facts of a clip to fill in: known values on offer, any other may be typed. */
export function FactFields({ team, draft, onChange, faults }: FactFieldsProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const text = (field: FactField, label: string, props: { type?: string; required?: boolean; maxLength?: number }) => (
    <Field label={label} error={faults[field]} required={props.required ?? false}>
      {(control) => (
        <Input
          {...control}
          name={field}
          type={props.type ?? 'text'}
          maxLength={props.maxLength}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const choice = (field: ChoiceField, required = false) => (
    <ChoiceInput
      field={field}
      label={hockey(`field.${field}`)}
      required={required}
      value={draft[field]}
      onChange={(value) => onChange({ [field]: value })}
      error={faults[field]}
    />
  );
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <PlayerInput team={team} value={draft.player_id} onChange={onChange} error={faults.player_id} />
      {text('player_name', t('edit.playerName'), { maxLength: 255 })}
      {choice('event_type', true)}
      {choice('outcome')}
      {choice('zone')}
      {choice('strength')}
      <Field label={hockey('field.period')} error={faults.period}>
        {(control) => (
          <Select
            {...control}
            value={draft.period || NO_PERIOD}
            onValueChange={(value) => onChange({ period: value === NO_PERIOD ? '' : value })}
            options={[
              { value: NO_PERIOD, label: t('edit.notSet') },
              ...PERIODS.map((period) => ({ value: String(period), label: periodName(hockey, period) })),
            ]}
          />
        )}
      </Field>
      {choice('opponent_code')}
      {text('game_date', hockey('field.date'), { type: 'date' })}
    </div>
  );
}

interface PlayerInputProps {
  team: string;
  value: string;
  onChange: (change: Partial<FactDraft>) => void;
  error: string | undefined;
}

/** A player by number or name: whoever is on a clip of the team is known, and any other number may be typed. */
function PlayerInput({ team, value, onChange, error }: PlayerInputProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const common = useTranslations('common.action');
  const roster = rosterOf(useQuery(clipFacetsOptions({ team_code: [team] })).data);
  const chosen = roster.find(({ id }) => id === value);
  return (
    <Field label={hockey('field.player_id')} error={error} required>
      {(control) => (
        <Combobox
          {...control}
          label={hockey('field.player_id')}
          options={roster.map(({ id, name }) => ({ value: id, label: name ?? id, ...(name ? { hint: id } : {}) }))}
          value={value || null}
          shown={chosen?.name ? `${chosen.name} · ${chosen.id}` : value || null}
          onChange={(id) => onChange(playerChange(roster, id ?? ''))}
          placeholder={t('edit.numberOrName')}
          searchPlaceholder={t('edit.numberOrName')}
          emptyText={common('noResults')}
          customLabel={(typed) => t('edit.use', { text: typed })}
        />
      )}
    </Field>
  );
}

type ChoiceField = 'event_type' | 'outcome' | 'zone' | 'strength' | 'opponent_code';

interface ChoiceInputProps {
  field: ChoiceField;
  label: string;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** Values that the library has, then those that hockey knows, then anything one types. */
function ChoiceInput({ field, label, required, value, onChange, error }: ChoiceInputProps) {
  const t = useTranslations('clip.edit');
  const common = useTranslations('common.action');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const facets = useQuery(clipFacetsOptions({})).data;
  const used = facetValues(facets, field, value ? [value] : []);
  const options = new Map<string, ComboboxOption>();
  for (const { value: known, label: name, count } of used) {
    const shown = filterValueName(field, known, name, hockey, format);
    options.set(known, { value: known, label: shown, ...(count > 0 ? { hint: String(count) } : {}) });
  }
  for (const known of KNOWN_VALUES[field]) {
    if (!options.has(known))
      options.set(known, { value: known, label: filterValueName(field, known, null, hockey, format) });
  }
  return (
    <Field label={label} error={error} required={required}>
      {(control) => (
        <Combobox
          {...control}
          label={label}
          options={[...options.values()]}
          value={value || null}
          onChange={(chosen) => onChange(chosen ?? '')}
          placeholder={t('notSet')}
          searchPlaceholder={t('search')}
          emptyText={common('noResults')}
          customLabel={(typed) => t('use', { text: typed })}
          {...(required ? {} : { clearLabel: t('notSet') })}
        />
      )}
    </Field>
  );
}
