'use client';

import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { sayToastsBy } from './toast.ts';

/** Where toasts appear. */
export function Toaster({ theme }: { theme: 'light' | 'dark' | 'system' }) {
  // Sonner's own effect comes before: it keeps nothing of what was said before that.
  useEffect(() => sayToastsBy(toast), []);
  // Over the bar: below it, at any width, lies what one does next.
  return (
    <Sonner theme={theme} position="top-center" offset={{ top: 6 }} mobileOffset={{ top: 6 }} richColors closeButton />
  );
}
