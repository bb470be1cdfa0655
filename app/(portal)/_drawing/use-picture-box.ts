import { useEffect, useState } from 'react';
import type { PictureSize } from '#lib/drawing/reference-frame.ts';

/** Where the picture itself lies in an element, in CSS pixels; bars beside it are not of it. */
export interface PictureBox extends PictureSize {
  left: number;
  top: number;
}

/** A picture of this size in a box that shows it whole. */
export function containedBox(box: PictureBox, picture: PictureSize): PictureBox {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
}

const isSame = (a: PictureBox | null, b: PictureBox): boolean =>
  a !== null && a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;

/**
 * The box of a video's picture within an element that lies over it, kept as either changes; `null` before there is one.
 * @param videoOf the video once it is there.
 */
export function usePictureBox(over: Element | null, videoOf: () => HTMLVideoElement | null): PictureBox | null {
  const [box, setBox] = useState<PictureBox | null>(null);
  const video = over ? videoOf() : null;
  useEffect(() => {
    if (!over || !video) return;
    const measure = () => {
      const { videoWidth: width, videoHeight: height } = video;
      const [outer, inner] = [over.getBoundingClientRect(), video.getBoundingClientRect()];
      // Before there is a picture, and while nothing is laid out.
      if (!width || !height || !inner.width || !inner.height) return;
      const { left, top } = { left: inner.left - outer.left, top: inner.top - outer.top };
      const next = containedBox({ left, top, width: inner.width, height: inner.height }, { width, height });
      setBox((old) => (isSame(old, next) ? old : next));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(over);
    sizes.observe(video);
    const events = ['loadedmetadata', 'resize'] as const;
    for (const event of events) video.addEventListener(event, measure);
    return () => {
      sizes.disconnect();
      for (const event of events) video.removeEventListener(event, measure);
    };
  }, [over, video]);
  return box;
}
