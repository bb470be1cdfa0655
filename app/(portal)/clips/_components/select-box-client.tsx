'use client';

import type { ChangeEvent } from 'react';
import { useEffect, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';

interface SelectBoxProps {
  label: string;
  checked: boolean;
  /** Some and not all, for a box that stands for many. */
  mixed?: boolean;
  onSelect: (range: boolean) => void;
  className?: string;
}

const isRange = ({ nativeEvent }: ChangeEvent) => nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;

/** A tick box with room for a thumb. Shift with click or Space reaches from the one that was ticked last. */
export function SelectBox({ label, checked, mixed = false, onSelect, className }: SelectBoxProps) {
  const boxRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (boxRef.current) boxRef.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <label
      className={cn(
        'flex size-9 cursor-pointer pointer-coarse:size-11 items-center justify-center select-none',
        className,
      )}
    >
      <input
        ref={boxRef}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onSelect(isRange(event))}
        className="size-4.5 cursor-pointer accent-accent"
      />
    </label>
  );
}
