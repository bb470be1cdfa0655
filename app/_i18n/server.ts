import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { createFormatter, createTranslator } from 'use-intl/core';
import { en, type Messages } from './catalogue.ts';
import { fr } from './catalogue-fr.ts';
import { compiledMessages } from './compiled-messages.ts';
import { LOCALE_COOKIE, type Locale, pickLocale, TIME_ZONE } from './locale.ts';

/** The language of the request at hand. */
export const getLocale = cache(async (): Promise<Locale> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return pickLocale(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language'));
});

/** The French ones have the same keys and the same placeholders. */
const MESSAGES: Record<Locale, Messages> = { en: compiledMessages(en), fr: compiledMessages(fr as Messages) };

/** All messages of a language, compiled. */
export const messagesOf = (locale: Locale): Messages => MESSAGES[locale];

/** For server components: `const t = await getTranslator('clips')`. */
export const getTranslator = async <Namespace extends keyof Messages>(namespace: Namespace) => {
  const locale = await getLocale();
  return createTranslator<Messages, Namespace>({
    locale,
    messages: messagesOf(locale),
    namespace,
    timeZone: TIME_ZONE,
  });
};

/** For server components: dates and numbers as `useFormatter` writes them in the browser. */
export const getFormatter = async () => createFormatter({ locale: await getLocale(), timeZone: TIME_ZONE });
