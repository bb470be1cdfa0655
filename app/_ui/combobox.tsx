'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { cn } from './cn.ts';
import { CONTROL_CLASSES } from './input.tsx';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Shown on the right: a count, a code. */
  hint?: string;
}

interface ComboboxProps {
  /** The accessible name, also where a `Field` shows it: the trigger reads "label: value". */
  label: string;
  options: readonly ComboboxOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder: string;
  searchPlaceholder: string;
  emptyText: string;
  /** Offers to choose nothing, under this text. */
  clearLabel?: string;
  /** Lets a value be typed that is not in the list; the text of that offer. */
  customLabel?: (text: string) => string;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string | undefined;
}

const ITEM =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[selected=true]:bg-hover';

/** One of many values, with a search. */
export function Combobox(props: ComboboxProps) {
  const { label, options, value, placeholder, className, id, disabled } = props;
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const shown = chosen?.label ?? value;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-haspopup="dialog"
          aria-label={label}
          aria-invalid={props['aria-invalid']}
          aria-describedby={props['aria-describedby']}
          disabled={disabled}
          className={cn(CONTROL_CLASSES, 'flex items-center justify-between gap-2 text-left', className)}
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
          <ComboboxList {...props} close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ComboboxList(props: ComboboxProps & { close: () => void }) {
  const [search, setSearch] = useState('');
  const typed = search.trim();
  const choose = (value: string | null) => {
    props.onChange(value);
    props.close();
  };
  const isNew = typed !== '' && !props.options.some((option) => option.label === typed || option.value === typed);
  return (
    <Command label={props.label} className="flex flex-col">
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder={props.searchPlaceholder}
        className="h-9 rounded-t-lg border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-faint"
      />
      <Command.List className="scroll-thin max-h-72 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-sm text-muted">{props.emptyText}</Command.Empty>
        {props.clearLabel && props.value !== null && typed === '' ? (
          <Command.Item value=" clear" onSelect={() => choose(null)} className={cn(ITEM, 'text-muted')}>
            <span className="size-4" />
            {props.clearLabel}
          </Command.Item>
        ) : null}
        {props.options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label]}
            onSelect={() => choose(option.value)}
            className={ITEM}
          >
            <Check
              aria-hidden
              className={cn('size-4 shrink-0 text-accent-text', option.value !== props.value && 'invisible')}
            />
            <span className="min-w-0 flex-1 break-words">{option.label}</span>
            {option.hint ? <span className="text-xs text-faint">{option.hint}</span> : null}
          </Command.Item>
        ))}
        {props.customLabel && isNew ? (
          <Command.Item
            value={`new ${typed}`}
            keywords={[typed]}
            forceMount
            onSelect={() => choose(typed)}
            className={ITEM}
          >
            <span className="size-4" />
            {props.customLabel(typed)}
          </Command.Item>
        ) : null}
      </Command.List>
    </Command>
  );
}
