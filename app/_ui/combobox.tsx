'use client';

import { Command } from 'cmdk';
import { useState } from 'react';
import { ComboboxChoice, ComboboxPopover, ComboboxSearch, EXTRA_ITEM } from './combobox-parts.tsx';

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
  /** What the control shows as chosen, where that is more than the option's label. */
  shown?: string | null;
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

/** One of many values, with a search. */
export function Combobox(props: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const chosen = props.options.find((option) => option.value === props.value);
  return (
    <ComboboxPopover {...props} open={open} onOpenChange={setOpen} shown={props.shown ?? chosen?.label ?? props.value}>
      <ComboboxList {...props} close={() => setOpen(false)} />
    </ComboboxPopover>
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
      <ComboboxSearch value={search} onValueChange={setSearch} placeholder={props.searchPlaceholder} />
      <Command.List className="scroll-thin max-h-72 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-sm text-muted">{props.emptyText}</Command.Empty>
        {props.clearLabel && props.value !== null && typed === '' ? (
          <Command.Item value=" clear" onSelect={() => choose(null)} className={EXTRA_ITEM}>
            <span className="size-4" />
            {props.clearLabel}
          </Command.Item>
        ) : null}
        {props.options.map((option) => (
          <ComboboxChoice
            key={option.value}
            option={option}
            chosen={option.value === props.value}
            onSelect={() => choose(option.value)}
          />
        ))}
        {props.customLabel && isNew ? (
          <Command.Item
            value={`new ${typed}`}
            keywords={[typed]}
            forceMount
            onSelect={() => choose(typed)}
            className={EXTRA_ITEM}
          >
            <span className="size-4" />
            {props.customLabel(typed)}
          </Command.Item>
        ) : null}
      </Command.List>
    </Command>
  );
}
