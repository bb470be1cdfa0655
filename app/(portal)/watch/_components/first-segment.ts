import Hls, { Events, type Fragment } from 'hls.js/light';
import { fallingRung } from './start-rung.ts';

const LOOK_EVERY_MS = 100;

/** The rendition that fills the player at the screen's own pixels, as hls.js caps it; the best while it has no size. */
export const screenRungOf = ({ autoLevelCapping, levels }: Hls): number =>
  autoLevelCapping >= 0 && autoLevelCapping < levels.length ? autoLevelCapping : levels.length - 1;

/** Looks at the first segment's download, and changes to a lower rendition when it comes too slowly to wait for. */
export function watchFirstSegment(hls: Hls): void {
  let looking: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(looking);
    hls.off(Events.FRAG_LOADING, watch);
    hls.off(Events.FRAG_LOADED, onLoaded);
  };
  const onLoaded = (_event: Events.FRAG_LOADED, { frag }: { frag: Fragment }) => {
    if (isMedia(frag)) stop();
  };
  const watch = (_event: Events.FRAG_LOADING, { frag }: { frag: Fragment }) => {
    if (!isMedia(frag)) return;
    clearInterval(looking);
    looking = setInterval(() => {
      const rung = lowerRung(hls, frag);
      if (rung === null) return;
      stop();
      // Drops the download that is under way; what comes after the next segment is measured again.
      hls.currentLevel = rung;
      hls.once(Events.FRAG_BUFFERED, () => {
        hls.loadLevel = -1;
      });
    }, LOOK_EVERY_MS);
  };
  hls.on(Events.FRAG_LOADING, watch);
  hls.on(Events.FRAG_LOADED, onLoaded);
  hls.once(Events.DESTROYING, stop);
}

const isMedia = (frag: Fragment) => frag.sn !== 'initSegment';

function lowerRung(hls: Hls, { level, stats, duration, byteLength }: Fragment): number | null {
  if (!hls.autoLevelEnabled) return null;
  const bitrates = hls.levels.map(({ bitrate }) => bitrate);
  return fallingRung(bitrates, level, {
    loadedBytes: stats.loaded,
    expectedBytes: byteLength ?? (stats.total || ((bitrates[level] ?? 0) * duration) / 8),
    elapsedMs: performance.now() - stats.loading.start,
    durationS: duration,
  });
}
