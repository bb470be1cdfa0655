'use client';

import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { hasMeaning, isTaken, type PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';

interface PlaySearchProps {
  inputRef: RefObject<HTMLInputElement | null>;
  words: string;
  pageKeys: readonly PageKey[];
  onChange: (words: string) => void;
}

/** Words to find in the plays. Whoever types a letter that is no key begins here. */
export function PlaySearch({ inputRef, words, pageKeys, onChange }: PlaySearchProps) {
  const t = useTranslations('games.search');
  const begin = useEffectEvent((event: KeyboardEvent) => {
    const isTyped = /^[\p{L}\p{N}/]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isTyped || event.defaultPrevented || event.isComposing || hasMeaning(event, pageKeys) || isTaken(event))
      return;
    // The letter itself goes where the focus is by then; a slash is only the way here.
    if (event.key === '/') event.preventDefault();
    inputRef.current?.focus();
    inputRef.current?.select();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => begin(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <search className="relative min-w-0 flex-1 basis-40">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <Input
        ref={inputRef}
        type="search"
        aria-label={t('label')}
        aria-keyshortcuts="/"
        placeholder={t('placeholder')}
        maxLength={200}
        value={words}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Back to the keys of the page, with what was found.
          if (event.key === 'Enter' || event.key === 'ArrowDown') event.currentTarget.blur();
          if (event.key !== 'Escape') return;
          if (words === '') event.currentTarget.blur();
          else onChange('');
        }}
        className="peer pr-9 pl-8"
      />
      {words === '' ? (
        <Kbd aria-hidden className="pointer-events-none absolute top-2 right-2 hidden peer-focus:hidden md:inline-flex">
          /
        </Kbd>
      ) : (
        <IconButton
          label={t('clear')}
          size="sm"
          onClick={() => onChange('')}
          className="absolute top-0.5 right-0.5 pointer-coarse:top-0 pointer-coarse:right-0"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
