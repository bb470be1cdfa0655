'use client';

import { Eye, EyeOff } from 'lucide-react';
import { getCsrfToken, signIn } from 'next-auth/react';
import { type FormEvent, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { type SigninFault, signinFaultOf } from '#app/signin/signin-fault.ts';

/** The same answer for a wrong password and an unknown address: which of the two it was is nobody's business. */
const attempt = async (email: string, password: string, callbackUrl: string): Promise<SigninFault | null> => {
  // Without an answer, signIn() would leave for an error page; asking for the token first keeps the form on screen.
  if (!(await getCsrfToken())) return { kind: 'network' };
  const result = await signIn('credentials', { email, password, redirect: false, callbackUrl });
  if (result?.ok && !result.error) return null;
  if (result?.status === 401 || result?.status === 429) return signinFaultOf(result.error ?? 'CredentialsSignin');
  return { kind: 'network' };
};

export function SigninForm({ callbackUrl, initialFault }: { callbackUrl: string; initialFault: SigninFault | null }) {
  const t = useTranslations('signin');
  const [fault, setFault] = useState(initialFault);
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  // The form is all there is on this page, so typing may start at once.
  useEffect(() => email.current?.focus(), []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    const failed = await attempt(String(data.get('email')), String(data.get('password')), callbackUrl);
    if (failed === null) {
      window.location.assign(callbackUrl);
      return;
    }
    setBusy(false);
    setFault(failed);
    password.current?.focus();
    password.current?.select();
  };

  // The native target matters only before the page is alive: a password must never end up in a URL.
  return (
    <form method="post" action="/api/auth/callback/credentials" onSubmit={submit} className="flex flex-col gap-4">
      {fault ? (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {fault.kind === 'tooMany' ? t('error.tooMany', { minutes: fault.minutes }) : t(`error.${fault.kind}`)}
        </p>
      ) : null}
      <Field label={t('email')}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            ref={email}
            className="h-11"
          />
        )}
      </Field>
      <PasswordField inputRef={password} invalid={fault?.kind === 'credentials'} />
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
        {busy ? t('submitting') : t('submit')}
      </Button>
    </form>
  );
}

function PasswordField({ inputRef, invalid }: { inputRef: Ref<HTMLInputElement>; invalid: boolean }) {
  const t = useTranslations('signin');
  const [visible, setVisible] = useState(false);
  return (
    <Field label={t('password')}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            aria-invalid={invalid ? true : undefined}
            ref={inputRef}
            name="password"
            type={visible ? 'text' : 'password'}
            autoComplete="current-password"
            required
            className="h-11 pr-11"
          />
          <IconButton
            label={visible ? t('hidePassword') : t('showPassword')}
            size="sm"
            className="absolute top-1.5 right-1.5"
            onClick={() => setVisible(!visible)}
          >
            {visible ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </IconButton>
        </div>
      )}
    </Field>
  );
}
