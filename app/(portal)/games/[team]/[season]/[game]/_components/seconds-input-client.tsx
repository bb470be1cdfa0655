'use client';

import { type ComponentProps, useState } from 'react';
import { Input } from '#app/_ui/input.tsx';

interface SecondsInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'max'> {
  value: number;
  max: number;
  onChange: (seconds: number) => void;
  /** Called when the field is emptied. */
  onEmpty?: () => void;
}

/** A number of seconds. What is no number yet changes nothing. */
export function SecondsInput({ value, max, onChange, onEmpty, ...rest }: SecondsInputProps) {
  const [draft, setDraft] = useState(String(value));
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Whoever has emptied it is about to type.
    if (draft !== '' && Number(draft) !== value) setDraft(String(value));
  }
  return (
    <Input
      {...rest}
      type="number"
      inputMode="decimal"
      min={0}
      max={max}
      step={0.5}
      value={draft}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        const seconds = Number(text);
        if (text === '') onEmpty?.();
        if (text !== '' && seconds >= 0 && seconds <= max) onChange(seconds);
      }}
      onBlur={() => setDraft(String(value))}
    />
  );
}
