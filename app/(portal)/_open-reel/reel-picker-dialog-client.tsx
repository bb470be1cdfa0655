'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslations } from 'use-intl';
import { openableReelsOptions } from '#app/_client/reel-queries.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Input } from '#app/_ui/input.tsx';
import { NewReelDialog } from './new-reel-dialog-client.tsx';
import { type OpenReel, useOpenReel } from './open-reel.ts';
import { audienceName, countName } from './reel-words.ts';

interface ReelPickerProps {
  teams: readonly string[];
  onChoose: (reel: OpenReel) => void;
  onClose: () => void;
}

/** Chooses the open reel, or makes a new one. */
export function ReelPickerDialog({ teams, onChoose, onClose }: ReelPickerProps) {
  const t = useTranslations('reels');
  const common = useTranslations('common');
  const [words, setWords] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const open = useOpenReel();
  const reels = useQuery(openableReelsOptions(useDeferredValue(words.trim())));
  if (isMaking) return <NewReelDialog ownTeams={teams} onClose={onClose} onMade={onChoose} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('into.title')}
      description={t('into.hint')}
      closeLabel={common('action.close')}
    >
      <div className="flex flex-col gap-3">
        <div className="flex gap-2">
          <Input
            type="search"
            aria-label={t('into.find')}
            placeholder={t('into.find')}
            value={words}
            maxLength={200}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button variant="primary" onClick={() => setIsMaking(true)}>
            <Plus aria-hidden />
            {t('new')}
          </Button>
        </div>
        {reels.data && reels.data.length > 0 ? (
          <ul className="flex flex-col gap-0.5">
            {reels.data.map((reel) => (
              <li key={reel.id}>
                <button
                  type="button"
                  aria-current={reel.id === open?.id || undefined}
                  onClick={() => onChoose(reel)}
                  className="flex min-h-11 w-full items-center gap-3 rounded-md px-2 text-left text-sm hover:bg-hover aria-[current]:bg-hover"
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{reel.title}</span>
                    <span className="block text-xs text-muted">
                      {reel.team_code} · {countName(t, reel)}
                    </span>
                  </span>
                  <Badge>{audienceName(t, reel.audience, true)}</Badge>
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p className="py-4 text-center text-sm text-muted">{reels.isPending ? common('loading') : t('into.none')}</p>
        )}
      </div>
    </Dialog>
  );
}
