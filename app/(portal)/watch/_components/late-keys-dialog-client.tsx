'use client';

import type { ComponentProps } from 'react';
import { useLate } from '#app/_ui/use-late.ts';
import type { KeysDialog as KeysDialogItself } from './keys-dialog-client.tsx';

const load = () => import('./keys-dialog-client.tsx');

/** The same, with its code fetched late. */
export function KeysDialog(props: ComponentProps<typeof KeysDialogItself>) {
  const late = useLate(load, props.open);
  return late ? <late.KeysDialog {...props} /> : null;
}
