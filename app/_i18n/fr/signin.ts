import type { signin as source } from '#app/_i18n/en/signin.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const signin: Translated<typeof source> = {
  title: 'Connexion',
  lead: 'La vidéo de votre équipe, au même endroit.',
  email: 'Courriel',
  password: 'Mot de passe',
  submit: 'Se connecter',
  submitting: 'Connexion…',
  showPassword: 'Afficher le mot de passe',
  hidePassword: 'Masquer le mot de passe',
  or: 'ou',
  withProvider: 'Continuer avec {provider}',
  error: {
    credentials: 'Le courriel ou le mot de passe est inexact.',
    network: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
    tooMany: 'Trop de tentatives. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.',
    provider: 'La connexion avec ce fournisseur a échoué. Réessayez, ou utilisez votre mot de passe.',
    notVerified:
      'Votre fournisseur n’a pas vérifié votre adresse courriel. Faites-la vérifier chez lui, puis réessayez.',
    domain: 'Les adresses de ce domaine ne peuvent pas se connecter ici.',
    disabled: 'Ce compte est désactivé. Adressez-vous à un admin.',
    otherIdentity: 'Ce compte est lié à une autre identité chez ce fournisseur. Adressez-vous à un admin.',
    noAccount: 'Aucun compte ici à cette adresse. Adressez-vous à un admin.',
  },
};
