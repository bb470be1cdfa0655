'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { createReelOptions, newReel } from '#app/_client/reel-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ReelJson } from '#lib/reels/reel-schemas.ts';
import { setOpenReel } from './open-reel.ts';

interface NewReelDialogProps {
  /** The reader's teams, or `ALL`. */
  ownTeams: readonly string[];
  onClose: () => void;
  onMade: (reel: ReelJson) => void;
}

/** A new reel, which is its maker's alone until it is shown, and the open one. */
export function NewReelDialog({ ownTeams, onClose, onMade }: NewReelDialogProps) {
  const t = useTranslations('reels.create');
  const common = useTranslations('common.action');
  const client = useQueryClient();
  const create = useMutation(createReelOptions(client));
  const formId = useId();
  const teams = ownTeams.filter((team) => team !== 'ALL');
  const [team, setTeam] = useState(teams[0] ?? '');
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog lies over forms of pages.
    event.stopPropagation();
    create.mutate(newReel({ title: title.trim(), team_code: team.trim().toUpperCase() }), {
      onSuccess: (reel) => {
        setOpenReel(reel);
        toast.success(t('made', { title: reel.title }));
        onMade(reel);
        onClose();
      },
      onError: (error) => toast.error(error.message),
    });
  };
  const isWhole = title.trim() !== '' && team.trim() !== '';
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('title')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending} disabled={!isWhole}>
            {t('confirm')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('name')} required>
          {(control) => (
            <Input {...control} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        {teams.length === 1 ? null : (
          <Field label={t('team')} required>
            {(control) =>
              teams.length > 1 ? (
                <Select
                  {...control}
                  options={teams.map((value) => ({ value, label: value }))}
                  value={team}
                  onValueChange={setTeam}
                />
              ) : (
                <Input {...control} value={team} maxLength={4} onChange={(event) => setTeam(event.target.value)} />
              )
            }
          </Field>
        )}
      </form>
    </Dialog>
  );
}
