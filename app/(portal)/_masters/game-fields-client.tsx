import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

/** What games are looked for by, as it is typed. */
export interface GameText {
  team_code: string;
  season: string;
  game_id: string;
}

interface GameFieldsProps {
  text: GameText;
  labels: { team: string; season: string; game: string };
  onChange: (text: GameText) => void;
  /** Called when one leaves a field. */
  onLeave: () => void;
}

/** The filters of games; the form that they stand in hears Enter. */
export function GameFields({ text, labels, onChange, onLeave }: GameFieldsProps) {
  const field = (name: keyof GameText, label: string, placeholder: string) => (
    <Field label={label} className="w-full sm:w-36">
      {(control) => (
        <Input
          {...control}
          value={text[name]}
          placeholder={placeholder}
          onChange={(event) => onChange({ ...text, [name]: event.target.value })}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
  return (
    <>
      {field('team_code', labels.team, 'MTL')}
      {field('season', labels.season, '2025-2026')}
      {field('game_id', labels.game, '20031')}
    </>
  );
}
