'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isFrugal } from '#app/_client/connection.ts';

type Router = ReturnType<typeof useRouter>;
type PrefetchOptions = NonNullable<Parameters<Router['prefetch']>[1]>;

/** The whole page, data and code: without it Next fetches what is above the page alone. */
const WHOLE: PrefetchOptions = { kind: 'full' as PrefetchOptions['kind'] };

const CLIP_LINK = 'a[href^="/clips/"]';

/** What tells that somebody is about to open a link, before they do. */
const SIGNS = ['pointerover', 'focusin', 'touchstart'] as const;

/** A mouse that crosses twenty cards on its way means none of them. */
const REST_MS = 80;

/** Runs when the browser has nothing better to do; Safari has no such moment, and gets a pause instead. */
function whenIdle(run: () => void): () => void {
  if (!window.requestIdleCallback) {
    const timer = setTimeout(run, 2000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(run);
  return () => window.cancelIdleCallback(handle);
}

/**
 * Fetches clip pages ahead of the click: the first one of a list when the browser is idle, and with it the player's
 * code, which is the same for all; each other one when the mouse, the keyboard or a finger comes to its link.
 */
export function ClipPagesAhead() {
  const router = useRouter();
  const pathname = usePathname();

  useEffect(() => {
    if (isFrugal()) return;
    const fetchAhead = (target: EventTarget | null) => {
      const href = target instanceof Element ? target.closest(CLIP_LINK)?.getAttribute('href') : null;
      if (href) router.prefetch(href, WHOLE);
    };
    let resting: ReturnType<typeof setTimeout> | undefined;
    const onSign = ({ type, target }: Event) => {
      clearTimeout(resting);
      if (type === 'pointerover') resting = setTimeout(() => fetchAhead(target), REST_MS);
      else fetchAhead(target);
    };
    for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true });
    const forget = whenIdle(() => pathname === '/clips' && fetchAhead(document.querySelector(CLIP_LINK)));
    return () => {
      forget();
      clearTimeout(resting);
      for (const sign of SIGNS) document.removeEventListener(sign, onSign);
    };
  }, [router, pathname]);
  return null;
}
