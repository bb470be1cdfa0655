/**
 * Calls back for every frame that the browser shows, with the frame's own time where it tells that
 * (requestVideoFrameCallback), and for every move of the playhead that no frame tells of. Answers a function that ends it.
 */
export function watchFrames(video: HTMLVideoElement, onFrame: (frameS: number | null) => void): () => void {
  let handle = 0;
  const tellsFrames = typeof video.requestVideoFrameCallback === 'function';
  const onShown = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    onFrame(mediaTime);
    handle = video.requestVideoFrameCallback(onShown);
  };
  const onMoved = () => onFrame(null);
  if (tellsFrames) handle = video.requestVideoFrameCallback(onShown);
  // Hidden pages show no frames, and old browsers do not tell: time goes on all the same.
  video.addEventListener('timeupdate', onMoved);
  video.addEventListener('seeked', onMoved);
  return () => {
    if (tellsFrames) video.cancelVideoFrameCallback(handle);
    video.removeEventListener('timeupdate', onMoved);
    video.removeEventListener('seeked', onMoved);
  };
}
