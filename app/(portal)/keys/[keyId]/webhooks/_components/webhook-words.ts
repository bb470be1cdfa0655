import type { webhooks } from '#app/_i18n/en/webhooks.ts';

/** The catalogue's name of an event: its dot would be a level there. */
export const eventKeyOf = (type: string) => type.replace('.', '_') as keyof typeof webhooks.event;
