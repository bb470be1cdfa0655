import { useSyncExternalStore } from 'react';
import type { UploadItem } from './upload-item.ts';
import { storedUploadMemory } from './upload-memory.ts';
import { browserUploadPort } from './upload-port.ts';
import { UploadQueue } from './upload-queue.ts';

let queue: UploadQueue | null = null;

/** Leaving the page would stop what is under way; the browser asks first. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (queue?.isBusy) event.preventDefault();
}

/** The tab's one queue: walking to another page of the portal does not stop it. Only in browsers. */
export function uploadQueue(): UploadQueue {
  if (!queue) {
    queue = new UploadQueue(browserUploadPort, storedUploadMemory(window.localStorage));
    window.addEventListener('beforeunload', askBeforeLeaving);
  }
  return queue;
}

const NOTHING: readonly UploadItem[] = [];

/** The items of the queue, as they change; none while the server renders. */
export const useUploads = (): readonly UploadItem[] =>
  useSyncExternalStore(
    (listener) => uploadQueue().subscribe(listener),
    () => uploadQueue().snapshot(),
    () => NOTHING,
  );
