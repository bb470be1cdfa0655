'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { clipFacetsOptions } from '#app/_client/clip-queries.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { cn } from '#app/_ui/cn.ts';
import { Combobox, type ComboboxOption } from '#app/_ui/combobox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { facetValues, filterValueName } from '#app/(portal)/_clips/filter-words.ts';
import { type FacetField, isFacetField } from '#lib/clips/clip-filter-schemas.ts';
import { FACT_FIELDS, type FactDraft, type FactField, isRequired } from './fact-draft.ts';
import { KNOWN_VALUES } from './known-values.ts';
import { playerChange, rosterOf } from './roster.ts';

interface FactFieldsProps {
  /** Whose players are on offer. */
  team: string;
  draft: FactDraft;
  onChange: (change: Partial<FactDraft>) => void;
  /** Fields that were refused, with the words to show. */
  faults: Partial<Record<FactField, string>>;
  /** Those to fill in, in order; all of them, unless told. */
  fields?: readonly FactField[];
  /** Those that may be left out here, although a clip cannot be without them. */
  optional?: readonly FactField[];
  /** Two in a row also where there is little room. */
  isDense?: boolean;
}

/** `Select` takes no empty value. */
const NO_PERIOD = 'none';
const PERIODS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The longest that a fact may be. */
const MAX_TEXT = 255;

/** Who and what comes first, as one thinks of it; then all else. */
const FIRST: readonly FactField[] = ['player_id', 'player_name', 'event_type', 'outcome', 'zone', 'strength', 'period'];
const IN_ORDER = [...FIRST, ...FACT_FIELDS.filter((field) => !FIRST.includes(field))];

/** The facts of a clip to fill in: known values on offer, any other may be typed. */
export function FactFields({
  team,
  draft,
  onChange,
  faults,
  fields = IN_ORDER,
  optional = [],
  isDense,
}: FactFieldsProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const text = (field: FactField, type = 'text') => (
    <Field key={field} label={hockey(`field.${field}`)} error={faults[field]} required={isRequired(field)}>
      {(control) => (
        <Input
          {...control}
          name={field}
          type={type}
          maxLength={type === 'text' ? MAX_TEXT : undefined}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const period = (
    <Field key="period" label={hockey('field.period')} error={faults.period}>
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
  );
  const input = (field: FactField) => {
    if (field === 'player_id') {
      const { player_id: value } = draft;
      const required = !optional.includes(field);
      return <PlayerInput key={field} {...{ team, value, onChange, required }} error={faults[field]} />;
    }
    if (field === 'period') return period;
    if (field === 'game_date') return text(field, 'date');
    if (!isFacetField(field)) return text(field);
    return (
      <ChoiceInput
        key={field}
        field={field}
        value={draft[field]}
        onChange={(value) => onChange({ [field]: value })}
        error={faults[field]}
      />
    );
  };
  return (
    <div className={cn('grid gap-3', isDense ? 'grid-cols-2' : 'grid-cols-1 sm:grid-cols-2')}>{fields.map(input)}</div>
  );
}

interface PlayerInputProps {
  team: string;
  value: string;
  onChange: (change: Partial<FactDraft>) => void;
  error: string | undefined;
  required: boolean;
}

/** A player by number or name: whoever is on a clip of the team is known, and any other number may be typed. */
function PlayerInput({ team, value, onChange, error, required }: PlayerInputProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const common = useTranslations('common.action');
  const roster = rosterOf(useQuery(clipFacetsOptions({ team_code: [team] })).data);
  const chosen = roster.find(({ id }) => id === value);
  return (
    <Field label={hockey('field.player_id')} error={error} required={required}>
      {(control) => (
        <Combobox
          {...control}
          label={hockey('field.player_id')}
          options={roster.map(({ id, name }) => ({ value: id, label: name ?? id, ...(name ? { hint: id } : {}) }))}
          value={value || null}
          shown={chosen?.name ? `${chosen.name} · ${chosen.id}` : value || null}
          onChange={(id) => onChange(id === null ? { player_id: '', player_name: '' } : playerChange(roster, id))}
          placeholder={t('edit.numberOrName')}
          searchPlaceholder={t('edit.numberOrName')}
          emptyText={common('noResults')}
          customLabel={(typed) => t('edit.use', { text: typed })}
          {...(required ? {} : { clearLabel: t('edit.notSet') })}
        />
      )}
    </Field>
  );
}

interface ChoiceInputProps {
  field: FactField & FacetField;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** Values that the library has, then those that hockey knows, then anything one types. */
function ChoiceInput({ field, value, onChange, error }: ChoiceInputProps) {
  const t = useTranslations('clip.edit');
  const common = useTranslations('common.action');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const label = hockey(`field.${field}`);
  const required = isRequired(field);
  const facets = useQuery(clipFacetsOptions({})).data;
  const used = facetValues(facets, field, value ? [value] : []);
  const options = new Map<string, ComboboxOption>();
  for (const { value: known, label: name, count } of used) {
    const shown = filterValueName(field, known, name, hockey, format);
    options.set(known, { value: known, label: shown, ...(count > 0 ? { hint: String(count) } : {}) });
  }
  for (const known of KNOWN_VALUES[field] ?? []) {
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
