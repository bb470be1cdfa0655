'use client';

import { type ComponentProps, useEffect, useState } from 'react';
import { watchToasts } from './toast.ts';
import type { Toaster } from './toaster.tsx';
import { useLate } from './use-late.ts';

const load = () => import('./toaster.tsx');

/** Where toasts appear; its code comes with the first of them, or when the page has come to rest. */
export function LateToaster(props: ComponentProps<typeof Toaster>) {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => watchToasts(() => setIsWanted(true)), []);
  const late = useLate(load, isWanted);
  return late ? <late.Toaster {...props} /> : null;
}
