import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { CLIP_FIELDS, EDITED_FIELDS, fieldsWith } from '#lib/clips/clip-field-schemas.ts';
import { en } from './catalogue.ts';
import { fr } from './catalogue-fr.ts';

type Tree = { readonly [key: string]: string | Tree };

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );

/** The arguments of an ICU message: `{name}`, `{count, plural, …}`; the braces after `one` or `other` hold text. */
const placeholders = (message: string) =>
  [
    ...new Set(
      [...message.matchAll(/(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map(
        (match) => match[1] ?? '',
      ),
    ),
  ].sort();

const english = new Map(leaves(en));
const french = new Map(leaves(fr));

/** Words that a French reader meets under one name alone, and what must not stand in their place. */
const SAID_OTHERWISE: readonly [RegExp, string][] = [
  [/\bclips?\b/i, 'séquence'],
  [/\bmasters?\b/i, 'source'],
  [/\btags?\b/i, 'étiquette'],
  [/\bpuck\b|\bpalet\b/i, 'rondelle'],
  [/pénalité/i, 'punition'],
  [/\btirs?\b(?! de barrage)/i, 'lancer'],
  [/power ?play|supériorité numérique/i, 'avantage numérique'],
  [/infériorité numérique/i, 'désavantage numérique'],
  [/engagement|face-?off/i, 'mise au jeu'],
  [/body-?check/i, 'mise en échec'],
  [/forecheck|fore-checking/i, 'échec avant'],
  [/administrateur/i, 'admin'],
  [/restaur/i, 'rétablir'],
  [/découpe\b/i, 'découpage'],
  [/bibliothèque/i, 'médiathèque'],
  [/\bstockage\b/i, 'entrepôt'],
  [/^échoué|(?<!a )échouée/i, 'en échec'],
  [/\b(space|shift|escape|esc|enter|delete|del)\b/i, 'Espace, Maj, Échap, Entrée, Suppr'],
  [/ [?!;]/, 'no space before ?, ! and ; in Québec'],
];

/** What a reader sees of a message: without arguments, commands and addresses. */
const shown = (message: string) => message.replaceAll(/\{\w+|npm run \S+|media:\S+|\/api\/\S+|\.\w+/g, '');

describe('the catalogue', () => {
  it('calls every thing by one name in French', () => {
    const otherwise = [...french].flatMap(([key, text]) =>
      SAID_OTHERWISE.filter(([pattern]) => pattern.test(shown(text))).map(
        ([, right]) => `${key}: “${text}” → ${right}`,
      ),
    );
    expect(otherwise).toEqual([]);
  });

  it('has one word for one state, wherever it is told', () => {
    const namesakes = {
      pending: ['waiting', 'pendingTitle'],
      uploading: [],
      processing: ['processingTitle'],
      ready: [],
      failed: ['failedTitle'],
    };
    for (const texts of [english, french]) {
      for (const [state, others] of Object.entries(namesakes)) {
        const names = [state, ...others];
        const told = [...texts].filter(
          ([key]) => /\.(status|state|phase)\./.test(key) && names.includes(key.split('.').at(-1) ?? ''),
        );
        expect(
          new Set(told.filter(([key]) => !key.startsWith('webhooks.status')).map(([, text]) => text)),
          state,
        ).toEqual(new Set([texts.get(`hockey.status.${state}`)]));
      }
    }
  });

  it('has a name for each field of a clip that people meet, and for nothing else', () => {
    const met = new Set<string>([...EDITED_FIELDS, ...fieldsWith('given'), ...fieldsWith('filter')]);
    const named = Object.keys(en.clips.field);
    expect([...met].filter((field) => !named.includes(field) && !/_timecode_s$/.test(field))).toEqual([]);
    expect(named.filter((field) => !Object.hasOwn(CLIP_FIELDS, field))).toEqual([]);
  });

  it('has every English text in French', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('takes the same values in both languages', () => {
    const values = (texts: Map<string, string>) =>
      [...texts].map(([key, text]) => [key, ...placeholders(text)].join(' '));
    expect(values(french).sort()).toEqual(values(english).sort());
  });

  it.each([
    ['en', english],
    ['fr', french],
  ] as const)('is well-formed ICU in %s', (locale, texts) => {
    const faults: string[] = [];
    for (const [key, text] of texts) {
      const translate = createTranslator<{ text: string }>({
        locale,
        messages: { text },
        onError: (error) => faults.push(`${key}: ${error.message}`),
      });
      translate('text', Object.fromEntries(placeholders(text).map((name) => [name, 2])));
    }
    expect(faults).toEqual([]);
  });
});
