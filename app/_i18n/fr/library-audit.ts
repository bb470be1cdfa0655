import type { libraryAudit as source } from '#app/_i18n/en/library-audit.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const libraryAudit: Translated<typeof source> = {
  label: 'Vérification de la médiathèque',
  never:
    'La médiathèque n’a pas encore été vérifiée. Le processus de découpage le fait chaque nuit; npm run media:audit le fait tout de suite.',
  clean:
    'Vérifiée {when} : {clips, plural, one {# séquence} other {# séquences}}, {masters, plural, one {# source} other {# sources}} et {objects, plural, one {# objet} other {# objets}}, rien d’anormal.',
  nothing: 'Vérifiée {when} : il n’y avait rien à examiner.',
  mended: '{count, plural, one {# anomalie a été corrigée.} other {# anomalies ont été corrigées.}}',
  running: 'Une vérification est en cours, depuis {when}.',
  failed: 'La vérification de {when} n’a pas pu tout examiner; le journal du processus de découpage dit pourquoi.',
  brokenOff: 'La vérification de {when} a été interrompue.',
  title: '{count, plural, one {# anomalie dans la médiathèque} other {# anomalies dans la médiathèque}}',
  audited: 'Vérifiée {when}',
  tooMany:
    'Les objets sans propriétaire sont trop nombreux pour être des restes; aucun n’a été supprimé. Est-ce bien la base de données de ces compartiments?',
  first: 'Les premières',
  all: 'npm run media:audit les énumère toutes; --fix corrige ce qui peut l’être sans risque.',
  of: '{where}, de {owner}',
  kinds: {
    object_missing:
      '{count, plural, one {# objet manque.} other {# objets manquent.}} Rétablissez-les de la sauvegarde ou découpez de nouveau les séquences.',
    object_differs:
      '{count, plural, one {# objet n’est pas celui qui a été enregistré.} other {# objets ne sont pas ceux qui ont été enregistrés.}} Rétablissez-les de la sauvegarde ou découpez de nouveau les séquences.',
    bytes_differ:
      '{count, plural, one {# objet n’a pas les octets de sa somme de contrôle.} other {# objets n’ont pas les octets de leur somme de contrôle.}} Examinez le disque, puis rétablissez-les.',
    clip_without_assets:
      '{count, plural, one {# séquence prête n’a rien à montrer.} other {# séquences prêtes n’ont rien à montrer.}} Supprimez-les et découpez-les de nouveau.',
    ownerless_object:
      '{count, plural, one {# objet n’appartient à aucune séquence.} other {# objets n’appartiennent à aucune séquence.}} media:audit --fix les supprime.',
    unknown_master:
      '{count, plural, one {# fichier de l’entrepôt n’est nommé nulle part.} other {# fichiers de l’entrepôt ne sont nommés nulle part.}} Découpez-en des séquences ou supprimez-les à la main; le portail ne le fait jamais.',
    clip_without_job:
      '{count, plural, one {# séquence attend un découpage que personne ne fera.} other {# séquences attendent un découpage que personne ne fera.}} media:audit --fix les remet en file.',
    master_without_job:
      '{count, plural, one {# enregistrement n’est préparé par personne.} other {# enregistrements ne sont préparés par personne.}} media:audit --fix les remet en file.',
    silent_job:
      '{count, plural, one {# tâche ne donne plus signe de vie.} other {# tâches ne donnent plus signe de vie.}} Un processus de découpage en marche les reprendra.',
    sums_differ:
      'Les sommes qui servent aux filtres et aux statistiques ne sont pas justes. media:audit --fix les corrige.',
    texts_differ:
      'Des séquences ne se trouvent pas par ce qu’elles sont. media:audit --fix refait leur texte de recherche.',
    store_leftover:
      '{count, plural, one {# fichier a été laissé dans l’entrepôt par une panne.} other {# fichiers ont été laissés dans l’entrepôt par des pannes.}} media:audit --fix les supprime.',
  },
};
