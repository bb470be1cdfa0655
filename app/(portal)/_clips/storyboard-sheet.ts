import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { pickAssets } from './clip-assets.ts';
import { readStoryboardCues, type StoryboardCue } from './storyboard-cues.ts';

interface Size {
  width: number;
  height: number;
}

/** A clip's storyboard, loaded: its small pictures, and how large the sprites are that they lie in, in their own pixels. */
export interface Storyboard {
  /** At least one. */
  cues: StoryboardCue[];
  /** By the sprite's URL. */
  sizes: ReadonlyMap<string, Size>;
}

interface Loading {
  /** `low` beside a film that is loading. */
  priority?: 'auto' | 'low';
  /** Ends the loading: what is not on its way by then is not asked for any more. */
  signal?: AbortSignal;
}

const loadImage = async (url: string, { priority = 'auto', signal }: Loading): Promise<[string, Size]> => {
  const image = new Image();
  image.fetchPriority = priority;
  signal?.addEventListener('abort', () => image.removeAttribute('src'), { once: true });
  image.src = url;
  await image.decode();
  return [url, { width: image.naturalWidth, height: image.naturalHeight }];
};

async function loadCues(url: string, loading: Loading): Promise<StoryboardCue[]> {
  const answer = await fetch(url, loading);
  return answer.ok ? readStoryboardCues(await answer.text()) : [];
}

/**
 * Loads the storyboard of a clip, what was cut with it or what its master's sheets have of it; `null` where it has none that
 * can be read.
 * @throws what the browser throws when it cannot load a picture or the cues, or may not any more.
 */
export async function loadStoryboard(clip: ClipJson, loading: Loading = {}): Promise<Storyboard | null> {
  const { storyboardImage, storyboardUrl } = pickAssets(clip);
  if (!storyboardUrl) return null;
  // Where there is one sprite it need not wait for the cues; those of HeartBeat's name it without its signature.
  const own = storyboardImage?.signed_url;
  const [told, ownSize] = await Promise.all([loadCues(storyboardUrl, loading), own ? loadImage(own, loading) : null]);
  if (own && ownSize) {
    const cues = told.map((cue) => ({ ...cue, url: own }));
    return cues.length > 0 ? { cues, sizes: new Map([ownSize]) } : null;
  }
  const urls = [...new Set(told.map(({ url }) => url))];
  const sizes = new Map(await Promise.all(urls.map((url) => loadImage(url, loading))));
  return told.length > 0 ? { cues: told, sizes } : null;
}
