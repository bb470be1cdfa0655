'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
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
    <search className="relative min-w-0 flex-1 basis-full sm:basis-0">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <Input
        ref={input}
        type="search"
        aria-label={t('search')}
        aria-keyshortcuts="/"
        placeholder={t('searchPlaceholder')}
        maxLength={200}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => {
          typing.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(draft);
          if (event.key === 'Escape' && draft !== '') clear();
        }}
        className="peer pr-9 pl-8"
      />
      {draft === '' ? (
        <Kbd aria-hidden className="pointer-events-none absolute top-2 right-2 hidden peer-focus:hidden md:inline-flex">
          /
        </Kbd>
      ) : (
        <IconButton
          label={t('clearSearch')}
          size="sm"
          onClick={clear}
          className="absolute top-0.5 right-0.5 pointer-coarse:top-0 pointer-coarse:right-0"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
