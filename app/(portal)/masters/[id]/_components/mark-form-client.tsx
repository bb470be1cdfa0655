'use client';

import { type FormEvent, type KeyboardEvent, type RefObject, useId } from 'react';
import { useTranslations } from 'use-intl';
import { remember } from '#app/_client/remembered.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { Card, CardBody, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { FACT_FIELDS } from '#app/(portal)/watch/_components/fact-draft.ts';
import { FactFields } from '#app/(portal)/watch/_components/fact-fields-client.tsx';
import { useFactFaults } from '#app/(portal)/watch/_components/use-fact-faults.ts';
import { QUICK_FACTS } from './mark-facts.ts';
import type { Marking } from './use-marking.ts';

const OTHER_FACTS = FACT_FIELDS.filter((field) => !QUICK_FACTS.includes(field));

interface MarkFormProps {
  formRef: RefObject<HTMLFormElement | null>;
  team: string;
  marking: Marking;
  /** How the reader likes to mark; left out where that is not asked. */
  habits?: { asksFirst: boolean; stops: boolean };
  /** Called when somebody begins to fill it in. */
  onTyping?: () => void;
}

/** Who and what the next clip is of. It never stands in the film's way: a mark takes what it says at that moment. */
export function MarkForm({ formRef, team, marking, habits, onTyping }: MarkFormProps) {
  const t = useTranslations('film.facts');
  const { facts, held, refused } = marking;
  const faultWords = useFactFaults();
  const faults = { ...faultWords(refused.fields), ...refused.words };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    marking.makeHeld();
  };
  const leave = (event: KeyboardEvent) => {
    const { activeElement: field } = document;
    if (event.key === 'Escape' && field instanceof HTMLElement && formRef.current?.contains(field)) field.blur();
  };
  const fields = { team, draft: facts.draft, onChange: facts.change, faults };
  const hasOtherFault = OTHER_FACTS.some((field) => faults[field]) || 'tags' in refused.words;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('heading')}</CardTitle>
      </CardHeader>
      <CardBody>
        <form ref={formRef} noValidate onSubmit={submit} onFocus={onTyping} onKeyDown={leave}>
          <div className="flex flex-col gap-3">
            <HeldClips marking={marking} />
            <FactFields {...fields} fields={QUICK_FACTS} isDense />
            <details open={hasOtherFault || undefined}>
              <summary className="min-h-6 cursor-pointer rounded text-[0.8125rem] text-muted pointer-coarse:min-h-11 pointer-coarse:py-3">
                {t('more')}
              </summary>
              <div className="mt-2 flex flex-col gap-3">
                <FactFields {...fields} fields={OTHER_FACTS} isDense />
                <Field
                  label={t('tags')}
                  hint={t('tagsHint')}
                  error={refused.words.tags ?? (refused.fields.has('tags') ? t('badTags') : undefined)}
                >
                  {(control) => (
                    <Input {...control} value={facts.tags} onChange={(event) => facts.setTags(event.target.value)} />
                  )}
                </Field>
              </div>
            </details>
            {habits ? (
              <div>
                <Switch
                  label={t('ask')}
                  isOn={habits.asksFirst}
                  onChange={(on) => remember('mark-ask', on ? 'on' : 'off')}
                />
                <Switch
                  label={t('stop')}
                  isOn={habits.stops}
                  onChange={(on) => remember('mark-stop', on ? 'on' : 'off')}
                />
              </div>
            ) : null}
          </div>
          {held.length === 0 ? <button type="submit" hidden tabIndex={-1} /> : null}
        </form>
      </CardBody>
    </Card>
  );
}

/** Clips that are marked and cannot be made yet: what is missing stands below. */
function HeldClips({ marking: { held, isMaking, discardHeld } }: { marking: Marking }) {
  const t = useTranslations('film.facts');
  const [next] = held;
  if (!next) return null;
  const range = { from: formatDuration(next.startS, { exact: true }), to: formatDuration(next.endS, { exact: true }) };
  return (
    <div role="status" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
      <p>
        {t('held', { count: held.length })} <span className="tabular-nums">{t('heldRange', range)}</span>
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" size="sm" variant="primary" busy={isMaking}>
          {t('make')}
        </Button>
        <Button size="sm" variant="ghost" onClick={discardHeld}>
          {t('discard')}
        </Button>
      </div>
    </div>
  );
}

function Switch({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-6 items-center gap-2 text-[0.8125rem] text-muted pointer-coarse:min-h-11">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-(--accent)"
      />
      {label}
    </label>
  );
}
