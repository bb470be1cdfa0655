'use client';

import { Command } from 'cmdk';
import { useState } from 'react';
import type { ComboboxOption } from './combobox.tsx';
import { ComboboxChoice, ComboboxPopover, ComboboxSearch } from './combobox-parts.tsx';

interface MultiComboboxProps {
  /** The accessible name: the trigger reads "label: values". */
  label: string;
  options: readonly ComboboxOption[];
  values: readonly string[];
  /** An empty list: nothing is chosen any more. */
  onChange: (values: string[]) => void;
  placeholder: string;
  searchPlaceholder: string;
  emptyText: string;
  /** Offers to choose nothing, under this text. */
  clearLabel: string;
  className?: string;
}

/** Any number of many values, with a search. The list stays open while one chooses. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { options, values } = props;
  const [open, setOpen] = useState(false);
  const labels = values.map((value) => options.find((option) => option.value === value)?.label ?? value);
  const shown =
    labels.length < 2 ? (
      (labels[0] ?? null)
    ) : (
      <>
        <span className="mr-1.5 rounded bg-accent-text px-1 text-xs font-semibold text-bg tabular-nums">
          {labels.length}
        </span>
        {labels.join(', ')}
      </>
    );
  return (
    <ComboboxPopover {...props} open={open} onOpenChange={setOpen} shown={shown}>
      <MultiComboboxList {...props} />
    </ComboboxPopover>
  );
}

function MultiComboboxList({ label, options, values, onChange, ...props }: MultiComboboxProps) {
  const [search, setSearch] = useState('');
  // What was chosen when the list opened stands first, and nothing moves while one chooses.
  const [first] = useState(values);
  const ordered = [
    ...options.filter((option) => first.includes(option.value)),
    ...options.filter((option) => !first.includes(option.value)),
  ];
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
  return (
    <Command label={label} className="flex flex-col">
      <ComboboxSearch value={search} onValueChange={setSearch} placeholder={props.searchPlaceholder} />
      {/* cmdk marks where the keyboard is by aria-selected, so what is chosen is told by aria-checked. */}
      <Command.List
        label={label}
        aria-multiselectable
        // The search keeps the focus, so that one types on after a click.
        onMouseDown={(event) => event.preventDefault()}
        className="scroll-thin max-h-72 overflow-y-auto p-1"
      >
        <Command.Empty className="px-2 py-3 text-sm text-muted">{props.emptyText}</Command.Empty>
        {search.trim() === '' ? (
          <ComboboxChoice
            option={{ value: ' clear', label: props.clearLabel }}
            chosen={values.length === 0}
            aria-checked={values.length === 0}
            onSelect={() => onChange([])}
          />
        ) : null}
        {ordered.map((option) => {
          const chosen = values.includes(option.value);
          return (
            <ComboboxChoice
              key={option.value}
              option={option}
              chosen={chosen}
              aria-checked={chosen}
              onSelect={() => toggle(option.value)}
            />
          );
        })}
      </Command.List>
    </Command>
  );
}
