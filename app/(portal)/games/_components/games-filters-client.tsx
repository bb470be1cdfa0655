'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type GameQuery, gamesHref, NO_GAME_FILTERS, readGameQuery } from '#app/_client/game-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

/** Team, season, opponent and words. They count when one leaves a field or presses Enter. */
export function GamesFilters({ query }: { query: GameQuery }) {
  const t = useTranslations('games.list.filters');
  const router = useRouter();
  const [text, setText] = useState(query);
  const apply = () => {
    const next = readGameQuery({ ...text });
    if (gamesHref(next) !== gamesHref(query)) router.push(gamesHref(next));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  const field = (name: keyof GameQuery, label: string, placeholder: string) => (
    <Field label={label} className="w-full sm:w-36">
      {(control) => (
        <Input
          {...control}
          value={text[name]}
          placeholder={placeholder}
          maxLength={200}
          onChange={(event) => setText({ ...text, [name]: event.target.value })}
          onBlur={apply}
        />
      )}
    </Field>
  );
  return (
    <search aria-label={t('label')}>
      <form onSubmit={submit} className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        {field('team_code', t('team'), 'MTL')}
        {field('season', t('season'), '2025-2026')}
        {field('opponent_code', t('opponent'), 'CHI')}
        {field('q', t('words'), t('wordsHint'))}
        <button type="submit" hidden tabIndex={-1} />
        {gamesHref(query) === gamesHref(NO_GAME_FILTERS) ? null : (
          <Button variant="ghost" onClick={() => router.push(gamesHref(NO_GAME_FILTERS))}>
            {t('clear')}
          </Button>
        )}
      </form>
    </search>
  );
}
