'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiFetch, isApiError } from '#app/_client/api-fetch.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { SharedReelJson } from '#lib/links/shared-schemas.ts';
import { SharedReel } from './shared-reel-client.tsx';

const FAULTS = { password_wrong: 'wrong', too_many_tries: 'tooMany' } as const;

/** A link with a password: it is asked for here, and told to nobody else. */
export function LockedReel({ secret }: { secret: string }) {
  const t = useTranslations('links.shared');
  const [password, setPassword] = useState('');
  const opening = useMutation({
    mutationFn: () => apiFetch<SharedReelJson>('/shared', { method: 'POST', body: { secret, password } }),
  });
  if (opening.data) return <SharedReel first={opening.data} />;
  const code = isApiError(opening.error) ? opening.error.problem.code : null;
  const fault = opening.error
    ? code !== null && code in FAULTS
      ? FAULTS[code as keyof typeof FAULTS]
      : 'failed'
    : null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <BrandMark className="mb-6 size-10" />
        <form onSubmit={onSubmit} className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-6">
          <div>
            <h1 className="text-lg font-semibold">{t('lockedTitle')}</h1>
            <p className="mt-1 text-sm text-muted">{t('lockedLead')}</p>
          </div>
          <Field label={t('password')} error={fault === null ? null : t(fault)}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="off"
                required
                maxLength={256}
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" size="lg" busy={opening.isPending}>
            {t('open')}
          </Button>
        </form>
      </div>
    </main>
  );
}
