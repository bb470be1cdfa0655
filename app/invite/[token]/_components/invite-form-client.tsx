'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { faultKeyOf } from '#app/_components/account-fault.ts';
import { PasswordInput } from '#app/_components/password-input-client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { acceptUserLink } from '#app/account-actions.ts';

/** Chooses a password, then signs in with it. */
export function InviteForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('people');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    setBusy(true);
    setFault(null);
    const outcome = await acceptUserLink({ token, password }).catch(() => ({ fault: 'other' }));
    if ('fault' in outcome) {
      setFault(outcome.fault);
      setBusy(false);
      return;
    }
    const signedIn = await signIn('credentials', { email: outcome.email, password, redirect: false });
    window.location.assign(signedIn?.ok && !signedIn.error ? '/clips' : '/signin');
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {fault ? (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {t(`fault.${faultKeyOf(fault)}`)}
        </p>
      ) : null}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput label={t('invite.password')} hint={t('invite.hint')} name="password" kind="new-password" />
      <Button type="submit" variant="primary" size="lg" busy={busy} className="w-full">
        {t('invite.submit')}
      </Button>
    </form>
  );
}
