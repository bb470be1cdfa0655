import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';
import { readStoryboardCues, type StoryboardCue } from './storyboard-cues.ts';

/** A clip's storyboard, loaded: the sprite of small pictures, and which part of it shows when. Sizes in its own pixels. */
export interface StoryboardSheet {
  url: string;
  width: number;
  height: number;
  /** At least one. */
  cues: StoryboardCue[];
}

interface Loading {
  /** `low` beside a film that is loading. */
  priority?: 'auto' | 'low';
  /** Ends the loading: what is not on its way by then is not asked for any more. */
  signal?: AbortSignal;
}

const loadImage = async (url: string, { priority = 'auto', signal }: Loading): Promise<HTMLImageElement> => {
  const image = new Image();
  image.fetchPriority = priority;
  signal?.addEventListener('abort', () => image.removeAttribute('src'), { once: true });
  image.src = url;
  await image.decode();
  return image;
};

/**
 * Loads the storyboard of a clip; `null` where it has none that can be read.
 * @throws what the browser throws when it cannot load the picture or the cues, or may not any more.
 */
export async function loadSheet(clip: ClipJson, loading: Loading = {}): Promise<StoryboardSheet | null> {
  const { storyboardImage, storyboardCues } = pickAssets(clip);
  if (!storyboardImage || !storyboardCues) return null;
  const url = storyboardImage.signed_url;
  const [answer, image] = await Promise.all([fetch(storyboardCues.signed_url, loading), loadImage(url, loading)]);
  if (!answer.ok) return null;
  const cues = readStoryboardCues(await answer.text());
  return cues.length > 0 ? { url, width: image.naturalWidth, height: image.naturalHeight, cues } : null;
}
