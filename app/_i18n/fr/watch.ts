import type { watch as source } from '#app/_i18n/en/watch.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const watch: Translated<typeof source> = {
  playAll: 'Tout lire',
  playPicked: 'Lire',
  playOn: 'Enchaîner',
  playOnHint: 'À la fin, la séquence suivante de la liste suit.',
  tapForSound: 'Toucher pour le son',
  jumpBack: '−{seconds, number} s',
  jumpForward: '+{seconds, number} s',
  copyMoment: 'Copier le lien à ce moment',
};
