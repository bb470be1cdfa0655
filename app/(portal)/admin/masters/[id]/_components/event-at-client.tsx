'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S, rangeAround } from '#app/_client/cut-range.ts';
import { type FrameRate, formatTimecode, parseTimecode } from '#app/_client/timecode.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

interface EventAtProps {
  rate: FrameRate;
  durationS: number | null;
  onRange: (start: string, end: string) => void;
}

/** The usual lead and lag round a moment of which only the event is known. */
export function EventAt({ rate, durationS, onRange }: EventAtProps) {
  const t = useTranslations('masters.cut');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<'timecode' | 'event_beyond' | null>(null);
  const take = () => {
    const eventS = parseTimecode(text, rate);
    const range = eventS === null ? null : rangeAround(eventS, durationS, LEAD_S, LAG_S);
    setFault(eventS === null ? 'timecode' : range === null ? 'event_beyond' : null);
    if (range) onRange(formatTimecode(range.startS, rate), formatTimecode(range.endS, rate));
  };
  return (
    <Field label={t('eventAt')} hint={t('timecodeHint')} error={fault ? t(`faults.${fault}`) : undefined}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            value={text}
            placeholder="00:00:00:00"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              take();
            }}
          />
          <Button onClick={take}>{t('takeAround')}</Button>
        </div>
      )}
    </Field>
  );
}
