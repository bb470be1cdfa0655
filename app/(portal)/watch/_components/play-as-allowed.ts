/** What a browser answers that wants a click before there is sound (HTML §4.8.11.8). */
const isForbidden = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'NotAllowedError';

/** Plays with sound, or without it where the browser forbids sound. Answers whether it took the sound away. */
export async function playAsAllowed(video: Pick<HTMLVideoElement, 'muted' | 'play'>): Promise<boolean> {
  try {
    await video.play();
    return false;
  } catch (error) {
    if (video.muted || !isForbidden(error)) return false;
  }
  video.muted = true;
  try {
    await video.play();
    return true;
  } catch {
    video.muted = false;
    return false;
  }
}
