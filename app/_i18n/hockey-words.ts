import type { createTranslator } from 'use-intl/core';
import type { Messages } from './catalogue.ts';
import { hockey } from './en/hockey.ts';

/** A translator of the `hockey` namespace: `useTranslations('hockey')` or `await getTranslator('hockey')`. */
export type HockeyTranslator = ReturnType<typeof createTranslator<Messages, 'hockey'>>;

/** Play-by-play files write `zoneEntry`, `zone_entry` and `zone entry` for one thing. */
const fold = (value: string): string => value.toLowerCase().replaceAll(/[\s_-]+/g, '');

const isKeyOf = <T extends object>(words: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(words, key);

/** A readable event name; one that is not known is shown as it is. */
export const eventName = (t: HockeyTranslator, event: string): string => {
  const key = fold(event);
  return isKeyOf(hockey.event, key) ? t(`event.${key}`) : event;
};

export const zoneName = (t: HockeyTranslator, zone: string): string => {
  const key = fold(zone);
  return isKeyOf(hockey.zone, key) ? t(`zone.${key}`) : zone;
};

export const outcomeName = (t: HockeyTranslator, outcome: string): string => {
  const key = fold(outcome);
  return isKeyOf(hockey.outcome, key) ? t(`outcome.${key}`) : outcome;
};

/** `powerPlay` has a name; `5v4` is its own. */
export const strengthName = (t: HockeyTranslator, strength: string): string => {
  const key = fold(strength);
  return isKeyOf(hockey.strength, key) ? t(`strength.${key}`) : strength;
};

export const statusName = (t: HockeyTranslator, status: string): string =>
  isKeyOf(hockey.status, status) ? t(`status.${status}`) : status;

/** 1–3 are periods; 4 is overtime, 5 the second overtime, and so on. */
export const periodName = (t: HockeyTranslator, period: number): string => {
  if (period <= 3) return t('period', { period });
  return period === 4 ? t('overtime') : t('overtimeNumber', { number: period - 3 });
};

/** For badges: `P1`, `OT`, `2OT`. */
export const periodShortName = (t: HockeyTranslator, period: number): string => {
  if (period <= 3) return t('periodShort', { period });
  return period === 4 ? t('overtimeShort') : t('overtimeNumberShort', { number: period - 3 });
};
