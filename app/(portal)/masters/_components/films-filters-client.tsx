'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type FilmQuery, filmsHref, isFiltered, NO_FILM_FILTERS, readFilmQuery } from '#app/_client/film-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { GameFields } from '#app/(portal)/_masters/game-fields-client.tsx';

/** Team, season and game. They count when one leaves a field or presses Enter. */
export function FilmsFilters({ query }: { query: FilmQuery }) {
  const t = useTranslations('film.filters');
  const router = useRouter();
  const [text, setText] = useState({ team_code: query.team_code, season: query.season, game_id: query.game_id });
  const apply = () => {
    const next = readFilmQuery(text);
    if (filmsHref(next) !== filmsHref({ ...query, cursor: '' })) router.push(filmsHref(next));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  return (
    <search aria-label={t('label')}>
      <form onSubmit={submit} className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <GameFields
          text={text}
          labels={{ team: t('team'), season: t('season'), game: t('game') }}
          onChange={setText}
          onLeave={apply}
        />
        <button type="submit" hidden tabIndex={-1} />
        {isFiltered(query) ? (
          <Button variant="ghost" onClick={() => router.push(filmsHref(NO_FILM_FILTERS))}>
            {t('clear')}
          </Button>
        ) : null}
      </form>
    </search>
  );
}
