'use client';

import { type KeyboardEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { FactFields } from '#app/(portal)/watch/_components/fact-fields-client.tsx';
import { BUTTON_COLORS, type ButtonColor, RESERVED_KEYS } from '#lib/code-windows/code-window-schemas.ts';
import { BUTTON_FACTS, type ButtonDraft, capOfKey, keyOfPress } from './button-draft.ts';
import type { FaultField } from './code-faults.ts';

interface CodeButtonFormProps {
  /** Whose players are on offer. */
  team: string;
  draft: ButtonDraft;
  others: readonly ButtonDraft[];
  /** Fields that were refused. */
  faults: ReadonlySet<FaultField>;
  onChange: (change: Partial<ButtonDraft>) => void;
}

const isColor = (name: string): name is ButtonColor => (BUTTON_COLORS as readonly string[]).includes(name);

/** Everything that one button says. */
export function CodeButtonForm({ team, draft, others, faults, onChange }: CodeButtonFormProps) {
  const t = useTranslations('codes');
  const wordsOf = (field: FaultField) => (faults.has(field) ? t(`fault.${field}`) : undefined);
  const factFaults = Object.fromEntries(BUTTON_FACTS.map((field) => [field, wordsOf(field)]));
  const seconds = (field: 'lead' | 'lag') => (
    <Field label={t(`editor.${field}`)} required error={wordsOf(`${field}_s`)}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={0}
          max={30}
          step={0.5}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line p-3">
      <legend className="sr-only">{t('editor.button', { label: draft.label })}</legend>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Field label={t('editor.label')} required error={wordsOf('label')}>
          {(control) => (
            <Input
              {...control}
              maxLength={40}
              value={draft.label}
              onChange={(event) => onChange({ label: event.target.value })}
            />
          )}
        </Field>
        <KeyField draft={draft} others={others} error={wordsOf('key')} onChange={(key) => onChange({ key })} />
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {seconds('lead')}
        {seconds('lag')}
        <Field label={t('editor.color')} error={wordsOf('color')}>
          {(control) => (
            <Select
              {...control}
              value={draft.color}
              onValueChange={(color) => isColor(color) && onChange({ color })}
              options={BUTTON_COLORS.map((color) => ({ value: color, label: t(`color.${color}`) }))}
            />
          )}
        </Field>
      </div>
      <FactFields
        team={team}
        draft={draft.facts}
        fields={BUTTON_FACTS}
        optional={['player_id']}
        faults={factFaults}
        onChange={(change) => onChange({ facts: { ...draft.facts, ...change } })}
        isDense
      />
      <p className="text-xs text-faint">{t('editor.playerHint')}</p>
      <Field label={t('editor.tags')} hint={t('editor.tagsHint')} error={wordsOf('tags')}>
        {(control) => (
          <Input {...control} value={draft.tags} onChange={(event) => onChange({ tags: event.target.value })} />
        )}
      </Field>
    </fieldset>
  );
}

interface KeyFieldProps {
  draft: ButtonDraft;
  others: readonly ButtonDraft[];
  error: string | undefined;
  onChange: (key: string | null) => void;
}

/** Takes the letter that is pressed in it. One that means something else already is refused, with what it means. */
function KeyField({ draft, others, error, onChange }: KeyFieldProps) {
  const t = useTranslations('codes.editor');
  const [refused, setRefused] = useState<string | null>(null);
  const take = (key: string | null) => {
    const owner = others.find((other) => key !== null && other.key === key);
    const isReserved = key !== null && RESERVED_KEYS.has(key);
    if (key !== null && isReserved) return setRefused(t('badKey', { key: capOfKey(key) }));
    if (key !== null && owner) return setRefused(t('takenKey', { key: capOfKey(key), label: owner.label }));
    setRefused(null);
    onChange(key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace' || event.key === 'Delete') return take(null);
    const key = keyOfPress(event);
    if (key === null) return;
    event.preventDefault();
    take(key);
  };
  return (
    <Field label={t('key')} hint={t('keyHint')} error={refused ?? error}>
      {(control) => (
        <span className="flex gap-1.5">
          <Input
            {...control}
            readOnly
            value={draft.key ? capOfKey(draft.key) : ''}
            placeholder={t('noKey')}
            onKeyDown={onKeyDown}
            onBlur={() => setRefused(null)}
          />
          <Button disabled={draft.key === null} onClick={() => take(null)}>
            {t('clearKey')}
          </Button>
        </span>
      )}
    </Field>
  );
}
