import { X } from 'lucide-react';
import { Button } from './button.tsx';

/** A value under a name. */
export interface NamedValue {
  key: string;
  name: string;
  text: string;
  onRemove: () => void;
}

interface RemovableValuesProps {
  /** Says what the values are, for those who cannot see them. */
  label: string;
  values: readonly NamedValue[];
  removeLabel: string;
  clearLabel: string;
  onClear: () => void;
}

/** Values in a row, each to be taken away by one click, and all of them by one more; nothing where there are none. */
export function RemovableValues({ label, values, removeLabel, clearLabel, onClear }: RemovableValuesProps) {
  if (values.length === 0) return null;
  return (
    <ul aria-label={label} className="flex flex-wrap items-center gap-1.5">
      {values.map(({ key, name, text, onRemove }) => (
        <li key={key} className="min-w-0">
          <button
            type="button"
            onClick={onRemove}
            className="flex h-7 max-w-full pointer-coarse:min-h-11 items-center gap-1.5 rounded-md border border-line bg-raised pr-1.5 pl-2 text-[0.8125rem] transition-colors hover:bg-hover"
          >
            <span className="sr-only">{removeLabel}</span>
            <span className="shrink-0 text-faint">{name}</span>
            <span className="truncate font-medium">{text}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        </li>
      ))}
      <li>
        <Button size="sm" variant="ghost" onClick={onClear} className="h-7">
          {clearLabel}
        </Button>
      </li>
    </ul>
  );
}
