'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import type { ComboboxOption } from './combobox.tsx';
import { CONTROL_CLASSES } from './input.tsx';

const ITEM =
  'flex min-h-8 cursor-pointer pointer-coarse:min-h-11 items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[selected=true]:bg-hover';

/** What a list offers beside its values. */
export const EXTRA_ITEM = `${ITEM} text-muted`;

interface ComboboxPopoverProps {
  label: string;
  /** What is chosen, in words; `null` for nothing. */
  shown: ReactNode;
  placeholder: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string | undefined;
}

/** The control that shows what is chosen, and the list that it opens. */
export function ComboboxPopover({ label, shown, placeholder, open, onOpenChange, ...props }: ComboboxPopoverProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <button
          type="button"
          id={props.id}
          role="combobox"
          aria-expanded={open}
          aria-haspopup="dialog"
          aria-label={label}
          aria-invalid={props['aria-invalid']}
          aria-describedby={props['aria-describedby']}
          disabled={props.disabled}
          className={cn(CONTROL_CLASSES, 'flex items-center justify-between gap-2 text-left', props.className)}
        >
          <span className={cn('truncate', shown === null && 'text-faint')}>{shown ?? placeholder}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-50 w-(--radix-popover-trigger-width) min-w-60 animate-fade-in rounded-lg border border-line bg-overlay shadow-pop outline-none"
        >
          {props.children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The field that narrows the list while one types. */
export function ComboboxSearch(props: ComponentProps<typeof Command.Input>) {
  return (
    <Command.Input
      {...props}
      className="h-9 rounded-t-lg pointer-coarse:min-h-11 border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-faint"
    />
  );
}

interface ComboboxChoiceProps {
  option: ComboboxOption;
  chosen: boolean;
  onSelect: () => void;
  /** Given where several may be chosen: read out as checked or not. */
  'aria-checked'?: boolean;
}

/** Nobody types accents to find a name. */
const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

export function ComboboxChoice({ option, chosen, ...props }: ComboboxChoiceProps) {
  return (
    <Command.Item
      value={option.value}
      keywords={[option.label, withoutAccents(option.label)]}
      {...props}
      className={ITEM}
    >
      <Check aria-hidden className={cn('size-4 shrink-0 text-accent-text', !chosen && 'invisible')} />
      <span className="min-w-0 flex-1 break-words">{option.label}</span>
      {option.hint ? <span className="text-xs text-faint">{option.hint}</span> : null}
    </Command.Item>
  );
}
