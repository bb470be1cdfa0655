import { Search, X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { IconButton } from './button.tsx';
import { cn } from './cn.ts';
import { Input } from './input.tsx';
import { Kbd } from './kbd.tsx';

interface SearchFieldProps extends Omit<ComponentProps<typeof Input>, 'aria-label' | 'type' | 'value'> {
  label: string;
  value: string;
  clearLabel: string;
  onClear: () => void;
}

/** A field for words to find, which `/` leads to, and a button that empties it. */
export function SearchField({ label, value, clearLabel, onClear, className, ...input }: SearchFieldProps) {
  return (
    <search className={cn('relative min-w-0 flex-1', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <Input
        {...input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        maxLength={200}
        value={value}
        className="peer pr-9 pl-8"
      />
      {value === '' ? (
        <Kbd aria-hidden className="pointer-events-none absolute top-2 right-2 hidden peer-focus:hidden md:inline-flex">
          /
        </Kbd>
      ) : (
        <IconButton
          label={clearLabel}
          size="sm"
          onClick={onClear}
          className="absolute top-0.5 right-0.5 pointer-coarse:top-0 pointer-coarse:right-0"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
