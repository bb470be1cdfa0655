'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';
import { useTranslations } from 'use-intl';
import { SearchField } from '#app/_ui/search-field.tsx';
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
    <SearchField
      ref={inputRef}
      label={t('label')}
      placeholder={t('placeholder')}
      value={words}
      clearLabel={t('clear')}
      onClear={() => onChange('')}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        // Back to the keys of the page, with what was found.
        if (event.key === 'Enter' || event.key === 'ArrowDown') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        if (words === '') event.currentTarget.blur();
        else onChange('');
      }}
      className="basis-40"
    />
  );
}
