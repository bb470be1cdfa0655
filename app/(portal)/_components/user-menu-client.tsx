'use client';

import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Theme } from '#app/_client/theme.ts';
import type { Messages } from '#app/_i18n/catalogue.ts';
import { useLate } from '#app/_ui/use-late.ts';

const loadChoices = () => import('./user-choices-client.tsx');

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

const OPENING_KEYS = ['Enter', ' ', 'ArrowDown'];

interface UserMenuProps {
  name: string;
  role: keyof Messages['common']['role'];
  theme: Theme;
}

/**
 * Who is signed in, and the choices that are theirs. The choices' code comes late: what is pressed before, opens them when
 * they are there.
 */
export function UserMenu({ name, role, theme }: UserMenuProps) {
  const t = useTranslations('common');
  const [isNear, setIsNear] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const late = useLate(loadChoices, isNear || isOpen);
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  const isThere = late !== null;
  // The menu's own button takes the place of the one that was there.
  useLayoutEffect(() => {
    if (isThere && hadFocus.current) button.current?.focus();
  }, [isThere]);

  const approach = () => setIsNear(true);
  const own: ComponentProps<'button'> = {
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onPointerEnter: approach,
    onFocus: () => {
      hadFocus.current = true;
      approach();
    },
    onBlur: () => {
      // Taken away, it loses the focus to nobody.
      if (button.current?.isConnected) hadFocus.current = false;
    },
    onPointerDown: ({ button: pressed, ctrlKey }: PointerEvent) => {
      if (pressed === 0 && !ctrlKey) setIsOpen((was) => !was);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!OPENING_KEYS.includes(event.key)) return;
      event.preventDefault();
      setIsOpen(true);
    },
  };
  const trigger = (
    <button
      ref={button}
      type="button"
      className="flex h-9 items-center justify-center gap-2 rounded-md px-1.5 pointer-coarse:min-h-11 pointer-coarse:min-w-11 transition-colors hover:bg-hover data-[state=open]:bg-hover"
      {...(late ? {} : own)}
    >
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
    </button>
  );
  if (!late) return trigger;
  const who = (
    <>
      <div className="truncate text-sm font-medium">{name}</div>
      <div className="text-xs text-faint">{t(`role.${role}`)}</div>
    </>
  );
  return <late.UserChoices {...{ isOpen, trigger, who, theme }} onOpenChange={setIsOpen} />;
}
