export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = 'locale';
export const TIME_ZONE = 'America/Toronto';

const isLocale = (value: string | undefined): value is Locale => LOCALES.some((locale) => locale === value);

/**
 * The reader's language: what they chose (cookie), else the first known language of `Accept-Language`
 * by its weights (RFC 9110 §12.5.4), else English.
 */
export const pickLocale = (cookie: string | undefined, acceptLanguage: string | null): Locale => {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map((entry) => entry.language);
  return wanted.find(isLocale) ?? 'en';
};
