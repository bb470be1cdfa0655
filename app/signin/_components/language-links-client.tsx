'use client';

import { useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { LOCALES } from '#app/_i18n/locale.ts';
import { Button } from '#app/_ui/button.tsx';
import { saveLocale } from '#app/save-choice.ts';

/** The language, before there is a menu to choose it in. */
export function LanguageLinks() {
  const t = useTranslations('common');
  const chosen = useLocale();
  const [pending, startTransition] = useTransition();
  return (
    <fieldset className="mt-4 flex justify-center gap-1">
      <legend className="sr-only">{t('user.language')}</legend>
      {LOCALES.map((locale) => (
        <Button
          key={locale}
          lang={locale}
          size="sm"
          variant="ghost"
          aria-pressed={chosen === locale}
          disabled={pending}
          className="aria-pressed:text-text"
          onClick={() => startTransition(() => saveLocale(locale))}
        >
          {t(`language.${locale}`)}
        </Button>
      ))}
    </fieldset>
  );
}
