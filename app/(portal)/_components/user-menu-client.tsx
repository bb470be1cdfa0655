'use client';

import { ChevronDown, LogOut, MonitorX, UserRound } from 'lucide-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { useLocale, useTranslations } from 'use-intl';
import { readTheme, THEMES, type Theme } from '#app/_client/theme.ts';
import type { Messages } from '#app/_i18n/catalogue.ts';
import { LOCALES } from '#app/_i18n/locale.ts';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import { saveLocale, saveTheme } from '#app/save-choice.ts';
import { signOutEverywhere } from '#app/sign-out-everywhere.ts';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** On lost or shared devices too; then this one leaves as usual. */
const leaveEverywhere = (failed: string): Promise<void> =>
  signOutEverywhere().then(
    () => signOut({ callbackUrl: '/signin' }),
    () => void toast.error(failed),
  );

/** Who is signed in, and the choices that are theirs. */
export function UserMenu({
  name,
  role,
  theme: initialTheme,
}: {
  name: string;
  role: keyof Messages['common']['role'];
  theme: Theme;
}) {
  const t = useTranslations('common');
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex h-9 items-center justify-center gap-2 rounded-md px-1.5 pointer-coarse:min-h-11 pointer-coarse:min-w-11 transition-colors hover:bg-hover data-[state=open]:bg-hover">
        <span className="sr-only">{t('user.menu')}</span>
        <span
          aria-hidden
          className="flex size-7 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text"
        >
          {initials(name)}
        </span>
        <span className="sr-only text-left leading-tight sm:not-sr-only">
          <span className="block max-w-40 truncate text-[0.8125rem] font-medium">{name}</span>
          <span className="block text-xs text-faint">{t(`role.${role}`)}</span>
        </span>
        <ChevronDown aria-hidden className="hidden size-4 text-faint sm:block" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <div className="px-2 py-1.5 sm:hidden">
          <div className="truncate text-sm font-medium">{name}</div>
          <div className="text-xs text-faint">{t(`role.${role}`)}</div>
        </div>
        <ThemeChoice initialTheme={initialTheme} />
        <LanguageChoice />
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRound aria-hidden />
            {t('user.account')}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => signOut({ callbackUrl: '/signin' })}>
          <LogOut aria-hidden />
          {t('user.signOut')}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => leaveEverywhere(t('user.signOutEverywhereFailed'))}>
          <MonitorX aria-hidden />
          {t('user.signOutEverywhere')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ThemeChoice({ initialTheme }: { initialTheme: Theme }) {
  const t = useTranslations('common');
  const [theme, setTheme] = useState(initialTheme);
  const choose = (value: string) => {
    const next = readTheme(value);
    setTheme(next);
    document.documentElement.dataset.theme = next;
    void saveTheme(next);
  };
  return (
    <DropdownMenuRadioGroup value={theme} onValueChange={choose}>
      <DropdownMenuLabel>{t('user.theme')}</DropdownMenuLabel>
      {THEMES.map((value) => (
        <DropdownMenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
          {t(`theme.${value}`)}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}

function LanguageChoice() {
  const t = useTranslations('common');
  const locale = useLocale();
  const [, startTransition] = useTransition();
  const choose = (value: string) => {
    const next = LOCALES.find((known) => known === value);
    if (next) startTransition(() => saveLocale(next));
  };
  return (
    <DropdownMenuRadioGroup value={locale} onValueChange={choose}>
      <DropdownMenuLabel>{t('user.language')}</DropdownMenuLabel>
      {LOCALES.map((value) => (
        <DropdownMenuRadioItem key={value} value={value} lang={value}>
          {t(`language.${value}`)}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}
