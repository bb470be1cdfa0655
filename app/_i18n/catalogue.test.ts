import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
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

describe('the catalogue', () => {
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
