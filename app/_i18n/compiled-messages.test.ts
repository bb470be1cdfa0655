import format from 'icu-minify/format';
import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import { compiledMessages } from './compiled-messages.ts';

const LOCALES = ['en', 'fr'] as const;
const TEXTS = {
  plain: 'It’s there.',
  words: '{team} – {opponent}',
  plural: '{count, plural, =0 {none} one {# clip} other {# clips}} of {total, number}',
  ordinal: '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
  select: '{kind, select, a {A} other {B {team}}}',
};
const VALUES = { team: 'MTL', opponent: 'TOR', total: 12345, n: 2, kind: 'b' };

it.each(LOCALES)('says the same compiled as it does written, in %s', (locale) => {
  const compiled: Record<keyof typeof TEXTS, unknown> = compiledMessages<Record<string, string>>(TEXTS);
  const say = createTranslator<{ at: typeof TEXTS }>({ locale, messages: { at: TEXTS } });
  for (const count of [0, 1, 2, 1234]) {
    for (const name of Object.keys(TEXTS) as (keyof typeof TEXTS)[]) {
      const written = say(`at.${name}` as never, { ...VALUES, count } as never);
      const told = format(
        compiled[name] as Parameters<typeof format>[0],
        locale,
        { ...VALUES, count },
        {
          formatters: {
            getNumberFormat: (...of) => new Intl.NumberFormat(...of),
            getDateTimeFormat: (...of) => new Intl.DateTimeFormat(...of),
            getPluralRules: (...of) => new Intl.PluralRules(...of),
          },
        },
      );
      expect(told).toBe(written);
    }
  }
});

it('gives plain objects alone, which is all that a page hands to the browser', () => {
  const prototypes: unknown[] = [];
  JSON.stringify(compiledMessages(TEXTS), (_key, value) => {
    if (typeof value === 'object' && !Array.isArray(value)) prototypes.push(Object.getPrototypeOf(value));
    return value;
  });
  expect(prototypes.length).toBeGreaterThan(1);
  expect(new Set(prototypes)).toEqual(new Set([Object.prototype]));
});
