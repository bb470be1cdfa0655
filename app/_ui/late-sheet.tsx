'use client';

import type { ComponentProps } from 'react';
import type { Sheet as SheetItself } from './sheet.tsx';
import { useLate } from './use-late.ts';

const load = () => import('./sheet.tsx');

/** The same, with its code fetched late. */
export function Sheet(props: ComponentProps<typeof SheetItself>) {
  const late = useLate(load, props.open);
  return late ? <late.Sheet {...props} /> : null;
}
