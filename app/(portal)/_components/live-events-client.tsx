'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLate } from '#app/_ui/use-late.ts';

const load = () => import('./follow-events.ts');

/** Keeps everything on the screen up to date for as long as somebody is signed in. */
export function LiveEvents({ userId }: { userId: string }) {
  const client = useQueryClient();
  // Not with a pause: what happens before the stream begins, nobody tells of what is finished.
  const late = useLate(load, true);
  useEffect(() => late?.followEvents(client, userId), [late, client, userId]);
  return null;
}
