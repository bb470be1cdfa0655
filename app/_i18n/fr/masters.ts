import type { masters as source } from '#app/_i18n/en/masters.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const masters: Translated<typeof source> = {};
