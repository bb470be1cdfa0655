'use server';

import { cookies } from 'next/headers';
import { THEME_COOKIE, THEMES, type Theme } from '#app/_client/theme.ts';
import { LOCALE_COOKIE, LOCALES, type Locale } from '#app/_i18n/locale.ts';

const FOR_A_YEAR = { path: '/', maxAge: 31_536_000, sameSite: 'lax' } as const;

/** Keeps the reader's theme in a cookie, so that the server's first paint is right. Unknown values are ignored. */
export async function saveTheme(theme: Theme): Promise<void> {
  if (!THEMES.includes(theme)) return;
  (await cookies()).set(THEME_COOKIE, theme, FOR_A_YEAR);
}

/** Keeps the reader's language in a cookie; Next then renders the page at hand again, in that language. */
export async function saveLocale(locale: Locale): Promise<void> {
  if (!LOCALES.includes(locale)) return;
  (await cookies()).set(LOCALE_COOKIE, locale, FOR_A_YEAR);
}
