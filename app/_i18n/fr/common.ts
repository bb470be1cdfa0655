import type { common as source } from '#app/_i18n/en/common.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const common: Translated<typeof source> = {
  appName: 'HeartBeat',
  productName: 'HeartBeat Média',
  skipToContent: 'Aller au contenu',
  nav: {
    label: 'Principale',
    clips: 'Séquences',
    stats: 'Statistiques',
    upload: 'Téléverser',
    masters: 'Sources',
    open: 'Ouvrir le menu',
    title: 'Menu',
  },
  user: {
    menu: 'Compte :',
    signOut: 'Se déconnecter',
    theme: 'Thème',
    language: 'Langue',
  },
  theme: { dark: 'Sombre', light: 'Clair', system: 'Système' },
  language: { en: 'English', fr: 'Français' },
  role: {
    admin: 'Admin',
    staff: 'Personnel',
    coach: 'Entraîneur',
    analyst: 'Analyste',
    scout: 'Recruteur',
    player: 'Joueur',
  },
  action: {
    cancel: 'Annuler',
    close: 'Fermer',
    save: 'Enregistrer',
    delete: 'Supprimer',
    edit: 'Modifier',
    retry: 'Relancer',
    tryAgain: 'Réessayer',
    reload: 'Recharger la page',
    backToClips: 'Retour aux séquences',
    search: 'Chercher',
    noResults: 'Aucun résultat',
  },
  error: {
    title: 'Un problème est survenu',
    description:
      'La page n’a pas pu être affichée. Réessayez; si le problème persiste, donnez-nous le numéro de requête ci-dessous.',
    network: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
    requestId: 'Numéro de requête',
    notFoundTitle: 'Rien ici',
    notFoundDescription: 'Cette page n’existe pas, ou vous n’y avez pas accès.',
    forbiddenTitle: 'Accès réservé',
    forbiddenDescription: 'Votre rôle ne donne pas accès à cette page. Adressez-vous à un admin au besoin.',
  },
  loading: 'Chargement…',
};
