import { type RefObject, use, useEffect, useState } from 'react';
import { PlayedParts } from './played-parts.ts';
import { newUuid, ViewsOutbox } from './views-outbox.ts';
import { WatcherContext } from './watcher-context.ts';

/** What is being watched. */
export interface Watched {
  /** The clip; through a link, the item of the reel. */
  clipId: string;
  reelId?: string | null;
  /** The pass that a link gave; without one it is told in the name of whoever is signed in. */
  token?: string | null;
}

/** What a player has to say of itself: a video element, or one whose clock is the film's. */
type Watchable = Pick<
  HTMLVideoElement,
  | 'currentTime'
  | 'paused'
  | 'seeking'
  | 'ended'
  | 'readyState'
  | 'playbackRate'
  | 'addEventListener'
  | 'removeEventListener'
>;

const SAMPLE_MS = 250;
/** Whatever ends a part at once, rather than with the next look: what was played up to here counts … */
const HALTS = ['pause', 'waiting', 'ended'] as const;
/** … or the playhead is elsewhere already. */
const JUMPS = ['seeking', 'emptied'] as const;
/** After another film has begun in the element, nothing counts until its page is there. */
const CHANGE_MS = 1000;

const nowMs = (): number => performance.timeOrigin + performance.now();

/** One page has one outbox for each viewer: parts of one player follow each other. */
const outboxes = new Map<string, ViewsOutbox>();
function outboxOf(viewer: string, pass: string | null): ViewsOutbox {
  const known = outboxes.get(viewer);
  if (known) return known;
  const made = new ViewsOutbox(viewer, pass);
  outboxes.set(viewer, made);
  void made.adopt();
  return made;
}

let lastAtMs = 0;
/** Each part ends later than the one before it: that is how the server tells them apart. */
const laterThanBefore = (ms: number): number => {
  lastAtMs = Math.max(ms, lastAtMs + 1);
  return lastAtMs;
};

/** Names this page's player. */
let session: string | undefined;

function watch(video: Watchable, { clipId, reelId, token }: Watched, outbox: ViewsOutbox): () => void {
  session ??= newUuid();
  const own = { session };
  const parts = new PlayedParts(({ from_s, to_s, endedAtMs }) => {
    const at = new Date(laterThanBefore(endedAtMs)).toISOString();
    const part = { from_s: Math.max(0, from_s), to_s, at, ...own };
    outbox.add(
      token ? { ...part, item_id: clipId } : { ...part, clip_id: clipId, ...(reelId ? { reel_id: reelId } : {}) },
    );
  });
  let countsFromMs = 0;
  const look = () => {
    const { currentTime: filmS, playbackRate: speed, paused, seeking, ended, readyState } = video;
    const isPlaying = !paused && !seeking && !ended && readyState > HTMLMediaElement.HAVE_CURRENT_DATA;
    const atMs = nowMs();
    parts.add({ filmS, speed, atMs, isWatched: isPlaying && !document.hidden && atMs >= countsFromMs });
  };
  const end = (event?: Event) => {
    parts.end();
    if (event?.type === 'emptied') countsFromMs = nowMs() + CHANGE_MS;
  };
  const leave = () => {
    if (!document.hidden) return;
    look();
    end();
    outbox.leave();
  };
  const timer = setInterval(look, SAMPLE_MS);
  for (const name of HALTS) video.addEventListener(name, look);
  for (const name of JUMPS) video.addEventListener(name, end);
  document.addEventListener('visibilitychange', leave);
  const flush = () => void outbox.flush();
  window.addEventListener('online', flush);
  return () => {
    clearInterval(timer);
    for (const name of HALTS) video.removeEventListener(name, look);
    for (const name of JUMPS) video.removeEventListener(name, end);
    document.removeEventListener('visibilitychange', leave);
    window.removeEventListener('online', flush);
    end();
  };
}

/**
 * Tells which seconds of a clip somebody really watches in a player: not what is fetched, paused, or plays in a hidden tab.
 * @param video the element, `null` while there is none.
 * @param watched what plays in it; `null` while nothing is counted.
 */
export function useWatchedVideo(video: Watchable | null, watched: Watched | null): void {
  const watcher = use(WatcherContext);
  const { clipId, reelId = null, token = null } = watched ?? {};
  useEffect(() => {
    const viewer = token === null ? watcher : 'link';
    if (!video || clipId === undefined || viewer === null) return;
    return watch(video, { clipId, reelId, token }, outboxOf(viewer, token));
  }, [video, watcher, clipId, reelId, token]);
}

/** The same of a player whose element is made with it, and stays. */
export function useWatched(videoRef: RefObject<Watchable | null>, watched: Watched | null): void {
  const [video, setVideo] = useState<Watchable | null>(null);
  useEffect(() => setVideo(videoRef.current), [videoRef]);
  useWatchedVideo(video, watched);
}
