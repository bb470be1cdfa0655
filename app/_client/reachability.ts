let isAnswering = true;
const listeners = new Set<() => void>();

/** What calls of the API tell: whether the last one was answered at all, whatever the answer. */
export function tellReachable(answered: boolean): void {
  if (answered === isAnswering) return;
  isAnswering = answered;
  for (const listener of listeners) listener();
}

/** Whether the server can be reached, as far as browser and calls know. */
export const isReachable = (): boolean => navigator.onLine && isAnswering;

/** Calls back whenever `isReachable` may have changed, until what it answers is called. */
export function watchReachability(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
