'use client';

import { Plus, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { toast } from '#app/_ui/toast.ts';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import { AddClipsSheet } from './add-clips-sheet-client.tsx';
import { ReelItems } from './reel-items-client.tsx';
import type { ReelEdits } from './use-reel-edits.ts';

/** One of several things that stand beside the picture. */
export interface SidePanel {
  name: string;
  label: string;
  content: ReactNode;
}

interface ReelSideProps {
  edits: ReelEdits;
  shownId: string | null;
  onPlay: (id: string) => void;
  onTrim: (id: string) => void;
  /** What else there is to see of the reel, each behind a tab. */
  panels: readonly SidePanel[];
}

/** What stands beside the picture: the items, and for those who may change them how to add some. */
export function ReelSide({ edits, shownId, onPlay, onTrim, panels }: ReelSideProps) {
  const { reel, undo, canUndo } = edits;
  const t = useTranslations('reels.item');
  const tabs = useTranslations('reels.page.tabs');
  const [isAdding, setIsAdding] = useState(false);
  const [tab, setTab] = useState<string>('items');
  const panel = panels.find(({ name }) => name === tab);
  const takeBack = async () => {
    if (await undo()) toast.success(t('undone'));
  };
  return (
    <aside className="reel-side rounded-lg border border-line bg-surface">
      {panels.length > 0 ? (
        <ToggleGroup
          label={tabs('label')}
          value={tab}
          options={[
            { value: 'items', label: tabs('items') },
            ...panels.map(({ name, label }) => ({ value: name, label })),
          ]}
          onChange={(next) => setTab(next ?? tab)}
          className="m-2 self-start"
        />
      ) : null}
      {panel ? <div className="scroll-thin min-h-0 flex-1 overflow-y-auto p-3">{panel.content}</div> : null}
      <div hidden={panel !== undefined} className="reel-items">
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
      </div>
      {isAdding ? <AddClipsSheet edits={edits} onClose={() => setIsAdding(false)} /> : null}
    </aside>
  );
}

function NoItems({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const t = useTranslations('reels.item');
  return <EmptyState title={t('empty')} description={mayEdit ? t('emptyHint') : t('emptyReader')} className="py-10" />;
}
