import type { upload as source } from '#app/_i18n/en/upload.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const upload: Translated<typeof source> = {};
