'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { IntlProvider } from 'use-intl';
import { AddressAdapter } from '#app/_client/address-adapter-client.tsx';
import { isApiError } from '#app/_client/api-fetch.ts';
import { leaveWhenSignedOut } from '#app/_client/session-end.ts';
import type { Theme } from '#app/_client/theme.ts';
import type { Messages } from '#app/_i18n/catalogue.ts';
import { type Locale, TIME_ZONE } from '#app/_i18n/locale.ts';
import { LateToaster } from '#app/_ui/late-toaster.tsx';
// What a late dialog returns the focus to was used before its code is there.
import '#app/_ui/return-focus.ts';

interface ProvidersProps {
  locale: Locale;
  messages: Messages;
  theme: Theme;
  children: ReactNode;
}

/** Only what may pass by itself is tried again: no answer, or the server's own fault. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && (!isApiError(error) || error.status === 0 || error.status >= 500);

const createQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: { queries: { staleTime: 60_000, retry: worthRetrying } },
  });

/** What every client component may count on: queries, messages, URL state, toasts. */
export function Providers({ locale, messages, theme, children }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={TIME_ZONE}>
      <NuqsAdapter>
        <AddressAdapter>
          <QueryClientProvider client={queryClient}>
            {children}
            <LateToaster theme={theme} />
          </QueryClientProvider>
        </AddressAdapter>
      </NuqsAdapter>
    </IntlProvider>
  );
}
