'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { SearchField } from '#app/_ui/search-field.tsx';
import { useSlashKey } from './use-slash-key.ts';

const TYPING_PAUSE_MS = 250;

interface SearchBoxProps {
  value: string;
  /** `continued`: the same typing goes on, so that Back does not step through it letter by letter. */
  onSearch: (text: string, continued: boolean) => void;
}

/** Free text search; `/` leads here, Escape empties it. */
export function SearchBox({ value, onSearch }: SearchBoxProps) {
  const t = useTranslations('clips');
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const typing = useRef(false);
  useSlashKey(input);

  // Back, a link or "clear all" changed the search from outside: show that, unless it is what is being typed.
  if (value !== seen) {
    setSeen(value);
    if (draft.trim() !== value) setDraft(value);
  }

  const search = (text: string) => {
    if (text.trim() === value) return;
    onSearch(text.trim(), typing.current);
    typing.current = true;
  };

  const searchAfterPause = useEffectEvent(search);
  useEffect(() => {
    const timer = setTimeout(() => searchAfterPause(draft), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const clear = () => {
    setDraft('');
    search('');
    input.current?.focus();
  };

  return (
    <SearchField
      ref={input}
      label={t('search')}
      placeholder={t('searchPlaceholder')}
      value={draft}
      clearLabel={t('clearSearch')}
      onClear={clear}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        typing.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') search(draft);
        if (event.key === 'Escape' && draft !== '') clear();
      }}
      className="basis-full sm:basis-0"
    />
  );
}
