'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import {
  type unstable_AdapterInterface as AdapterInterface,
  unstable_createAdapterProvider as createAdapterProvider,
  renderQueryString,
  type unstable_UpdateUrlFunction as UpdateUrl,
} from 'nuqs/adapters/custom';
import { startTransition, useMemo, useSyncExternalStore } from 'react';

/** How nuqs knows its own changes of the address again (`nuqs/adapters/next/app`, which listens for others'). */
const OWN = '__nuqs__';
/** Next calls the history as often for each of ours. */
const CALLS_A_CHANGE = 3;

/** Where Back and Forward have led last. */
let popped: string | null = null;
const here = () => `${window.location.pathname}${window.location.search}`;

function listen(onChange: () => void): () => void {
  const hear = () => {
    popped = here();
    onChange();
  };
  window.addEventListener('popstate', hear);
  return () => window.removeEventListener('popstate', hear);
}

/** Until the address is another one. */
const poppedSearch = (pathname: string) => () =>
  popped !== null && popped === here() && window.location.pathname === pathname ? window.location.search : null;
const nothing = () => null;

const changeAddress: UpdateUrl = (search, { history, scroll }) => {
  startTransition(() => {
    const { origin, pathname, hash } = window.location;
    const url = `${origin}${pathname}${renderQueryString(search)}${hash}`;
    if (history === 'push') window.history.pushState(null, OWN, url);
    else window.history.replaceState(null, OWN, url);
    if (scroll) window.scrollTo(0, 0);
  });
};

/**
 * What the address says. Next tells of Back when it has asked its server for what it shows, and of two in a row at times of the
 * first alone: what a page needs for its filters is in the address already.
 */
function useAddress(): AdapterInterface {
  const told = useSearchParams();
  const pathname = usePathname();
  const search = useSyncExternalStore(listen, poppedSearch(pathname), nothing);
  const searchParams = useMemo(() => new URLSearchParams(search ?? told), [search, told]);
  return {
    ...{ searchParams, pathname, updateUrl: changeAddress },
    ...{ rateLimitFactor: CALLS_A_CHANGE, autoResetQueueOnUpdate: false },
  };
}

/** Below nuqs' own adapter. */
export const AddressAdapter = createAdapterProvider(useAddress);
