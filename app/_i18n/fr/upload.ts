import type { upload as source } from '#app/_i18n/en/upload.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const upload: Translated<typeof source> = {
  title: 'Téléverser des sources',
  description: 'Déposez les fichiers d’un match. Ce que disent leurs noms est rempli; corrigez et lancez.',
  drop: {
    title: 'Déposez des fichiers vidéo ici',
    active: 'Relâchez pour les ajouter',
    hint: 'MP4, MOV, MKV, TS, M2TS, AVI ou MPEG. Plusieurs à la fois.',
    choose: 'Choisir des fichiers',
    chooseAgain: 'Choisir le fichier de nouveau',
  },
  list: {
    heading: 'Fichiers',
    startAll: 'Lancer {count, plural, one {# téléversement} other {# téléversements}}',
    empty: 'Rien à téléverser pour l’instant.',
    masters: 'Toutes les sources',
  },
  fields: {
    team: 'Équipe',
    season: 'Saison',
    game: 'Match',
    period: 'Période',
    filename: 'Nom du fichier',
    noPeriod: 'Non précisée',
    applyToAll: 'Appliquer équipe, saison et match à tous',
  },
  fieldFaults: {
    team_code: 'De 2 à 4 lettres, comme MTL.',
    season: 'Deux années de suite, comme 2025-2026.',
    game_id: 'De 1 à 20 lettres, chiffres, « _ » ou « - ».',
    period: 'De 1 à 9.',
    filename: 'Lettres, chiffres, « . », « _ » ou « - », et un suffixe vidéo.',
    other: 'Cette valeur n’est pas acceptée.',
    taken: 'Un autre fichier de la liste a la même place.',
  },
  fileFaults: {
    empty: 'Le fichier est vide.',
    too_large: 'Le fichier dépasse 5 Tio, la limite de l’entrepôt.',
    suffix:
      'Ce n’est pas un fichier vidéo : une source finit par .mp4, .m4v, .mov, .mkv, .ts, .m2ts, .mts, .avi, .mpg ou .mpeg.',
    name: 'Le nom contient des caractères refusés par l’entrepôt.',
    not_a_video: 'Les premiers octets ne sont pas ceux d’une vidéo, quoi qu’en dise le nom.',
  },
  useName: 'Utiliser « {name} »',
  row: {
    progress: 'Téléversement de {name}',
    pause: 'Mettre {name} en pause',
    resume: 'Reprendre {name}',
    retry: 'Réessayer {name}',
    cancel: 'Annuler {name}',
    remove: 'Retirer {name} de la liste',
    open: 'Ouvrir la source',
    sent: '{stored} sur {total}',
    speed: '{speed}/s',
    left: 'encore {time}',
  },
  phase: {
    draft: 'Pas commencé',
    incomplete: 'À compléter',
    waiting: 'En attente',
    uploading: 'Téléversement',
    paused: 'En pause',
    file_needed: 'Inachevé',
    checking: 'Vérification',
    ready: 'Prêt',
    failed: 'Échec',
  },
  checkingHint: 'Tous les octets sont arrivés. Le serveur vérifie que la vidéo peut être découpée.',
  fileNeededHint:
    'Commencé lors d’une visite précédente : {stored} sur {total} sont arrivés. Choisissez ou déposez le même fichier pour continuer de là.',
  problem: {
    duplicate: 'Il y a déjà une source à cette place. Changez le nom, ou ouvrez les sources.',
    network: 'La connexion s’est rompue. Ce qui a été envoyé est gardé.',
    refused: 'Ce fichier ne peut pas être une source.',
  },
  cancel: {
    title: 'Annuler ce téléversement?',
    description: 'Ce qui a été envoyé est perdu.',
    confirm: 'Annuler le téléversement',
    keep: 'Continuer',
  },
};
