import { useSyncExternalStore } from 'react';
import { type ClipQueue, type ListPlace, placeInQueue, queueNamed, storedQueue } from '#app/_client/clip-queue.ts';

const never = () => () => {};

/** The picked clips that the address names, where this tab has them. */
function useQueue(queueName: string | null): ClipQueue | null {
  const stored = useSyncExternalStore(never, storedQueue, () => null);
  return queueName === null ? null : queueNamed(queueName, stored);
}

/** The picked clips after this one; `null` where it is none of them. */
export function useQueuedAfter(clipId: string, queueName: string | null): readonly string[] | null {
  const queue = useQueue(queueName);
  const at = queue?.clipIds.indexOf(clipId) ?? -1;
  return queue && at >= 0 ? queue.clipIds.slice(at + 1) : null;
}

/** The clip's place in the picked clips that the address names, where this tab has them; else in the list. */
export function useListPlace(clipId: string, inList: ListPlace, queueName: string | null): ListPlace {
  const queue = useQueue(queueName);
  return (queue && placeInQueue(queue, clipId)) ?? inList;
}
