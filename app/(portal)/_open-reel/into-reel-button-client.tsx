'use client';

import { ChevronDown, SquareStack } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import type { IntoReel } from './use-into-reel.tsx';

/** Puts what is chosen into the open reel, says which that is, and leads to another. */
export function IntoReelButton({ into, disabled = false }: { into: IntoReel; disabled?: boolean }) {
  const t = useTranslations('reels.into');
  const { open, put, change, isBusy, dialog } = into;
  return (
    <span className="inline-flex min-w-0 max-w-full">
      <Button
        size="sm"
        aria-keyshortcuts="R"
        busy={isBusy}
        disabled={disabled}
        onClick={put}
        className="min-w-0 shrink rounded-r-none"
      >
        <SquareStack aria-hidden />
        <span className="max-w-40 truncate">{open ? t('buttonOf', { title: open.title }) : t('button')}</span>
      </Button>
      <IconButton
        size="sm"
        variant="secondary"
        label={t('change')}
        onClick={change}
        className="rounded-l-none border-l-0"
      >
        <ChevronDown aria-hidden />
      </IconButton>
      {dialog}
    </span>
  );
}
