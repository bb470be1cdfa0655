import type { docs as source } from '#app/_i18n/en/docs.ts';
import type { Translated } from '#app/_i18n/translated.ts';

export const docs: Translated<typeof source> = {
  title: 'Référence de l’API',
  lead: 'Tout ce que les programmes peuvent demander au portail, et comment.',
  brand: 'HeartBeat',
  signIn: 'Se connecter',
  home: 'HeartBeat Média, vers les séquences',
  loading: 'Chargement de la référence…',
  failed: 'La référence ne s’est pas chargée. Rechargez la page; le document est à /api/v2/openapi.json.',
};
