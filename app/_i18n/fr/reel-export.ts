import type { reelExport as source } from '#app/_i18n/en/reel-export.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const reelExport: Translated<typeof source> = {
  open: 'Télécharger',
  title: 'Télécharger le montage',
  description: 'Un seul film de tout le montage, ou chaque séquence dans son propre fichier.',
  film: 'Un seul film',
  filmHint: 'Un MP4 de tous les éléments dans l’ordre, avec leurs coupes.',
  titleCards: 'Cartons de titre',
  titleCardsHint: 'D’abord le titre, puis ce que montre chaque élément et sa note.',
  notes: 'Notes et dessins incrustés',
  notesHint: 'L’image s’arrête aussi longtemps qu’ils le demandent.',
  names: 'Noms des joueurs sur les cartons',
  make: 'Créer le film',
  files: 'Fichiers séparés (ZIP)',
  filesHint: 'Les séquences entières, dans l’ordre du montage.',
  made: 'Films de ce montage',
  none: 'Aucun n’a encore été créé.',
  waiting: 'En attente',
  making: 'En cours : {percent, number} %',
  progress: 'Avancement du film',
  failed: 'N’a pas pu être créé',
  ready: '{length} · {size}',
  save: 'Télécharger le film du {time}',
  of: 'Du {time}',
  skipped: '{count, plural, one {Sans # élément qui n’est plus là} other {Sans # éléments qui ne sont plus là}}',
  keptFor: 'Les films sont conservés 30 jours.',
};
