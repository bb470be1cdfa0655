import type { useTranslations } from 'use-intl';
import { eventName } from '#app/_i18n/hockey-words.ts';
import type { Audience, ReelItemJson, ReelSummaryJson } from '#lib/reels/reel-schemas.ts';

type ReelTranslator = ReturnType<typeof useTranslations<'reels'>>;
type HockeyTranslator = ReturnType<typeof useTranslations<'hockey'>>;

/** To whom a reel is shown. A player is told of no other chosen one. */
export function audienceName(t: ReelTranslator, audience: Audience, mayEdit: boolean): string {
  if (typeof audience === 'string') return t(`audience.${audience}`);
  return mayEdit ? t('audience.players', { count: audience.players.length }) : t('audience.you');
}

/** What an item shows, with its place in the order. */
export function itemName(
  { t, hockey }: { t: ReelTranslator; hockey: HockeyTranslator },
  { clip }: Pick<ReelItemJson, 'clip'>,
  at: number,
): string {
  if (!clip) return `${at + 1}. ${t('item.gone')}`;
  const event = eventName(hockey, clip.event_type);
  return t('item.name', { at: at + 1, event, player: clip.player_name ?? clip.player_id });
}

/** The team of a reel and how many clips it has. */
export const countName = (t: ReelTranslator, { item_count }: Pick<ReelSummaryJson, 'item_count'>): string =>
  t('items', { count: item_count });
