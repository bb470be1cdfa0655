import type { stats as source } from '#app/_i18n/en/stats.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const stats: Translated<typeof source> = {
  title: 'Statistiques',
  lead: 'Chaque chiffre mène aux séquences qu’il compte.',
  total: 'Toutes les séquences',
  byStatus: 'Par état',
  byEvent: 'Par événement',
  byPlayer: 'Par joueur',
  byGame: 'Par match',
  overTime: 'Dans le temps',
  overTimeHint: 'Séquences selon la date du match',
  topTen: 'Les {count, number} premiers',
  clips: 'Séquences',
  allTeams: 'Toutes les équipes',
  allSeasons: 'Toutes les saisons',
  unit: '{count, plural, one {séquence} other {séquences}}',
  emptyTitle: 'Rien à compter pour l’instant',
  emptyDescription: 'Dès qu’il y aura des séquences, leurs chiffres paraîtront ici.',
  emptyFilteredTitle: 'Rien à compter ici',
  emptyFiltered: 'Il n’y a pas de séquence de cette équipe et de cette saison.',
  showEverything: 'Tout afficher',
  more: '{count, plural, one {# de plus} other {# de plus}}',
};
