'use client';

import { useEffect } from 'react';

const CLIP_LINK = 'a[href^="/clips/"]';

/** The link that each list of this visit was left by: the list's address, and the path of the clip. */
const leftBy = new Map<string, string>();

const here = () => `${window.location.pathname}${window.location.search}`;

/**
 * Gives the focus back to the clip that was opened from a list when one comes back to it, by whatever way. Only where
 * nothing else has it. `list` changes whenever another list is shown.
 */
export const useFocusMemory = (list: string): void => {
  useEffect(() => {
    void list;
    const path = leftBy.get(here());
    if (path === undefined) return;
    leftBy.delete(here());
    if (document.activeElement !== document.body) return;
    const links = [...document.querySelectorAll<HTMLAnchorElement>(CLIP_LINK)];
    links.find((link) => link.pathname === path)?.focus({ preventScroll: true });
  }, [list]);

  useEffect(() => {
    const remember = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>(CLIP_LINK) : null;
      if (link) leftBy.set(here(), link.pathname);
    };
    document.addEventListener('click', remember, { capture: true, passive: true });
    return () => document.removeEventListener('click', remember, { capture: true });
  }, []);
};
