'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { saveClubOptions } from '#app/_client/club-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';
import { FormFault, fieldFault } from '#app/(portal)/_components/api-fault-client.tsx';
import type { ClubJson } from '#lib/clubs/club-schemas.ts';
import { crestOfFile } from './crest-file.ts';

const textOf = (data: FormData, name: string) => String(data.get(name) ?? '').trim();

/** Says how a club looks: of a new code, or of one that is listed. */
export function ClubDialog({ club, onClose }: { club: ClubJson | null; onClose: () => void }) {
  const t = useTranslations('people.clubs');
  const common = useTranslations('common.action');
  const router = useRouter();
  const form = useId();
  const [crest, setCrest] = useState<string | null | undefined>(undefined);
  const save = useMutation(saveClubOptions());
  const shown = crest === undefined ? club?.crest_url : crest && `data:image/png;base64,${crest}`;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    try {
      setCrest(await crestOfFile(file));
    } catch {
      toast.error(t('noPicture'));
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const team = club?.team_code ?? textOf(data, 'team_code').toUpperCase();
    const words = { name: textOf(data, 'name') || null, color: textOf(data, 'color') || null };
    const fields = { ...words, ...(crest === undefined ? {} : { crest }) };
    const onSuccess = () => {
      toast.success(t('saved', { team }));
      router.refresh();
      onClose();
    };
    save.mutate({ team, version: club?.version ?? null, fields }, { onSuccess });
  };
  const fault = (path: string) => fieldFault(save.error, path);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={club ? t('edit', { team: club.team_code }) : t('add')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={save.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <FormFault error={save.error} />
        {club ? null : (
          <Field label={t('code')} required error={fault('team_code')}>
            {(control) => <Input {...control} name="team_code" autoComplete="off" maxLength={4} />}
          </Field>
        )}
        <Field label={t('name')} error={fault('name')}>
          {(control) => (
            <Input {...control} name="name" defaultValue={club?.name ?? ''} autoComplete="off" maxLength={60} />
          )}
        </Field>
        <Field label={t('color')} hint={t('colorHint')} error={fault('color')}>
          {(control) => (
            <Input
              {...control}
              name="color"
              defaultValue={club?.color ?? ''}
              placeholder="#b3202f"
              autoComplete="off"
              maxLength={7}
            />
          )}
        </Field>
        <Field label={t('crest')} hint={t('crestHint')} error={fault('crest')}>
          {(control) => (
            <div className="flex items-center gap-3">
              {shown ? <img src={shown} alt="" className="size-12 shrink-0 object-contain" /> : null}
              <Input
                {...control}
                type="file"
                accept="image/*"
                className="file:mr-3 file:text-muted"
                onChange={(event) => void choose(event.target.files?.[0])}
              />
              {shown ? (
                <Button variant="ghost" onClick={() => setCrest(null)}>
                  {t('noCrest')}
                </Button>
              ) : null}
            </div>
          )}
        </Field>
      </form>
    </Dialog>
  );
}
