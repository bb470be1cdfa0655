import type { webhooks as source } from '#app/_i18n/en/webhooks.ts';
import type { Translated } from '#app/_i18n/translated.ts';
import { hockey } from './hockey.ts';

export const webhooks: Translated<typeof source> = {
  title: 'Webhooks',
  of: 'De la clé « {name} » ({hint}…). Ils apprennent ce que {user} a le droit de voir.',
  back: { own: 'Votre compte', all: 'Clés d’API' },
  add: 'Ajouter un webhook',
  ended: 'Cette clé ne fonctionne plus : rien n’est envoyé à ses webhooks.',
  empty: 'Aucun webhook',
  emptyHint: 'Un webhook avertit votre programme, à sa propre adresse, dès qu’une séquence est prête ou a échoué.',
  event: {
    clip_ready: 'Séquence prête',
    clip_failed: 'Séquence en échec',
    master_ready: 'Source prête',
    webhook_test: 'Essai',
  },
  status: { on: 'Actif', off: 'Inactif', failing: 'En échec depuis le {date}', gone: 'Désactivé' },
  reason: {
    gone: 'Désactivé parce que le destinataire a répondu 410 : il ne veut plus de messages.',
    failing:
      'Désactivé parce que rien n’est arrivé pendant cinq jours. Corrigez le destinataire, envoyez un essai, puis réactivez le webhook.',
  },
  action: {
    test: 'Envoyer un essai',
    edit: 'Modifier',
    off: 'Désactiver',
    on: 'Activer',
    remove: 'Retirer',
  },
  tested: 'L’essai est en route.',
  switchedOn: 'Le webhook est actif.',
  switchedOff: 'Le webhook est inactif.',
  form: {
    addTitle: 'Ajouter un webhook',
    editTitle: 'Modifier le webhook',
    url: 'Adresse',
    urlHint: 'En https, sur l’internet public. Les messages sont signés.',
    events: 'Événements',
    eventsHint: 'Seules les clés des admins entendent parler des sources.',
    add: 'Ajouter',
    save: 'Enregistrer',
  },
  saved: 'Enregistré.',
  secret: {
    title: 'Le secret du webhook',
    description: 'Votre programme vérifie les signatures avec lui. Copiez-le maintenant : il n’est montré qu’une fois.',
    label: 'Secret',
  },
  remove: {
    title: 'Retirer ce webhook?',
    description: 'Plus rien n’est envoyé à {url}, et la liste de ses messages disparaît.',
    confirm: 'Retirer',
    done: 'Le webhook est retiré.',
  },
  deliveries: {
    title: 'Derniers messages',
    table: 'Derniers messages vers {url}',
    empty: 'Rien n’a encore été envoyé. Envoyez un essai, ou attendez le prochain événement.',
    newest: 'Les {count, number} plus récents sont affichés. Les messages sont gardés 30 jours.',
    columns: {
      state: 'État',
      event: 'Événement',
      made: 'Quand',
      attempts: 'Essais',
      answer: 'Réponse',
      actions: 'Actions',
    },
    state: {
      pending: hockey.status.pending,
      delivered: 'Livré',
      failed: hockey.status.failed,
      dropped: 'Non envoyé',
    },
    dropped: 'Le webhook était inactif, ou sa clé n’y a plus accès.',
    nextNow: 'Prochain : maintenant',
    nextAt: 'Prochain : {time}',
    againOf: 'Renvoyer : {event}, {date}',
    queued: 'Le message est renvoyé.',
    latest: 'Message le plus récent : {event}, {state}',
  },
};
