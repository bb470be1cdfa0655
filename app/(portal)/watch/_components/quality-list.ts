import 'media-tracks/polyfill';
import type Hls from 'hls.js';
import type { VideoRenditionList, VideoTrack } from 'media-tracks';

/** What the polyfill adds; the package does not export its own declaration. */
declare global {
  interface HTMLVideoElement {
    readonly videoRenditions: VideoRenditionList;
    addVideoTrack(kind: string, label?: string, language?: string): VideoTrack;
    removeVideoTrack(track: VideoTrack): void;
  }
}

/**
 * Shows the renditions of hls.js to media-chrome's quality menu, by the media-ui-extensions interface that media-tracks
 * adds to video elements. Choosing one swaps what comes next and leaves the frame on screen; `auto` gives the choice back.
 * Answers a function that takes the list away.
 */
export function offerQualities(video: HTMLVideoElement, hls: Hls): () => void {
  const track = video.addVideoTrack('main');
  track.selected = true;
  const renditions = hls.levels.map((level, index) => {
    const { width, height, videoCodec, bitrate, frameRate } = level;
    const rendition = track.addRendition(level.url[0] ?? '', width, height, videoCodec, bitrate, frameRate);
    rendition.id = String(index);
    return rendition;
  });
  const choose = () => {
    hls.nextLevel = renditions.findIndex((rendition) => rendition.selected);
  };
  video.videoRenditions.addEventListener('change', choose);
  return () => {
    video.videoRenditions.removeEventListener('change', choose);
    for (const rendition of renditions) track.removeRendition(rendition);
    video.removeVideoTrack(track);
  };
}
