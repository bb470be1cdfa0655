'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';

export interface SigninProvider {
  id: string;
  name: string;
}

/** One button for each provider that is configured. */
export function ProviderButtons({ providers, callbackUrl }: { providers: SigninProvider[]; callbackUrl: string }) {
  const t = useTranslations('signin');
  return (
    <div className="mt-5 flex flex-col gap-2">
      <div className="mb-2 flex items-center gap-3 text-xs text-faint">
        <span className="h-px flex-1 bg-line" />
        {t('or')}
        <span className="h-px flex-1 bg-line" />
      </div>
      {providers.map((provider) => (
        <Button key={provider.id} size="lg" onClick={() => signIn(provider.id, { callbackUrl })}>
          {t('withProvider', { provider: provider.name })}
        </Button>
      ))}
    </div>
  );
}
