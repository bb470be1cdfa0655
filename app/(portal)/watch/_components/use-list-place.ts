import { useSyncExternalStore } from 'react';
import { type ListPlace, placeInQueue, queueNamed, storedQueue } from '#app/_client/clip-queue.ts';

const never = () => () => {};

/** The picked clips after this one; `null` where the address names none that this tab has. */
export function useQueuedAfter(clipId: string, queueName: string | null): readonly string[] | null {
  const stored = useSyncExternalStore(never, storedQueue, () => null);
  const queue = queueName === null ? null : queueNamed(queueName, stored);
  const at = queue?.clipIds.indexOf(clipId) ?? -1;
  return queue && at >= 0 ? queue.clipIds.slice(at + 1) : null;
}

/** The clip's place in the picked clips that the address names, where this tab has them; else in the list. */
export function useListPlace(clipId: string, inList: ListPlace, queueName: string | null): ListPlace {
  const stored = useSyncExternalStore(never, storedQueue, () => null);
  const queue = queueName === null ? null : queueNamed(queueName, stored);
  return (queue && placeInQueue(queue, clipId)) ?? inList;
}
