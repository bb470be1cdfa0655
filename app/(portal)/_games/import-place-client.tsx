'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { GameParams } from '#lib/plays/game-schemas.ts';
import { checkedPlace, type FilePlace } from './place-of-file.ts';

interface ImportPlaceProps {
  /** What the file says. */
  place: FilePlace;
  onPlaced: (game: GameParams) => void;
}

const PARTS = [
  ['team_code', 'MTL'],
  ['season', '2025-2026'],
  ['game_id', '20031'],
] as const;

const trimmed = ({ team_code, season, game_id }: GameParams): GameParams => ({
  ...{ team_code: team_code.trim().toUpperCase(), season: season.trim(), game_id: game_id.trim() },
});

/** Asks which game a file is of; what it says itself stands there already. */
export function ImportPlace({ place, onPlaced }: ImportPlaceProps) {
  const t = useTranslations('playImport');
  const hockey = useTranslations('hockey.field');
  const upload = useTranslations('upload.fieldFaults');
  const [text, setText] = useState<GameParams>(place);
  const [isTried, setIsTried] = useState(false);
  const { game, refused } = checkedPlace(trimmed(text));
  return (
    <form
      id="import-place"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (game) onPlaced(game);
      }}
    >
      <p className="text-sm text-muted">{t('whichGame')}</p>
      {place.teams.length > 1 && text.team_code === '' ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span>{t('whoseGame')}</span>
          {place.teams.map((team) => (
            <Button key={team} size="sm" onClick={() => setText({ ...text, team_code: team })}>
              {team}
            </Button>
          ))}
        </div>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-3">
        {PARTS.map(([part, example]) => (
          <Field key={part} label={hockey(part)} required error={isTried && refused.has(part) ? upload(part) : null}>
            {(control) => (
              <Input
                {...control}
                value={text[part]}
                placeholder={example}
                onChange={(event) => setText({ ...text, [part]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </form>
  );
}
