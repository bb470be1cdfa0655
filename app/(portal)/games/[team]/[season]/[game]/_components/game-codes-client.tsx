'use client';

import { Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { CodeWindow } from '#app/(portal)/_codes/code-window-client.tsx';
import { MarkForm } from '#app/(portal)/masters/[id]/_components/mark-form-client.tsx';
import type { GameCodesState } from './use-game-codes.tsx';

/** The code window below a game's film; open, with whom the next clip is of. */
export function GameCodes({
  codes: { isOffered, team, marking, codes, formRef, canManage },
}: {
  codes: GameCodesState;
}) {
  const t = useTranslations('film.mark');
  if (!isOffered) return null;
  return (
    <div
      className={`flex min-w-0 flex-col gap-2 [&>section]:mt-0 ${codes.isFolded ? 'flex-1 basis-64' : 'basis-full'}`}
    >
      <CodeWindow codes={codes} team={team} canManage={canManage} />
      {codes.isFolded ? null : (
        <>
          <div className="flex min-h-8 items-center gap-2 text-[0.8125rem]">
            <p role="status" className="min-w-0 flex-1 text-danger">
              {marking.fault ? t(`faults.${marking.fault}`) : null}
            </p>
            <Button size="sm" aria-keyshortcuts="u" disabled={marking.made.length === 0} onClick={marking.takeBack}>
              <Undo2 aria-hidden />
              {t('undo')} <Kbd>U</Kbd>
            </Button>
          </div>
          <MarkForm formRef={formRef} team={team} marking={marking} />
        </>
      )}
    </div>
  );
}
