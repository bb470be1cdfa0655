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

/** Gives the focus back to the link that a page was left by when one comes back to it, unless something else has it. */
export function FocusMemory() {
  const pathname = usePathname();
  useEffect(() => {
    void pathname;
    const href = leftBy.get(here());
    leftBy.delete(here());
    if (href === undefined || document.activeElement !== document.body) return;
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')];
    links.find((link) => link.getAttribute('href') === href)?.focus({ preventScroll: true });
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
