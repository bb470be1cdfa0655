import Hls, { ErrorTypes, Events, type HlsConfig } from 'hls.js/light';
import { downlinkBps, isFrugal } from '#app/_client/connection.ts';
import { showExactFrames } from './exact-jump.ts';
import type { FilmElement } from './film-element.ts';
import { earlierBy, nativeTimeOf } from './film-part.ts';
import { screenRungOf, watchFirstSegment } from './first-segment.ts';
import { keptLoader } from './kept-loader.ts';
import { playNatively } from './native-stream.ts';
import { keepToPart } from './part-of-stream.ts';
import { offerQualities } from './quality-list.ts';
import { renewingLoader } from './renewing-loader.ts';
import { fileOf, SignedUrlBook, urlsOfHlsTree } from './signed-url-book.ts';
import { startRung, UNKNOWN_BPS } from './start-rung.ts';
import { type ClipStream, fetchText, type Play, type StreamEvents, type StreamSource } from './stream-parts.ts';
import { textLoader } from './text-loader.ts';
import { type PlaybackFault, UrlRenewal } from './url-renewal.ts';
import { warmSegments } from './warm-segments.ts';

/** Plays a clip's signed playlist in a video element: hls.js where there is MSE, the browser itself elsewhere, and a file. */
export function startStream(video: FilmElement, source: StreamSource, events: StreamEvents): ClipStream {
  const book = new SignedUrlBook();
  let isLost = false;
  const onLost = (fault: PlaybackFault) => {
    isLost = true;
    video.pause();
    stream.halt();
    events.onFault(fault);
  };
  // What fails for want of access must not be shown as anything else.
  const onFault = (fault: PlaybackFault | null) => {
    if (!isLost) events.onFault(fault);
  };
  const { playlist, isFile, fetchPlaylist } = source;
  for (const url of playlist.media) book.alias(new URL(fileOf(url), playlist.url).href, url);
  let clock = Date.now;
  const renewal = new UrlRenewal(book, {
    ...{ fetchPlaylist, onLost, serverNowMs: () => clock() },
    // The texts of a cut name files; those of a slice, and of what is shown by a reel, signed URLs, which are read anew.
    urlsOf: async (fresh) =>
      isFile || (source.part === null && !source.areTextsSigned && (await stream.hasTexts()))
        ? [fresh.url, ...fresh.media]
        : urlsOfHlsTree(fresh.url, fetchText),
  });
  const play = Hls.isSupported() && !isFile ? playWithHls : playNatively;
  const stream = play(video, source, { book, renewal }, { ...events, onFault });
  const goOn = (serverNowMs: () => number) => {
    clock = serverNowMs;
    renewal.schedule(playlist.expiresAtMs);
    stream.goOn();
  };
  const stop = () => {
    renewal.stop();
    stream.stop();
  };
  return { goOn, retry: stream.retry, stop, warm: stream.warm, isUntold: isFile || play === playWithHls };
}

/** What a clip that is fetched ahead holds: a segment, as that is the least. */
const AHEAD_S = 0.5;
/** In seconds ahead of the playhead and behind it: a clip lasts 300 s at most; a minute of 25 Mbit/s is what browsers take. */
const HELD = {
  all: { aheadS: 300, behindS: Number.POSITIVE_INFINITY },
  near: { aheadS: 30, behindS: 30 },
} as const;

/** What the last clip of this visit measured: the next one starts as well as it can. */
let measuredBps: number | null = null;

const playWithHls: Play = (video, source, { book, renewal }, events) => {
  const { startS, isAhead, part } = source;
  const { aheadS, behindS } = HELD[source.holds];
  const { url } = source.playlist;
  const bandwidthBps = isFrugal() ? 0 : (measuredBps ?? downlinkBps());
  const asking = renewingLoader(Hls.DefaultConfig.loader, book, renewal.renew);
  const loader = source.kept ? keptLoader(asking, source.kept) : asking;
  const texts = source.fetchTexts();
  const hls = new Hls({
    loader,
    pLoader: textLoader(loader, texts) as NonNullable<HlsConfig['pLoader']>,
    autoStartLoad: false,
    // A clip is fragmented MP4, which goes to the browser as it is: starting a worker takes longer than all of its work.
    enableWorker: false,
    // The first segment comes while the media source is still being opened.
    startFragPrefetch: true,
    abrEwmaDefaultEstimate: bandwidthBps || UNKNOWN_BPS,
    capLevelToPlayerSize: true,
    maxBufferLength: aheadS,
    maxMaxBufferLength: isAhead ? AHEAD_S : aheadS,
    backBufferLength: behindS,
  });
  let withdrawQualities = () => {};
  let hasRecovered = false;
  let hasLoaded = false;
  hls.on(Events.FRAG_BUFFERED, (_event, { frag }) => {
    // What is loaded begins earlier. A browser that knew no length when it was to begin here has begun with that.
    if (!hasLoaded && frag.sn !== 'initSegment' && video.isBefore(startS)) video.goTo(startS);
    hasLoaded ||= frag.sn !== 'initSegment';
  });
  hls.on(Events.MANIFEST_PARSED, () => {
    withdrawQualities = offerQualities(video.nativeEl, hls);
    const frameRate = Number(hls.levels.at(-1)?.attrs['FRAME-RATE']);
    if (frameRate > 0) events.onFrameRate(frameRate);
    const bitrates = hls.levels.map((level) => level.bitrate);
    hls.startLevel = startRung(bitrates, screenRungOf(hls), bandwidthBps);
    hls.startLoad(earlierBy(nativeTimeOf(startS, part)));
  });
  hls.on(Events.ERROR, (_event, { fatal, type }) => {
    if (!fatal) return;
    if (type !== ErrorTypes.MEDIA_ERROR) return events.onFault('network');
    if (hasRecovered) return events.onFault('media');
    hasRecovered = true;
    hls.recoverMediaError();
  });
  video.keepTo(part);
  if (part) keepToPart(hls, video, part);
  hls.on(Events.FRAG_LOADING, (_event, { frag }) => {
    // Until there is anything to seek in, it is where playing begins.
    if (frag.sn !== 'initSegment' && video.readyState === HTMLMediaElement.HAVE_NOTHING) video.goTo(startS);
  });
  // All of a slice is loaded, from its first segment on.
  if (!part?.lastsS) hls.once(Events.DESTROYING, showExactFrames(video.nativeEl));
  watchFirstSegment(hls);
  hls.loadSource(url);
  hls.attachMedia(video.nativeEl);
  const retry = () => {
    events.onFault(null);
    hasRecovered = false;
    if (hls.levels.length === 0) hls.loadSource(book.newest(url));
    else if (video.error) hls.recoverMediaError();
    else hls.startLoad(video.nativeEl.currentTime);
  };
  const stop = () => {
    if (hasLoaded) measuredBps = hls.bandwidthEstimate;
    withdrawQualities();
    hls.destroy();
  };
  const goOn = () => {
    hls.config.maxMaxBufferLength = aheadS;
  };
  const hasTexts = async () => Object.keys((await texts) ?? {}).length > 0;
  const asked = new Set<string>();
  const warm = (moments: readonly number[]) => {
    if (isFrugal()) return;
    warmSegments(
      { hls, book, video: video.nativeEl, asked },
      moments.map((filmS) => nativeTimeOf(filmS, part)),
    );
  };
  return { goOn, retry, stop, warm, halt: () => hls.stopLoad(), hasTexts };
};
