import type { clip as source } from '#app/_i18n/en/clip.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const clip: Translated<typeof source> = {};
