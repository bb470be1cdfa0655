'use client';

import { useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { LOCALES } from '#app/_i18n/locale.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { saveLocale } from '#app/save-choice.ts';

/** The language, before there is a menu to choose it in; `isField`: as one of the fields of a form. */
export function LanguageLinks({ isField = false }: { isField?: boolean }) {
  const t = useTranslations('common');
  const chosen = useLocale();
  const [pending, startTransition] = useTransition();
  return (
    <fieldset className={cn('mt-4 flex gap-1', isField ? '-ml-2.5' : 'justify-center')}>
      <legend className={isField ? 'ml-2.5 text-[0.8125rem] font-medium text-muted' : 'sr-only'}>
        {t('user.language')}
      </legend>
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
