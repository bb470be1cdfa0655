'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipFacetsOptions } from '#app/_client/clip-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { MultiCombobox } from '#app/_ui/multi-combobox.tsx';
import { toast } from '#app/_ui/toast.ts';
import { audienceName } from '#app/(portal)/_open-reel/reel-words.ts';
import { rosterOf } from '#app/(portal)/watch/_components/roster.ts';
import { AUDIENCES, type Audience } from '#lib/reels/reel-schemas.ts';
import type { ReelEdits } from './use-reel-edits.ts';

/** Chooses whom a reel is shown to. */
export function ShowToDialog({ edits, onClose }: { edits: ReelEdits; onClose: () => void }) {
  const { reel, patch } = edits;
  const t = useTranslations('reels');
  const common = useTranslations('common.action');
  const name = useId();
  const [kind, setKind] = useState<(typeof AUDIENCES)[number]>(
    typeof reel.audience === 'string' ? reel.audience : 'players',
  );
  const [players, setPlayers] = useState<readonly string[]>(
    typeof reel.audience === 'string' ? [] : reel.audience.players,
  );
  const [isSaving, setIsSaving] = useState(false);
  const roster = useQuery(clipFacetsOptions({ team_code: [reel.team_code] }));
  const options = rosterOf(roster.data).map(({ id, name: known }) => ({
    value: id,
    label: known ?? t('show.custom', { id }),
    hint: id,
  }));
  const isWhole = kind !== 'players' || players.length > 0;
  const save = async () => {
    const audience: Audience = kind === 'players' ? { players: [...players] } : kind;
    setIsSaving(true);
    const isSaved = await patch({ audience });
    setIsSaving(false);
    if (!isSaved) return;
    toast.success(t('show.saved', { who: audienceName(t, audience, true) }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('show.title')}
      description={t('show.hint')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" busy={isSaving} disabled={!isWhole} onClick={() => void save()}>
            {t('show.save')}
          </Button>
        </>
      }
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="sr-only">{t('show.title')}</legend>
        {AUDIENCES.map((audience) => (
          <label
            key={audience}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover has-[:checked]:bg-hover"
          >
            <input
              type="radio"
              name={name}
              checked={kind === audience}
              onChange={() => setKind(audience)}
              className="size-4 accent-(--accent)"
            />
            <span>
              <span className="block text-sm font-medium">{t(`show.${audience}`)}</span>
              <span className="block text-xs text-muted">{t(`show.${audience}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'players' ? (
        <div className="mt-3">
          <MultiCombobox
            label={t('show.choose')}
            options={options}
            values={players}
            onChange={setPlayers}
            placeholder={t('show.chooseHint')}
            searchPlaceholder={t('show.find')}
            emptyText={t('show.none')}
            clearLabel={t('show.clear')}
          />
          {isWhole ? null : <p className="mt-1.5 text-xs text-muted">{t('show.needPlayers')}</p>}
        </div>
      ) : null}
    </Dialog>
  );
}
