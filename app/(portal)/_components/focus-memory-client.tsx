'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';

/** The link that each page of this visit was left by: the page's address, and the link's. */
const leftBy = new Map<string, string>();

const here = () => `${window.location.pathname}${window.location.search}`;

/** The link of the page's content that a click follows in this tab. */
const followedLink = (event: MouseEvent): HTMLAnchorElement | null => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return null;
  return event.target.closest<HTMLAnchorElement>('main a[href^="/"]');
};

/** What a page is made of may come after its address. */
const PATIENCE_MS = 3000;
const EVERY_MS = 50;

/**
 * Focuses the link as soon as it is there and nothing else has the focus: what had it on the page that was left loses it
 * a little later. Until the signal, at most.
 */
function focusWhenThere(href: string, signal: AbortSignal): void {
  if (signal.aborted) return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')];
  const link = links.find((candidate) => candidate.getAttribute('href') === href);
  if (link && document.activeElement === document.body) link.focus({ preventScroll: true });
  if (document.activeElement !== link || !link) setTimeout(() => focusWhenThere(href, signal), EVERY_MS);
}

/** Gives the focus back to the link that a page was left by when one comes back to it, unless something else has it. */
export function FocusMemory() {
  const pathname = usePathname();
  useEffect(() => {
    // The address may follow the page: until then it is still that of the page that is left.
    if (window.location.pathname !== pathname) return;
    const href = leftBy.get(here());
    if (href === undefined) return;
    leftBy.delete(here());
    const left = new AbortController();
    focusWhenThere(href, AbortSignal.any([left.signal, AbortSignal.timeout(PATIENCE_MS)]));
    return () => left.abort();
  }, [pathname]);

  useEffect(() => {
    const remember = (event: MouseEvent) => {
      const href = followedLink(event)?.getAttribute('href');
      if (href) leftBy.set(here(), href);
    };
    document.addEventListener('click', remember, { capture: true, passive: true });
    return () => document.removeEventListener('click', remember, { capture: true });
  }, []);
  return null;
}
