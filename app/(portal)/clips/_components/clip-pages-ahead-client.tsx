'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { isFrugal } from '#app/_client/connection.ts';
import { knownClip } from '#app/_client/known-clip.ts';
import { whenIdle } from '#app/_ui/when-idle.ts';
import { dropBegun, showBegun } from '#app/(portal)/watch/_components/begun-store.ts';

type Router = ReturnType<typeof useRouter>;
type PrefetchOptions = NonNullable<Parameters<Router['prefetch']>[1]>;

/** The whole page, data and code: without it Next fetches what is above the page alone. */
const WHOLE: PrefetchOptions = { kind: 'full' as PrefetchOptions['kind'] };

const CLIP_LINK = 'a[href^="/clips/"]';

/**
 * What tells that somebody is about to open a link, before they do. Not `pointerover`: cards that come to lie under a mouse
 * that nobody moves, because the list was scrolled or something loaded, mean nothing.
 */
const SIGNS = ['pointermove', 'focusin', 'touchstart'] as const;

/** A mouse that crosses twenty cards on its way means none of them. */
const REST_MS = 80;

type BeginClip = typeof import('#app/(portal)/watch/_components/begun-clip.ts')['beginClip'];

/** What begins a clip, once the player's code has come. */
let beginWithPlayer: BeginClip | null = null;
let loading: Promise<void> | null = null;
/** Loads the player's code, once. Without a network it stays away; the page will ask for it again. */
function loadPlayer(): Promise<void> {
  loading ??= import('#app/(portal)/watch/_components/begun-clip.ts').then(
    ({ beginClip }) => {
      beginWithPlayer = beginClip;
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

const linkOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>(CLIP_LINK) : null;

/** Whether a press opens the link here, and not elsewhere or a menu. */
const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

const clipIdOf = (target: EventTarget | null) => linkOf(target)?.pathname.split('/').at(-1);

/** Begins the clip of a link; its page goes on with it. */
function useBeginning(): (target: EventTarget | null) => void {
  const queryClient = useQueryClient();
  return useCallback(
    (target) => {
      const clipId = clipIdOf(target);
      const clip = clipId === undefined ? undefined : knownClip(queryClient, clipId);
      if (clip) beginWithPlayer?.(queryClient, clip);
    },
    [queryClient],
  );
}

/**
 * Fetches ahead of the click: the player's code when the browser is idle, and the first page of the list; each other
 * page, and the beginning of its clip, when the mouse, the keyboard or a finger comes to its link. A press begins the
 * clip in any case. What was begun and is not opened is dropped.
 */
export function ClipPagesAhead() {
  const router = useRouter();
  const pathname = usePathname();
  const begin = useBeginning();

  useEffect(() => {
    // A finger that comes down may scroll; its tap is a click.
    const onDown = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && isPlain(event)) begin(event.target);
    };
    const onClick = (event: MouseEvent) => {
      const clipId = isPlain(event) ? clipIdOf(event.target) : undefined;
      if (clipId === undefined) return;
      begin(event.target);
      showBegun(clipId);
    };
    document.addEventListener('pointerdown', onDown, { capture: true, passive: true });
    document.addEventListener('click', onClick, { capture: true, passive: true });
    // Whoever goes back before the page has come does not want it any more.
    window.addEventListener('popstate', dropBegun);
    return () => {
      document.removeEventListener('pointerdown', onDown, { capture: true });
      document.removeEventListener('click', onClick, { capture: true });
      window.removeEventListener('popstate', dropBegun);
      dropBegun();
    };
  }, [begin]);

  useEffect(() => {
    if (isFrugal()) return;
    const fetchPage = (target: EventTarget | null) => {
      const href = linkOf(target)?.getAttribute('href');
      if (href) router.prefetch(href, WHOLE);
    };
    let resting: ReturnType<typeof setTimeout> | undefined;
    /** The link that the mouse was moved to last, if nothing came after it. */
    let pointedAt: HTMLAnchorElement | null = null;
    const onSign = ({ type, target }: Event) => {
      const isMove = type === 'pointermove';
      if (isMove && linkOf(target) === pointedAt) return;
      pointedAt = isMove ? linkOf(target) : null;
      clearTimeout(resting);
      resting = undefined;
      if (!isMove) fetchPage(target);
      // A finger on a card may scroll the list.
      if (type === 'touchstart') return;
      resting = setTimeout(async () => {
        const rest = resting;
        fetchPage(target);
        // Whoever comes before the browser was idle waits for the player's code, and may have gone on meanwhile.
        await loadPlayer();
        if (resting === rest) begin(target);
      }, REST_MS);
    };
    for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true });
    const forget = whenIdle(() => {
      void loadPlayer();
      if (pathname === '/clips') fetchPage(document.querySelector(CLIP_LINK));
    });
    return () => {
      forget();
      clearTimeout(resting);
      resting = undefined;
      for (const sign of SIGNS) document.removeEventListener(sign, onSign);
    };
  }, [router, pathname, begin]);
  return null;
}
