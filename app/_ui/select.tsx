'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cn } from './cn.ts';
import { CONTROL_CLASSES } from './input.tsx';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectProps {
  options: readonly SelectOption[];
  value: string;
  onValueChange: (value: string) => void;
  /** The accessible name, where no `Field` gives one through `id`. */
  label?: string;
  placeholder?: string;
  id?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string | undefined;
}

/** One of a few values. For many values, or values to search in, use `Combobox`. */
export function Select({
  options,
  value,
  onValueChange,
  label,
  placeholder,
  className,
  id,
  name,
  disabled,
  ...aria
}: SelectProps) {
  return (
    <Radix.Root
      value={value}
      onValueChange={onValueChange}
      {...(name ? { name } : {})}
      {...(disabled ? { disabled } : {})}
    >
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          CONTROL_CLASSES,
          'flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint',
          className,
        )}
        {...aria}
      >
        <span className="truncate">
          {/* Said here: by itself it is empty until the page is awake. */}
          <Radix.Value placeholder={placeholder}>{options.find((option) => option.value === value)?.label}</Radix.Value>
        </span>
        <Radix.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-fade-in overflow-hidden rounded-lg border border-line bg-overlay p-1 shadow-pop"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                {...(option.disabled ? { disabled: true } : {})}
                className="flex h-8 cursor-pointer pointer-coarse:min-h-11 items-center gap-2 rounded-md pr-3 pl-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover"
              >
                <span className="flex size-4 items-center justify-center">
                  <Radix.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent-text" />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
