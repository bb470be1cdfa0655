import type { ClipQuery } from './clip-query.ts';
import { clipHref } from './clip-query.ts';

/** The parameter of a clip's address that names the queue it is played in. */
export const QUEUE_PARAM = 'queue';

/** Clips that were picked to be played one after the other. They live as long as the tab. */
export interface ClipQueue {
  name: string;
  clipIds: readonly string[];
}

/** Where a clip stands in a list: the clips around it, its place from 1, the list's length. */
export interface ListPlace {
  previous: string | null;
  next: string | null;
  position: number | null;
  total: number | null;
}

/** A clip's place among picked ones; `null` when it is none of them. */
export function placeInQueue({ clipIds }: ClipQueue, clipId: string): ListPlace | null {
  const at = clipIds.indexOf(clipId);
  if (at < 0) return null;
  return { previous: clipIds[at - 1] ?? null, next: clipIds[at + 1] ?? null, position: at + 1, total: clipIds.length };
}

/** Picked clips as they lie in the list; those that are not loaded come last, as they were ticked. */
export function inListOrder(picked: ReadonlySet<string>, loaded: readonly string[]): string[] {
  const known = loaded.filter((clipId) => picked.has(clipId));
  const shown = new Set(known);
  return [...known, ...[...picked].filter((clipId) => !shown.has(clipId))];
}

/** A clip's page in its list, and in the queue that it is played in. */
export function queuedHref(clipId: string, query: ClipQuery, queueName: string | null): string {
  const href = clipHref(clipId, query);
  if (queueName === null) return href;
  return `${href}${href.includes('?') ? '&' : '?'}${QUEUE_PARAM}=${encodeURIComponent(queueName)}`;
}

const STORED = 'heartbeat-queue';

/** Keeps picked clips for the pages that play them. Answers the queue's name, `null` where the browser keeps nothing. */
export function keepQueue(clipIds: readonly string[]): string | null {
  const queue: ClipQueue = { name: Date.now().toString(36), clipIds };
  try {
    window.sessionStorage.setItem(STORED, JSON.stringify(queue));
  } catch {
    return null;
  }
  return queue.name;
}

function parseQueue(text: string): ClipQueue | null {
  try {
    const { name, clipIds } = JSON.parse(text) as Partial<ClipQueue>;
    const isQueue = typeof name === 'string' && Array.isArray(clipIds) && clipIds.every((id) => typeof id === 'string');
    return isQueue ? { name, clipIds } : null;
  } catch {
    return null;
  }
}

/** The queue as it is stored: text, so that two looks at the same queue are the same value. */
export function storedQueue(): string | null {
  try {
    return window.sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** The queue of that name; `null` when this tab has another one, or none: its link came from elsewhere. */
export function queueNamed(name: string, stored: string | null): ClipQueue | null {
  const queue = stored === null ? null : parseQueue(stored);
  return queue?.name === name ? queue : null;
}
