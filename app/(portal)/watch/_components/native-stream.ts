import { endWithFilm } from './film-end.ts';
import { fetchText, type Play } from './stream-parts.ts';

const [HLS_TYPE, FILE_TYPE] = ['application/vnd.apple.mpegurl', 'video/mp4'];

/** Until the playlist says it. */
const USUAL_FRAME_RATE = 30;

/** The browser's own player asks for URLs by itself: a refusal shows as an error, and only a new source helps. */
export const playNatively: Play = (video, { playlist: { url }, isFile, part, startS }, { book, renewal }, events) => {
  video.keepTo(part);
  if (!video.canPlayType(isFile ? FILE_TYPE : HLS_TYPE)) {
    events.onFault('media');
    return {
      goOn: () => {},
      retry: () => {},
      stop: () => {},
      warm: () => {},
      halt: () => {},
      hasTexts: async () => false,
    };
  }
  let hasRenewed = false;
  let isWanted = false;
  const load = (at = video.currentTime) => {
    const goOn = isWanted;
    video.nativeEl.src = book.newest(url);
    video.goTo(at);
    if (goOn) void video.play().catch(() => {});
  };
  const loadAnew = () =>
    void renewal.renew().then(
      () => load(),
      () => events.onFault('network'),
    );
  const onPlay = () => {
    isWanted = true;
  };
  // A fault pauses as well, and is no wish of anyone.
  const onPause = () => {
    if (!video.error) isWanted = false;
  };
  const onError = () => {
    if (hasRenewed) return events.onFault('network');
    hasRenewed = true;
    loadAnew();
  };
  const onPlaying = () => {
    hasRenewed = false;
  };
  const listeners = { error: onError, play: onPlay, pause: onPause, playing: onPlaying };
  for (const [name, listener] of Object.entries(listeners)) video.addEventListener(name, listener);
  let frameRate = USUAL_FRAME_RATE;
  const lastsS = part?.lastsS ?? null;
  const stopWatching = lastsS === null ? () => {} : endWithFilm(video, lastsS, () => 1 / frameRate);
  load(startS);
  const readFrameRate = async () => {
    const told = Number(/FRAME-RATE=([\d.]+)/.exec(await fetchText(url))?.[1]);
    frameRate = told || frameRate;
    events.onFrameRate(told);
  };
  if (!isFile) readFrameRate().catch(() => {});
  const retry = () => {
    events.onFault(null);
    loadAnew();
  };
  const stop = () => {
    for (const [name, listener] of Object.entries(listeners)) video.removeEventListener(name, listener);
    stopWatching();
    video.nativeEl.removeAttribute('src');
    video.nativeEl.load();
  };
  return {
    // What the browser's own player asks for is its own affair.
    warm: () => {},
    goOn: () => {},
    retry,
    stop,
    halt: () => {},
    hasTexts: async () => false,
  };
};
