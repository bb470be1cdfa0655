'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { cn } from './cn.ts';
import { returnFocus } from './return-focus.ts';

const SIDES = {
  left: 'inset-y-0 left-0 w-[min(22rem,calc(100vw-3rem))] animate-slide-in-left border-r',
  right: 'inset-y-0 right-0 w-[min(26rem,calc(100vw-3rem))] animate-slide-in-right border-l',
  bottom: 'inset-x-0 bottom-0 max-h-[88dvh] animate-slide-in-bottom rounded-t-2xl border-t',
} as const;

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: keyof typeof SIDES;
  title: string;
  closeLabel: string;
  children: ReactNode;
  footer?: ReactNode;
}

/** A panel from the edge: what a sidebar becomes on a phone. */
export function Sheet({ open, onOpenChange, side = 'bottom', title, closeLabel, children, footer }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-shade" />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          aria-describedby={undefined}
          className={cn('fixed z-50 flex flex-col border-line bg-overlay shadow-pop', SIDES[side])}
        >
          <div className="flex items-center justify-between gap-3 border-b border-line py-2 pr-2 pl-4">
            <Radix.Title className="text-sm font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={closeLabel}>
                <X aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="scroll-thin min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer ? <div className="flex gap-2 border-t border-line p-3">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
