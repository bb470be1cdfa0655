'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { saveUserOptions } from '#app/_client/people-mutations.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toast.ts';
import { FormFault, fieldFault } from '#app/(portal)/_components/api-fault-client.tsx';
import { roleSchema, type UserJson } from '#lib/users/people-schemas.ts';

const textOf = (data: FormData, name: string) => String(data.get(name) ?? '').trim();

const teamsOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((team) => team.toUpperCase());

/** The fields as the API takes them: an address only for a new account, a player id only for a player. */
function fieldsOf(data: FormData, role: string, user: UserJson | null) {
  const fields = { name: textOf(data, 'name'), role, team_access: teamsOf(textOf(data, 'teams')) };
  const player = role === 'player' ? { player_id: textOf(data, 'player_id') } : {};
  return user ? { ...fields, ...player } : { ...fields, ...player, email: textOf(data, 'email') };
}

/** A new account, or one that is changed. */
export function UserDialog({ user, onClose }: { user: UserJson | null; onClose: () => void }) {
  const t = useTranslations('people.users');
  const roles = useTranslations('common.role');
  const common = useTranslations('common.action');
  const form = useId();
  const [role, setRole] = useState(user?.role ?? 'coach');
  const save = useMutation(saveUserOptions(useQueryClient()));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = fieldsOf(new FormData(event.currentTarget), role, user);
    const onSuccess = (saved: UserJson) => {
      toast.success(user ? t('saved') : t('added', { name: saved.name }));
      onClose();
    };
    save.mutate({ id: user?.id ?? null, fields }, { onSuccess });
  };
  const fault = (path: string) => fieldFault(save.error, path);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={user ? t('form.editTitle', { name: user.name }) : t('form.addTitle')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={save.isPending}>
            {user ? t('form.save') : t('form.add')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <FormFault error={save.error} />
        {user ? null : (
          <Field label={t('form.email')} required error={fault('email')}>
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" maxLength={254} />}
          </Field>
        )}
        <Field label={t('form.name')} required error={fault('name')}>
          {(control) => <Input {...control} name="name" defaultValue={user?.name} autoComplete="off" maxLength={255} />}
        </Field>
        <Field label={t('form.role')} error={fault('role')}>
          {(control) => (
            <Select
              {...control}
              value={role}
              onValueChange={setRole}
              options={roleSchema.options.map((value) => ({ value, label: roles(value) }))}
            />
          )}
        </Field>
        <Field label={t('form.teams')} hint={t('form.teamsHint')} required error={fault('team_access')}>
          {(control) => (
            <Input {...control} name="teams" defaultValue={user?.team_access.join(', ')} autoComplete="off" />
          )}
        </Field>
        {role === 'player' ? (
          <Field label={t('form.player')} hint={t('form.playerHint')} required error={fault('player_id')}>
            {(control) => (
              <Input
                {...control}
                name="player_id"
                defaultValue={user?.player_id ?? ''}
                autoComplete="off"
                maxLength={20}
              />
            )}
          </Field>
        ) : null}
      </form>
    </Dialog>
  );
}
