import type { ExternalToast, toast as sonnerToast } from 'sonner';

type Sonner = typeof sonnerToast;
type Say = (sonner: Sonner) => void;

/** What says toasts, once it is there; what is said before waits for it. */
let sayer: Sonner | null = null;
const waiting: Say[] = [];
const wanters = new Set<() => void>();

const say = (one: Say): void => {
  if (sayer) one(sayer);
  else {
    waiting.push(one);
    for (const want of wanters) want();
  }
};

/** Tells `want` of the first toast that there is nothing to say with. @returns how to stop. */
export function watchToasts(want: () => void): () => void {
  wanters.add(want);
  if (waiting.length > 0) want();
  return () => wanters.delete(want);
}

/** From now on toasts are said by `sonner`, those first that have waited. */
export function sayToastsBy(sonner: Sonner): void {
  sayer = sonner;
  for (const one of waiting.splice(0)) one(sonner);
}

/** A short word at the edge of the screen. Its code is fetched late: this may be called at any time. */
export const toast = Object.assign(
  (text: string, options?: ExternalToast) => say((sonner) => void sonner(text, options)),
  {
    success: (text: string, options?: ExternalToast) => say((sonner) => void sonner.success(text, options)),
    error: (text: string, options?: ExternalToast) => say((sonner) => void sonner.error(text, options)),
  },
);
