'use client';

import { LogOut, MonitorX, UserRound } from 'lucide-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { type ReactElement, type ReactNode, useState, useTransition } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { readTheme, THEMES, type Theme } from '#app/_client/theme.ts';
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
import { toast } from '#app/_ui/toast.ts';
import { saveLocale, saveTheme } from '#app/save-choice.ts';
import { signOutEverywhere } from '#app/sign-out-everywhere.ts';

/** On lost or shared devices too; then this one leaves as usual. */
const leaveEverywhere = (failed: string): Promise<void> =>
  signOutEverywhere().then(
    () => signOut({ callbackUrl: '/signin' }),
    () => void toast.error(failed),
  );

interface UserChoicesProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  trigger: ReactElement;
  /** Who it is, where the trigger has no room for it. */
  who: ReactNode;
  theme: Theme;
}

/** The choices of whoever is signed in. */
export function UserChoices({ isOpen, onOpenChange, trigger, who, theme }: UserChoicesProps) {
  const t = useTranslations('common');
  return (
    <DropdownMenu open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        <div className="px-2 py-1.5 sm:hidden">{who}</div>
        <ThemeChoice initialTheme={theme} />
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
