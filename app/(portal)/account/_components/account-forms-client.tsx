'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { faultKeyOf } from '#app/_components/account-fault.ts';
import { PasswordInput } from '#app/_components/password-input-client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';
import { type AccountOutcome, saveOwnName, saveOwnPassword } from '#app/account-actions.ts';

const failed = (): AccountOutcome => ({ fault: 'other' });

export function NameForm({ name }: { name: string }) {
  const t = useTranslations('people');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get('name') ?? '');
    setBusy(true);
    const outcome = await saveOwnName(next).catch(failed);
    setBusy(false);
    setFault('fault' in outcome ? outcome.fault : null);
    if ('fault' in outcome) return;
    toast.success(t('account.saved'));
    router.refresh();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('account.name')} error={fault && t(`fault.${faultKeyOf(fault)}`)} required>
        {(control) => (
          <Input {...control} name="name" defaultValue={name} maxLength={255} autoComplete="name" required />
        )}
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        {t('account.save')}
      </Button>
    </form>
  );
}

export function PasswordForm() {
  const t = useTranslations('people');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const next = String(data.get('next') ?? '');
    setBusy(true);
    const loading = import('next-auth/react');
    const outcome = await saveOwnPassword({ current: String(data.get('current') ?? ''), next }).catch(failed);
    setFault('fault' in outcome ? outcome.fault : null);
    if (!('fault' in outcome)) {
      // The change has ended this session with all others: it goes on with the new password.
      const { email } = outcome;
      const { signIn } = await loading;
      await signIn('credentials', { email, password: next, redirect: false });
      toast.success(t('account.password.done'));
      form.reset();
    }
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {fault ? (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {t(`fault.${faultKeyOf(fault)}`)}
        </p>
      ) : null}
      <PasswordInput label={t('account.password.current')} name="current" kind="current-password" />
      <PasswordInput
        label={t('account.password.next')}
        hint={t('account.password.hint')}
        name="next"
        kind="new-password"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={busy}>
          {t('account.password.submit')}
        </Button>
        <span className="text-xs text-muted">{t('account.password.note')}</span>
      </div>
    </form>
  );
}
