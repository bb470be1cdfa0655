'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Eye, MonitorUp, Presentation, SquareStack, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl';
import { lengthOfAll } from '#app/_client/reel-changes.ts';
import { deleteReelOptions } from '#app/_client/reel-mutations.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import { toast } from '#app/_ui/toast.ts';
import { forgetOpenReel, setOpenReel, useOpenReel } from '#app/(portal)/_open-reel/open-reel.ts';
import { audienceName } from '#app/(portal)/_open-reel/reel-words.ts';
import type { KeptItems } from '#app/(portal)/_reels/kept-items.ts';
import { ReelExport } from '#app/(portal)/_reels/reel-export-client.tsx';
import type { ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import { toggleFullscreen } from '#app/(portal)/_reels/use-deck-actions.ts';
import { KeepButton } from './keep-button-client.tsx';
import { ReelWords } from './reel-words-client.tsx';
import { ShowToDialog } from './show-to-dialog-client.tsx';
import type { ReelEdits } from './use-reel-edits.ts';

interface ReelHeadProps {
  edits: ReelEdits;
  kept: KeptItems;
  playerRef: RefObject<ReelPlayerHandle | null>;
}

/** What the reel is called, who sees it, and what can be done with it. */
export function ReelHead({ edits, kept, playerRef }: ReelHeadProps) {
  const { reel } = edits;
  const t = useTranslations('reels');
  const [isShowing, setIsShowing] = useState(false);
  const present = () => {
    const handle = playerRef.current;
    if (!document.fullscreenElement) toggleFullscreen(handle?.container() ?? null);
    handle?.deck()?.play();
  };
  const facts = [
    reel.team_code,
    t('page.length', {
      items: t('items', { count: reel.items.length }),
      length: formatDuration(lengthOfAll(reel.items)),
    }),
    t('by', { name: reel.owner.name }),
  ];
  return (
    <div className="mt-3 flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0 flex-1 basis-64">
        <ReelWords edits={edits} />
        <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-muted">
          <Badge>{audienceName(t, reel.audience, reel.may_edit)}</Badge>
          <span>{facts.join(' · ')}</span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {reel.may_edit ? (
          <Button variant="primary" onClick={() => setIsShowing(true)}>
            <Eye aria-hidden />
            {t('show.open')}
          </Button>
        ) : null}
        <Button onClick={present}>
          <Presentation aria-hidden />
          {t('present.start')}
        </Button>
        <KeepButton reel={reel} kept={kept} />
        <ReelExport reelId={reel.id} mayExport={reel.may_edit} />
        <ReelMenu edits={edits} />
      </div>
      {isShowing ? <ShowToDialog edits={edits} onClose={() => setIsShowing(false)} /> : null}
    </div>
  );
}

function ReelMenu({ edits: { reel } }: { edits: ReelEdits }) {
  const t = useTranslations('reels');
  const common = useTranslations('common.action');
  const router = useRouter();
  const remove = useMutation(deleteReelOptions(useQueryClient()));
  const [isAsking, setIsAsking] = useState(false);
  const openReel = useOpenReel();
  const isOpen = openReel?.id === reel.id;
  const openPresenter = () => window.open(`/reels/${reel.id}/presenter`, 'presenter', 'popup,width=760,height=620');
  const confirm = () =>
    remove.mutate(reel, {
      onSuccess: () => {
        if (isOpen) forgetOpenReel();
        toast.success(t('page.removed'));
        router.replace('/reels');
      },
      onError: (error) => toast.error(error.message),
    });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t('page.more')} variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={openPresenter}>
            <MonitorUp aria-hidden />
            {t('present.window')}
          </DropdownMenuItem>
          {reel.may_edit ? (
            <>
              <DropdownMenuItem disabled={isOpen} onSelect={() => setOpenReel(reel)}>
                <SquareStack aria-hidden />
                {isOpen ? t('page.isOpen') : t('page.makeOpen')}
              </DropdownMenuItem>
              <DropdownMenuSeparator />
              <DropdownMenuItem destructive onSelect={() => setIsAsking(true)}>
                <Trash2 aria-hidden />
                {t('page.remove')}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {isAsking ? (
        <AlertDialog
          open
          onOpenChange={(open) => !open && setIsAsking(false)}
          title={t('page.removeTitle')}
          description={t('page.removeHint')}
          confirmLabel={t('page.remove')}
          cancelLabel={common('cancel')}
          destructive
          busy={remove.isPending}
          onConfirm={confirm}
        />
      ) : null}
    </>
  );
}
