import type { QueryClient } from '@tanstack/react-query';
import { knownClip } from '#app/_client/known-clip.ts';
import { startClip } from '#app/(portal)/watch/_components/stream-source.ts';
import type { StartItem } from './reel-source.ts';

/** Starts clips of a list that is loaded, which tell by themselves that they play. */
export const startOfClips =
  (client: QueryClient): StartItem =>
  (video, item, { isAhead, atS }, events) => {
    const clip = knownClip(client, item.clip.clip_id);
    return clip ? startClip(client, video, { clip, playlists: null, startS: atS, isAhead }, events) : null;
  };
