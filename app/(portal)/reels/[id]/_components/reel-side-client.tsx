'use client';

import { Plus, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { AddClipsSheet } from './add-clips-sheet-client.tsx';
import { ReelItems } from './reel-items-client.tsx';
import type { ReelEdits } from './use-reel-edits.ts';

interface ReelSideProps {
  edits: ReelEdits;
  shownId: string | null;
  onPlay: (id: string) => void;
  onTrim: (id: string) => void;
}

/** What stands beside the picture: the items, and for those who may change them how to add some. */
export function ReelSide({ edits, shownId, onPlay, onTrim }: ReelSideProps) {
  const { reel, undo, canUndo } = edits;
  const t = useTranslations('reels.item');
  const [isAdding, setIsAdding] = useState(false);
  const takeBack = async () => {
    if (await undo()) toast.success(t('undone'));
  };
  return (
    <aside className="reel-side rounded-lg border border-line bg-surface">
      <div className="flex items-center gap-2 border-b border-line px-3 py-2">
        <h2 className="text-sm font-semibold">{t('list')}</h2>
        <span className="flex-1" />
        {canUndo ? (
          <Button size="sm" variant="ghost" onClick={() => void takeBack()}>
            <Undo2 aria-hidden />
            {t('undo')}
          </Button>
        ) : null}
        {reel.may_edit ? (
          <Button size="sm" onClick={() => setIsAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        ) : null}
      </div>
      {reel.items.length === 0 ? (
        <NoItems mayEdit={reel.may_edit} />
      ) : (
        <ReelItems {...{ edits, shownId, onPlay, onTrim }} />
      )}
      {isAdding ? <AddClipsSheet edits={edits} onClose={() => setIsAdding(false)} /> : null}
    </aside>
  );
}

function NoItems({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const t = useTranslations('reels.item');
  return <EmptyState title={t('empty')} description={mayEdit ? t('emptyHint') : t('emptyReader')} className="py-10" />;
}
