import type { games as source } from '#app/_i18n/en/games.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const games: Translated<typeof source> = {
  title: 'Matchs',
  back: 'Tous les matchs',
  tabs: { label: 'Ce qui est montré du match', plays: 'Jeux', rink: 'Patinoire', stats: 'Statistiques' },
  plays: {
    label: 'Jeux',
    clock: 'Temps',
    event: 'Événement',
    player: 'Joueur',
    facts: 'Équipe, zone, résultat, situation',
    state: 'Image',
    noVideo: 'Sans film',
    noVideoLong: 'Aucun film ne montre ce jeu.',
    about: 'Environ',
    aboutLong: 'Rien ne dit combien de temps a duré l’arrêt précédent : le moment est approximatif.',
  },
  line: { label: 'Ligne du temps' },
  keys: {
    up: 'Le jeu précédent',
    down: 'Le jeu suivant',
    pageUp: 'Une page de jeux en arrière',
    pageDown: 'Une page de jeux en avant',
    first: 'Le premier jeu',
    last: 'Le dernier jeu',
    play: 'Le jouer : de {lead} s avant à {lag} s après',
  },
};
