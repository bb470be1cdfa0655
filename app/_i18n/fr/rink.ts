import type { rink as source } from '#app/_i18n/en/rink.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const rink: Translated<typeof source> = {
  label: 'Patinoire',
  picture:
    'La patinoire vue d’en haut, l’équipe qui agit attaque vers la droite : {count, plural, one {# jeu} other {# jeux}}. Le tableau des endroits dit la même chose en chiffres.',
  view: 'Comment les jeux sont montrés',
  views: { dots: 'Points', heat: 'Carte de chaleur' },
  sheet: 'Patinoire',
  sheets: { nhl: 'LNH', iihf: 'IIHF 60 × 30 m', iihfNarrow: 'IIHF 60 × 26 m' },
  clear: 'Toute la patinoire',
  ownGoal: 'Son but',
  attacks: 'Attaque →',
  placed: '{placed, number} sur {all, plural, one {# jeu} other {# jeux}} ont un endroit',
  heatHint: 'Plus c’est chaud, plus il y a de jeux',
  marks: { goal: 'But', successful: 'Réussi', failed: 'En échec', other: 'Autre' },
  box: 'Rectangle sur la patinoire',
  boxHint:
    'Tracez un rectangle sur la patinoire, ou saisissez ses côtés : en pieds depuis le centre, positifs vers la gauche et vers l’autre but.',
  sides: { x1: 'De', x2: 'À', y1: 'Côté droit', y2: 'Côté gauche' },
  apply: 'Montrer',
  table: 'Jeux par endroit',
  place: 'Endroit',
  plays: 'Jeux',
  areas: {
    inner_slot: 'Enclave, intérieur',
    outer_slot_left: 'Enclave, côté gauche',
    outer_slot_right: 'Enclave, côté droit',
    high_slot: 'Haut de l’enclave',
    wide_left: 'Extérieur gauche',
    wide_right: 'Extérieur droit',
    corner_left: 'Coin gauche',
    corner_right: 'Coin droit',
    behind_net: 'Derrière le filet',
    point_left: 'Pointe gauche',
    point_right: 'Pointe droite',
    neutral_zone: 'Zone neutre',
    defensive_zone: 'Zone défensive',
  },
};
