import { useState } from 'react';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { fetchAhead } from './fetch-ahead.ts';

function open(clip: ClipJson) {
  if (isPlayable(clip)) fetchAhead(clip);
  return clip;
}

/** A clip as it was when it was opened, or when it became playable: newer URLs of it are not for its stream. */
export function useOpenedClip(clip: ClipJson): ClipJson {
  const [held, setHeld] = useState(() => open(clip));
  const isNew = held.clip_id !== clip.clip_id || (isPlayable(clip) && !isPlayable(held));
  if (isNew) setHeld(open(clip));
  return isNew ? clip : held;
}
