'use client';

import type { ReactNode } from 'react';
import { WatcherContext } from './watcher-context.ts';

/** Says whose watching players below it tell of. */
export function Watcher({ userId, children }: { userId: string; children: ReactNode }) {
  return <WatcherContext value={userId}>{children}</WatcherContext>;
}
