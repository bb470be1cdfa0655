import { expect, type Locator, type Page } from '@playwright/test';
import { BITS } from './numbered-master.ts';

interface VideoFacts {
  currentTime: number;
  duration: number;
  paused: boolean;
  muted: boolean;
  playbackRate: number;
  decodedFrames: number;
  /** What it plays: `blob:…` of MediaSource, or a URL. */
  source: string;
  /** Of the picture, in pixels. */
  width: number;
}

/** What the page's player says of itself. */
export const videoFacts = (page: Page): Promise<VideoFacts> =>
  page.locator('video').evaluate((video: HTMLVideoElement) => {
    // In the player it is the film's clock that people see: a slice's own begins earlier, and ends later.
    const { host = video } = video.getRootNode() as Partial<ShadowRoot>;
    const { currentTime, duration } = host as HTMLVideoElement;
    return {
      ...{ currentTime, duration },
      paused: video.paused,
      muted: video.muted,
      playbackRate: video.playbackRate,
      decodedFrames: video.getVideoPlaybackQuality().totalVideoFrames,
      source: video.currentSrc,
      width: video.videoWidth,
    };
  });

/** The number burnt into the frame on screen (`numbered-master.ts`), read from the pixels; -1 before there is one. Of one video. */
export const shownFrame = (of: Page | Locator): Promise<number> =>
  of.locator('video').evaluate((video: HTMLVideoElement, bits) => {
    if (video.readyState < 2 || video.seeking) return -1;
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 360;
    const context = canvas.getContext('2d');
    if (!context) return -1;
    context.drawImage(video, 0, 0, 640, 360);
    let number = 0;
    for (let bit = 0; bit < bits; bit++) {
      const [red = 0] = context.getImageData((640 / bits) * (bit + 0.5), 24, 1, 1).data;
      if (red > 127) number += 2 ** bit;
    }
    return number;
  }, BITS);

/** Waits for a frame to be on screen. */
export const expectFrame = (of: Page | Locator, frame: number): Promise<void> =>
  expect.poll(() => shownFrame(of), { message: `frame ${frame} on screen` }).toBe(frame);

/** Waits until the picture has moved on: the clock, and the decoder behind it. */
export async function expectPlaying(page: Page): Promise<void> {
  const before = await videoFacts(page);
  await expect
    .poll(async () => {
      const now = await videoFacts(page);
      return now.currentTime !== before.currentTime && now.decodedFrames > before.decodedFrames + 5;
    })
    .toBe(true);
}
