import type { KeptBytes } from '#app/(portal)/watch/_components/kept-loader.ts';
import { fetchText } from '#app/(portal)/watch/_components/stream-parts.ts';
import type { PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import { alonePlaylist, type KeptPart, partsOfPlaylist, rungOf } from './kept-texts.ts';

/** What of one clip is held: the texts of its playlists, with one rendition in them, and the bytes of that. */
interface KeptClip {
  texts: PlaylistTexts;
  bytes: KeptBytes;
}

/** How a clip is asked for. */
export interface ClipToKeep {
  clipId: string;
  url: string;
  fetchTexts: () => Promise<PlaylistTexts | null>;
}

const fileOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

async function fetchPart({ url, range }: KeptPart, signal: AbortSignal): Promise<ArrayBuffer> {
  const asked = range ? { headers: { range: `bytes=${range.start}-${range.end - 1}` } } : {};
  const response = await fetch(url, { ...asked, signal });
  if (!response.ok) throw new Error(`A segment answered ${response.status}.`);
  return response.arrayBuffer();
}

/** Clips that are held in memory for as long as the page is open, to be played without a network. */
export class KeptItems {
  readonly #clips = new Map<string, KeptClip>();

  of(clipId: string): KeptBytes | null {
    return this.#clips.get(clipId)?.bytes ?? null;
  }

  textsOf(clipId: string): PlaylistTexts | null {
    return this.#clips.get(clipId)?.texts ?? null;
  }

  has(clipId: string): boolean {
    return this.#clips.has(clipId);
  }

  /** Fetches all of a clip, in the rendition that comes closest below a height. Throws where the network does. */
  async keep({ clipId, url, fetchTexts }: ClipToKeep, heightPx: number, signal: AbortSignal): Promise<void> {
    if (this.has(clipId)) return;
    const known = (await fetchTexts()) ?? {};
    const lead = known[fileOf(url)] ?? (await fetchText(url));
    const rung = rungOf(lead, heightPx);
    const mediaUrl = new URL(rung.uri, url).href;
    const text = known[fileOf(mediaUrl)] ?? (await fetchText(mediaUrl));
    const bytes: KeptBytes = new Map();
    for (const part of partsOfPlaylist(text, mediaUrl)) {
      if (!bytes.has(part.name)) bytes.set(part.name, await fetchPart(part, signal));
    }
    this.#clips.set(clipId, {
      texts: { [fileOf(url)]: alonePlaylist(lead, rung), [fileOf(mediaUrl)]: text },
      bytes,
    });
  }
}
