import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { readTheme, THEME_COOKIE } from '#app/_client/theme.ts';
import { getLocale, getTranslator, messagesOf } from '#app/_i18n/server.ts';
import { Providers } from './providers-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('common');
  const name = t('productName');
  return { title: { default: name, template: `%s · ${name}` }, icons: { icon: '/favicon.svg' } };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f6f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0e14' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar] = await Promise.all([getLocale(), cookies()]);
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={locale === 'fr' ? 'fr-CA' : 'en-CA'} data-theme={theme}>
      <body>
        <Providers locale={locale} messages={messagesOf(locale)} theme={theme}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
