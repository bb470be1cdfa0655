'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Scissors } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { createClipOptions } from '#app/_client/clip-mutations.ts';
import { clipHref, DEFAULT_SORT } from '#app/_client/clip-query.ts';
import { touchesDamage } from '#app/_client/cut-range.ts';
import type { FrameRate } from '#app/_client/timecode.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { Card, CardBody, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';
import { FactFields } from '#app/(portal)/watch/_components/fact-fields-client.tsx';
import { useFactFaults } from '#app/(portal)/watch/_components/use-fact-faults.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { type CutDraft, type CutFault, type CutFaults, cutRequest, formFieldOf, rangeOfDraft } from './cut-draft.ts';
import { EventAt } from './event-at-client.tsx';

interface CutFormProps {
  master: MasterJson;
  rate: FrameRate;
  draft: CutDraft;
  onChange: (change: Partial<CutDraft>) => void;
}

/** Cuts one clip: in, out, who and what. The server's own words stand where its schema refuses. */
export function CutForm({ master, rate, draft, onChange }: CutFormProps) {
  const t = useTranslations('masters.cut');
  const { submit, isPending, errorOf, factFaults, clearFaults } = useCut({ master, rate, draft, onChange });
  const range = rangeOfDraft(draft, rate);
  return (
    <Card className="self-start">
      <CardHeader>
        <CardTitle>{t('heading')}</CardTitle>
        <Length draft={draft} rate={rate} />
      </CardHeader>
      <CardBody>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid grid-cols-2 gap-3">
            <TimecodeField
              label={t('in')}
              value={draft.start}
              error={errorOf('start')}
              onChange={(start) => onChange({ start })}
            />
            <TimecodeField
              label={t('out')}
              value={draft.end}
              error={errorOf('end')}
              onChange={(end) => onChange({ end })}
            />
          </div>
          {range && touchesDamage(range, master.damage) ? (
            <p role="status" className="text-xs text-muted">
              {t('damaged')}
            </p>
          ) : null}
          <EventAt
            rate={rate}
            durationS={master.duration_s}
            onRange={(start, end) => {
              clearFaults();
              onChange({ start, end });
            }}
          />
          <FactFields
            team={master.team_code}
            draft={draft.facts}
            onChange={(change) => onChange({ facts: { ...draft.facts, ...change } })}
            faults={factFaults}
          />
          <Field label={t('tags')} hint={t('tagsHint')} error={errorOf('tags')}>
            {(control) => (
              <Input {...control} value={draft.tags} onChange={(event) => onChange({ tags: event.target.value })} />
            )}
          </Field>
          <Button type="submit" variant="primary" busy={isPending}>
            <Scissors aria-hidden />
            {t('submit')}
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

/** Sends the draft, and keeps what is wrong with it: found here, or by the server. */
function useCut({ master, rate, draft, onChange }: CutFormProps) {
  const t = useTranslations('masters.cut');
  const router = useRouter();
  const words = useCutWords();
  const [faults, setFaults] = useState<CutFaults>({});
  const [serverFaults, setServerFaults] = useState<Readonly<Record<string, string>>>({});
  const create = useMutation(createClipOptions(useQueryClient()));
  const factWords = useFactFaults();
  const factFaults = { ...factWords(new Set(Object.keys(faults))), ...serverFaults };
  const errorOf = (field: string) => serverFaults[field] ?? (faults[field] ? words(faults[field]) : undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = cutRequest(draft, master, rate);
    setServerFaults({});
    setFaults(request.faults ?? {});
    if (!request.body) return;
    create.mutate(
      { body: request.body },
      {
        onSuccess: ({ clip_id }) => {
          const open = () => router.push(clipHref(clip_id, { filters: { master_id: master.id }, sort: DEFAULT_SORT }));
          toast.success(t('done'), { action: { label: t('openClip'), onClick: open } });
          onChange({ start: '', end: '' });
        },
        onError: (error) => {
          const named = isApiError(error) ? (error.problem.errors ?? []) : [];
          setServerFaults(Object.fromEntries(named.map(({ path, message }) => [formFieldOf(path), message])));
          toast.error(error.message);
        },
      },
    );
  };
  return { submit, isPending: create.isPending, errorOf, factFaults, clearFaults: () => setFaults({}) };
}

function useCutWords() {
  const t = useTranslations('masters.cut.faults');
  return (fault: CutFault): string => (fault === 'refused' ? t('other') : t(fault));
}

function Length({ draft, rate }: { draft: CutDraft; rate: FrameRate }) {
  const t = useTranslations('masters.cut');
  const range = rangeOfDraft(draft, rate);
  if (range === null) return null;
  const length = formatDuration(range.endS - range.startS, { exact: true });
  return <span className="text-xs text-muted">{t('length', { length })}</span>;
}

interface TimecodeFieldProps {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function TimecodeField({ label, value, error, onChange }: TimecodeFieldProps) {
  const t = useTranslations('masters.cut');
  return (
    <Field label={label} error={error} required>
      {(control) => (
        <Input
          {...control}
          value={value}
          placeholder="00:00:00:00"
          title={t('timecodeHint')}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
