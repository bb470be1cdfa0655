import { useTranslations } from 'use-intl';
import { FACT_FIELDS, type FactField } from './fact-draft.ts';

/** The words for refused fields, in the reader's language. */
export function useFactFaults() {
  const t = useTranslations('clip.edit');
  const words: Partial<Record<FactField, string>> = {
    player_id: t('badPlayer'),
    event_type: t('badEvent'),
    opponent_code: t('badTeam'),
    game_date: t('badDate'),
  };
  return (fields: ReadonlySet<string>): Partial<Record<FactField, string>> =>
    Object.fromEntries(
      FACT_FIELDS.filter((field) => fields.has(field)).map((field) => [field, words[field] ?? t('bad')]),
    );
}
